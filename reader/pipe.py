"""Gives a text to a command of the user's own and takes what it prints."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from archive.characters import clean_line, clean_text
from archive.models import Article

LONGEST = 1_000_000
"""Bytes taken of what a command prints; it goes on, and the rest is passed over."""
LONGEST_FACT = 8_000
"""Characters of a value in its environment; Linux takes 128 kB, and refuses to run for more."""
SECONDS = 120.0
"""How long a command may take."""
_LOOK_SECONDS, _GRACE_SECONDS = 0.2, 0.5
_PIECE_BYTES = 1 << 16


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


def pipe(
    command: str,
    text: str,
    facts: Mapping[str, str],
    seconds: float = SECONDS,
    stop: threading.Event | None = None,
) -> Piped:
    """Run a line of the shell with a text as its input and `facts` in its environment; blocks.

    The line is what a person typed. Foreign text reaches it by input and environment only, and a
    session of its own keeps it off the terminal, which the app draws on. It ends with the shell:
    what that leaves running goes on. `stop` ends it before its time.
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
    printed = bytearray()
    # What the shell started may hold its output for hours: nobody waits for that.
    reader = threading.Thread(target=_read, args=(running, printed), daemon=True)
    content = text.encode("utf-8", "replace")
    feeder = threading.Thread(target=_feed, args=(running, content), daemon=True)
    reader.start()
    feeder.start()
    try:
        code = _wait(running, seconds, stop)
    except BaseException:
        _end(running)
        raise
    reader.join(_GRACE_SECONDS)
    return Piped(bytes(printed).decode("utf-8", "replace"), code)


def _wait(
    running: subprocess.Popen[bytes], seconds: float, stop: threading.Event | None
) -> int | None:
    """The code that the shell ends with; None where it was ended."""
    until = monotonic() + seconds
    while (left := until - monotonic()) > 0 and not (stop and stop.is_set()):
        with suppress(subprocess.TimeoutExpired):
            return running.wait(min(left, _LOOK_SECONDS))
    _end(running)
    running.wait()
    return None


def _feed(running: subprocess.Popen[bytes], content: bytes) -> None:
    if running.stdin is None:
        return
    with suppress(BrokenPipeError), running.stdin as stream:  # the command may have enough
        stream.write(content)


def _read(running: subprocess.Popen[bytes], printed: bytearray) -> None:
    if running.stdout is None:
        return
    with running.stdout as stream:
        while piece := os.read(stream.fileno(), _PIECE_BYTES):
            printed += piece[: max(0, LONGEST - len(printed))]


def _end(running: subprocess.Popen[bytes]) -> None:
    """End the command and all it started."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)


def _passable(value: str) -> str:
    """A value that an environment can have."""
    return value[:LONGEST_FACT].replace("\0", "")
