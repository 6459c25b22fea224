"""The app as it is driven here: how it is opened, where its panes lie, ways from one to another."""

from __future__ import annotations

from pathlib import Path

from bench.programs import FEEDS_SIGN, newsreader
from bench.screen import Box, Screen
from bench.terminal import COLUMNS, ROWS, NeverPainted, Terminal

RULE = "▕"
"""What stands between two panes."""
REPEAT = 0.03
"""Seconds of silence after a key when the next comes as from a held key."""
REST = 0.4
"""Seconds of silence after which all that follows from a key is painted."""

DOWN, UP, PAGE_DOWN, TOP, BOTTOM = b"j", b"k", b"\x06", b"gg", b"G"
OPEN, BACK, HOME, REFRESH, SEARCH, ESCAPE, QUIT = b"\r", b"h", b"\x1b[H", b"r", b"/", b"\x1b", b"Q"


def open_app(archive: Path, *, watched: bool = False) -> Terminal:
    """The app on an archive, fully painted, with the cursor in its feeds."""
    terminal = Terminal(newsreader(archive), watched=watched)
    try:
        terminal.wait_for(FEEDS_SIGN)
        terminal.settle()
    except BaseException:
        terminal.end()
        raise
    return terminal


def panes(screen: Screen) -> tuple[Box, Box]:
    """The list in the middle and the text at the right, without titles, footer and scroll bar."""
    rules = [place for place, mark in enumerate(screen.line(ROWS // 2)) if mark == RULE]
    if len(rules) != 2:
        raise NeverPainted("there are not three panes on the screen")
    rows = (1, ROWS - 1)
    return Box(*rows, rules[0] + 1, rules[1] - 1), Box(*rows, rules[1] + 1, COLUMNS - 1)


def footer(screen: Screen) -> str:
    """The last line."""
    return screen.line(ROWS - 1)


def move_until_painted(terminal: Terminal, key: bytes, step: int) -> float:
    """Milliseconds from a key to the list's cursor standing `step` rows further down."""
    middle, _ = panes(terminal.screen)
    row = terminal.screen.odd_row(middle)
    if row is None:
        raise NeverPainted("the list has no cursor")
    return terminal.press_until(
        key, lambda screen: screen.odd_row(middle) == row + step, quiet=REPEAT
    )
