"""Opening an article: from Enter until the first screen of its text is there.

The cursor comes to an article that was not on the screen before, and Enter follows before it
rests, so that nothing of the text was loaded ahead. Three instants are told apart: the first byte
of an answer; the text pane as it stays, from its first line to its last; and the last byte of all,
with which footer, marks and the length of the scroll bar are right too. The limit is that of the
second.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.app import BACK, BOTTOM, DOWN, OPEN, REPEAT, REST, UP, open_app, panes
from bench.long_reads import open_and_add
from bench.measure import Figure, at_most, p50_p95
from bench.programs import BARE_APP, BARE_SIGN
from bench.terminal import NeverPainted, Terminal
from bench.workspace import Workspace

LIMITS = {2000: 50, 10_000: 100}
"""Milliseconds for the first screen, by the article's length in words."""
OPENED = 40
BEFORE_PREVIEW = 0.08
"""Seconds after a move within which the app has not begun to show the text by itself."""


@dataclass(frozen=True)
class Opening:
    """Milliseconds from Enter to the first byte, the whole first screen, the last byte."""

    first: float
    full: float
    last: float


def reading_figures(bench: Workspace) -> Iterator[Figure]:
    """First screens of long articles in the largest archive."""
    with bench.archive(bench.largest) as folder:
        open_and_add(folder, tuple(LIMITS), OPENED + 1)
        with open_app(folder, watched=True) as terminal, Terminal(BARE_APP) as bare:
            bare.wait_for(BARE_SIGN)
            terminal.press(BOTTOM, quiet=REST)
            # The last feed has the longest articles, the one above it the shorter ones.
            for above, (words, limit) in enumerate(sorted(LIMITS.items(), reverse=True)):
                if above:
                    terminal.press(UP, quiet=REST)
                found, moves = openings(terminal, bare)
                yield from figures(words, limit, found, moves)


def openings(terminal: Terminal, bare: Terminal) -> tuple[list[Opening], list[float]]:
    """Open the articles of the feed under the cursor one by one, and go back to the feeds.

    The bare app's cursor is moved between them: those milliseconds are the machine's.
    """
    terminal.press(OPEN, quiet=REST)
    found: list[Opening] = []
    moves: list[float] = []
    for _ in range(OPENED):
        opening = opened(terminal)
        if opening is None:
            terminal.settle(REST)
        else:
            found.append(opening)
            terminal.press(BACK, quiet=0.15)
        moves.append(bare.press(DOWN, quiet=REPEAT).last)
    terminal.press(BACK, quiet=REST)
    if len(found) < OPENED // 2:
        raise NeverPainted("moves took so long that the texts may have been loaded before Enter")
    return found, moves


def opened(terminal: Terminal) -> Opening | None:
    """Open the next article; None if the machine was so slow that its text may have come before."""
    moved_at = time.perf_counter()
    terminal.press(DOWN, quiet=0.015)
    if time.perf_counter() - moved_at > BEFORE_PREVIEW:
        return None
    paint = terminal.press(OPEN, quiet=REST)
    _, text = panes(terminal.screen_before)
    full = terminal.last_change(paint, lambda screen: screen.cells(text))
    if full is None:
        raise NeverPainted("an article was opened, and the text pane stayed as it was")
    return Opening(paint.first, full, paint.last)


def figures(words: int, limit: float, found: list[Opening], moves: list[float]) -> Iterator[Figure]:
    """The limit's figure, and the instants before and after it."""
    name = f"article of {words:,} words, Enter to"
    yield Figure(f"{name} the first byte", p50_p95([each.first for each in found]))
    full = [each.full for each in found]
    reference = f"a bare app's cursor move in between {p50_p95(moves)}"
    yield at_most(f"{name} its first screen in full", full, limit, reference)
    yield Figure(f"{name} the last byte of all", p50_p95([each.last for each in found]))
