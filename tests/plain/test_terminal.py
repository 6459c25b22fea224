"""The session on a terminal: a prompt, history, no control over the cursor; and broken pipes."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from archive.models import Article
from tests.plain.conftest import COMMAND, ROOT, environ, piped

# The terminal on stdin becomes the one whose Ctrl+C the program gets, also where whoever runs the
# tests ignores it, as what a shell starts in the background does.
ON_A_TERMINAL = (
    "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    " signal.signal(signal.SIGINT, signal.SIG_DFL);"
    " os.execv(sys.argv[1], sys.argv[1:])"
)


@dataclass
class Session:
    """A session on a pseudo-terminal."""

    process: subprocess.Popen[bytes]
    descriptor: int
    output: bytes = b""

    def type(self, keys: bytes, until: bytes) -> bytes:
        """What is written between typing these keys and the first sight of those words."""
        start = len(self.output)
        os.write(self.descriptor, keys)
        assert self.shows(until, start), self.output[start:]
        return self.output[start:]

    def shows(self, words: bytes, start: int = 0, seconds: float = 20) -> bool:
        end = monotonic() + seconds
        while words not in self.output[start:] and monotonic() < end:
            if select.select([self.descriptor], [], [], 0.1)[0]:
                with contextlib.suppress(OSError):
                    self.output += os.read(self.descriptor, 65536)
        return words in self.output[start:]


@pytest.fixture
def session(folder: Path, many: list[Article], tmp_path: Path) -> Iterator[Session]:
    """A session on a terminal, with `true` as the browser."""
    config = tmp_path / "config.toml"
    config.write_text('browser = "true"')
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL, *COMMAND, str(folder), "--config", str(config)],
        stdin=inner, stdout=inner, stderr=inner, cwd=ROOT, env=environ() | {"TERM": "vt100"},
        start_new_session=True,
    )  # fmt: skip
    os.close(inner)
    yield Session(process, outer)
    if process.poll() is None:
        process.kill()
    process.wait()
    os.close(outer)


def test_a_terminal_gets_a_greeting_and_a_prompt(session: Session) -> None:
    assert session.shows(b"> ")

    assert b"newsreader, line by line: 25 articles, 25 unread." in session.output
    assert b"\x1b" not in session.output


def test_lines_are_answered_and_quit_leaves(session: Session) -> None:
    assert session.shows(b"> ")
    listed = session.type(b"list\n", b"article.\r\n> ")
    opened = session.type(b"1\n", b"Harvest report 24.\r\n> ")
    browsed = session.type(b"open\n", b"25\r\n> ")
    session.type(b"quit\n", b"quit\r\n")

    assert b"1. Harvest report 25." in listed
    assert b"The harvest of field 25 came in early." in opened
    assert b"Opened https://weekly.example/25" in browsed
    assert session.process.wait(10) == 0
    assert b"\x1b" not in session.output


def test_ctrl_c_at_the_prompt_stays_and_ctrl_d_leaves(session: Session) -> None:
    assert session.shows(b"> ")
    start = len(session.output)
    # The prompt is on the screen a moment before the line editor listens: pressed again then.
    presses = (os.write(session.descriptor, b"lis\x03") for _ in range(5))
    assert any(session.shows(b"quit leaves.\r\n> ", start, 4) for _ in presses)
    os.write(session.descriptor, b"\x04")

    assert b"Traceback" not in session.output
    assert session.process.wait(10) == 0


def test_the_last_lines_can_be_called_back(session: Session) -> None:
    assert session.shows(b"> ")
    session.type(b"where\n", b"ones.\r\n> ")
    # Ctrl+P is readline's key for the line before.
    again = session.type(b"\x10\n", b"ones.\r\n> ")

    assert b"where" in again


def test_a_broken_pipe_is_silent(folder: Path, many: list[Article]) -> None:
    with piped(folder) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            run.stdin.write(b"list\nnext\n" * 200)
            run.stdin.close()

        assert run.stderr.read() == b""
        assert run.wait(20) == 0
