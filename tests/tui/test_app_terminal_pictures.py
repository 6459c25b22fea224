"""Pictures in the terminal's own way: what the terminal is asked, and what it is then sent."""

from __future__ import annotations

import re
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.config import Settings
from reader.library import Library
from reader.paths import config_path
from tests.illustrated import illustrate
from tests.servers import Server
from tests.tui.test_app_process import Terminal, opened_terminal

ATTRIBUTES, CELL_SIZE = rb"\x1b\[c", rb"\x1b\[16t"
KITTY = rb"\x1b_Gi=(\d+),[^\x1b]*a=q[^\x1b]*\x1b\\"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The program on an archive of one illustrated article, which asks for pictures."""
    folder = tmp_path / "archive"
    with Library.open(folder, Settings(images=True)) as library, Server() as server:
        assert [each.error for each in library.save_pages([illustrate(server)])] == [""]
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text("images = true\nhints = false\n")
    with opened_terminal(folder) as terminal:
        assert terminal.shows(b"The lamp is lit")
        yield terminal


def answer(terminal: Terminal, question: bytes, words: bytes) -> bool:
    """Answers what the terminal is asked, as soon as it is; `\\1` is a group of the question."""
    seen = terminal.shows_like(question)
    if seen:
        terminal.type(seen.expand(words))
    return bool(seen)


def leaves(terminal: Terminal) -> bool:
    """Whether keys still reach the app: one leaves the picture, another the app."""
    terminal.output = b""
    terminal.type(b"q")
    shown = terminal.shows(b"Filter")
    terminal.type(b"Q")
    return shown and terminal.ends(10) is not None


def test_a_terminal_that_knows_sixel_is_sent_a_picture_so(terminal: Terminal) -> None:
    termios.tcsetwinsize(terminal.descriptor, (24, 80))
    terminal.type(b"\rgi")
    assert answer(terminal, ATTRIBUTES, b"\x1b[?62;4c")
    assert answer(terminal, CELL_SIZE, b"\x1b[6;20;10t")

    assert terminal.shows(b"Picture 1 of 2")
    assert terminal.shows_like(rb"\x1bP[\d;]*q[^\x1b]{100,}")
    assert leaves(terminal)


def test_kitty_is_sent_a_picture_by_its_protocol(terminal: Terminal) -> None:
    termios.tcsetwinsize(terminal.descriptor, (24, 80))
    terminal.type(b"\rgi")
    assert answer(terminal, ATTRIBUTES, b"\x1b[?62c")
    assert answer(terminal, KITTY, b"\x1b_Gi=\\1;OK\x1b\\\\")
    assert answer(terminal, CELL_SIZE, b"\x1b[6;20;10t")

    assert terminal.shows(b"Picture 1 of 2")
    assert terminal.shows_like(rb"\x1b_Gi=\d+,m=0,f=100[^\x1b;]*;[A-Za-z0-9+/=]{50,}\x1b")
    assert terminal.shows_like(rb"\x1b_Ga=p,i=\d+,c=\d+,r=\d+,U=1")
    assert leaves(terminal)


@pytest.mark.parametrize("size", [(24, 80), (0, 0)])
def test_a_terminal_that_says_nothing_is_sent_half_cells(
    terminal: Terminal, size: tuple[int, int]
) -> None:
    """Some terminals do not even say how large they are."""
    termios.tcsetwinsize(terminal.descriptor, size)
    terminal.type(b"\rgi")

    assert terminal.shows(b"Picture 1 of 2")
    assert terminal.shows("▀▀▀▀".encode())
    assert not re.search(rb"\x1bP[\d;]*q", terminal.output)
    assert leaves(terminal)
