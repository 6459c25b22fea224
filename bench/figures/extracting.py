"""The cursor while a refresh fetches and extracts pages, in the app over the largest archive.

The refresh is that of a folder whose feeds are served on loopback (the archive's other feeds are
names that do not exist). While it runs the footer and the list are painted too, so what counts is
when the cursor stands on its new row, and not the last byte. A bare app is pressed in turn: with
two workers busy a machine of two cores has little left for any program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from archive.archive import Archive
from archive.models import Feed
from bench.app import (
    BACK,
    BOTTOM,
    DOWN,
    OPEN,
    PAGE_DOWN,
    REFRESH,
    REPEAT,
    REST,
    TOP,
    UP,
    footer,
    move_until_painted,
    open_app,
    panes,
)
from bench.measure import Figure, at_most, p50_p95
from bench.programs import BARE_APP, BARE_SIGN
from bench.terminal import NeverPainted, Terminal
from bench.web import sites
from bench.workspace import Workspace

FEEDS, PAGES = 8, 200
FOLDER = "Loopback"
LIMIT = 20
HELD = 10
BEFORE, MOST = 100, 600
"""Moves before the refresh, and as many as there may be during it."""
_PAGES_DONE = re.compile(r"([\d,]+) of [\d,]+ pages")


def extracting_figures(bench: Workspace) -> Iterator[Figure]:
    """A held key before the refresh, and during it."""
    with (
        bench.archive(bench.largest) as folder,
        sites(FEEDS, PAGES) as feeds,
        Terminal(BARE_APP) as bare,
    ):
        subscribe(folder, feeds)
        bare.wait_for(BARE_SIGN)
        with open_app(folder, watched=True) as terminal:
            to_the_middle(terminal)
            idle, _, _ = moves(terminal, bare, BEFORE)
            start_refresh(terminal)
            to_the_middle(terminal)
            wait_for_pages(terminal)
            busy, bare_busy, pages = moves(terminal, bare, MOST)
    beside = f"before it {p50_p95(idle)}; a bare app in turn {p50_p95(bare_busy)}"
    name = f"cursor move while pages are extracted ({len(busy)} moves, {pages:,} pages)"
    yield at_most(name, busy, LIMIT, beside)


def subscribe(folder: Path, feeds: list[str]) -> None:
    """Put the feeds into a folder of their own in the archive."""
    with Archive.open(folder) as archive:
        archive.add_feeds(
            Feed(url, title=f"Site {n}", folder=FOLDER) for n, url in enumerate(feeds)
        )


def start_refresh(terminal: Terminal) -> None:
    """Refresh the last folder, which is that of the loopback feeds."""
    terminal.press(BACK, quiet=REST)
    terminal.press(BOTTOM, quiet=REST)
    for _ in range(FEEDS):
        terminal.press(UP, quiet=REPEAT)
    terminal.settle(REST)
    terminal.press(REFRESH, quiet=0.1, timeout=0.3)


def to_the_middle(terminal: Terminal) -> None:
    """From the feeds to the list of all unread articles, some pages down, with rows around."""
    terminal.press(TOP, quiet=0.15, timeout=0.5)
    terminal.press(OPEN, quiet=0.15, timeout=1)
    for _ in range(4):
        terminal.press(PAGE_DOWN, quiet=0.15, timeout=0.5)
    middle, _ = panes(terminal.screen)
    while (row := terminal.screen.odd_row(middle)) is None or row > middle.bottom - 2 * HELD:
        terminal.press(UP, quiet=0.1, timeout=0.3)


def wait_for_pages(terminal: Terminal) -> None:
    """Wait until pages are being extracted."""
    for _ in range(200):
        if pages_done(terminal):
            return
        terminal.settle(quiet=0.05, timeout=0.1)
    raise NeverPainted(
        f"no refresh is under way; the footer says {footer(terminal.screen).strip()}"
    )


def pages_done(terminal: Terminal) -> int:
    """How many pages of the refresh the footer says are done; 0 when none is under way."""
    found = _PAGES_DONE.search(footer(terminal.screen))
    return int(found[1].replace(",", "")) if found else 0


def moves(terminal: Terminal, bare: Terminal, most: int) -> tuple[list[float], list[float], int]:
    """Milliseconds of moves in ours and in the bare app, and the pages that were done meanwhile.

    Ends with the refresh, if one is under way.
    """
    ours: list[float] = []
    theirs: list[float] = []
    first = done = pages_done(terminal)
    while len(ours) < most:
        for key, step in ((DOWN, 1), (UP, -1)):
            batch = [move_until_painted(terminal, key, step) for _ in range(HELD)]
            if first and not pages_done(terminal):
                return ours, theirs, done - first
            ours += batch
            done = pages_done(terminal)
            theirs += [bare.press(key, quiet=REPEAT).last for _ in range(HELD)]
    return ours, theirs, done - first
