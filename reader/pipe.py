"""Gives a text to a command of the user's own and takes what it prints."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from archive.characters import clean_line, clean_text
from archive.models import Article

LONGEST = 1_000_000
"""Bytes taken of what a command prints; it goes on, and the rest is passed over."""
LONGEST_FACT = 8_000
"""Characters of a value in its environment; Linux takes 128 kB, and refuses to run for more."""
SECONDS = 120.0
"""How long a command may take."""


@dataclass(frozen=True, slots=True)
class Piped:
    """What a command printed, errors after the output, and the code that it ended with.

    `code` is None for one that took too long and was ended.
    """

    text: str
    code: int | None


def article_input(article: Article) -> tuple[str, dict[str, str]]:
    """What a command gets of an article: its Markdown with title and address, and its facts."""
    title, text = clean_line(article.title), clean_text(article.text)
    markdown = "\n\n".join(filter(None, (f"# {title}", article.url, text))) + "\n"
    return markdown, {"NEWSREADER_URL": article.url, "NEWSREADER_TITLE": title}


def pipe(command: str, text: str, facts: Mapping[str, str], seconds: float = SECONDS) -> Piped:
    """Run a line of the shell with a text as its input and `facts` in its environment; blocks.

    The line is what a person typed. Foreign text reaches it by input and environment only, and a
    session of its own keeps it off the terminal, which the app draws on.
    """
    environment = {**os.environ, **{name: _passable(value) for name, value in facts.items()}}
    running = subprocess.Popen(  # noqa: S603 - a line that the reader typed, for the shell
        ["/bin/sh", "-c", command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=True,
    )
    ended = threading.Event()
    timer = threading.Timer(seconds, _end, (running, ended))
    timer.start()
    feeder = threading.Thread(target=_feed, args=(running, text.encode("utf-8", "replace")))
    feeder.start()
    try:
        printed = _read(running)
        code = running.wait()
    finally:
        timer.cancel()
        feeder.join()
    shown = printed.decode("utf-8", "replace")
    return Piped(shown, None if ended.is_set() else code)


def _feed(running: subprocess.Popen[bytes], content: bytes) -> None:
    if running.stdin is None:
        return
    try:
        with running.stdin as stream:
            stream.write(content)
    except BrokenPipeError:
        return  # the command has enough


def _read(running: subprocess.Popen[bytes]) -> bytes:
    if running.stdout is None:
        return b""
    with running.stdout as stream:
        kept = stream.read(LONGEST)
        while stream.read(LONGEST):
            pass
    return kept


def _end(running: subprocess.Popen[bytes], ended: threading.Event) -> None:
    """End the command and all it started."""
    ended.set()
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _passable(value: str) -> str:
    """A value that an environment can have."""
    return value[:LONGEST_FACT].replace("\0", "")
