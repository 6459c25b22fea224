"""The cursor while 500 feeds are refreshed in the app: all their entries new, then one of each.

Pages are not fetched (figures/extracting.py is about those). While the refresh runs the footer, the
feeds and the list are painted too, so what counts is when the cursor stands on its new row. A bare
app is pressed in turn: with two workers busy a machine of two cores has little left for any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from archive.archive import Archive
from archive.feed_models import FeedSettings
from archive.models import Feed
from bench.app import BACK, DOWN, REPEAT, REST, UP, footer, move_until_painted, open_app
from bench.farm import farm
from bench.figures.extracting import HELD, to_the_middle
from bench.figures.refreshing import BLOCKS, ENTRIES, FEEDS, LATENCY
from bench.measure import Figure, at_most, p50_p95
from bench.programs import BARE_APP, BARE_SIGN
from bench.terminal import NeverPainted, Terminal
from bench.workspace import Workspace

LIMIT = 50
REFRESH_ALL = b"R"
FIRST_FEEDS = 40
"""Feeds after which there is a list to move in."""
ROUNDS = 5
LONGEST = 300.0
Moves = tuple[list[float], list[float]]
_FEEDS_DONE = re.compile(r"Refreshing ([\d,]+) of")


def crowded_figures(bench: Workspace) -> Iterator[Figure]:
    """A held key during a first refresh, and during one that brings an entry of each feed."""
    with farm(FEEDS, ENTRIES, LATENCY, BLOCKS) as feeds, Terminal(BARE_APP) as bare:
        bare.wait_for(BARE_SIGN)
        folder = subscribe(bench.folder / "crowded", feeds.urls)
        with open_app(folder, watched=True) as terminal:
            first = moves(terminal, bare, FIRST_FEEDS)
            later: Moves = ([], [])
            for _ in range(ROUNDS):
                terminal.press(BACK, quiet=REST)
                feeds.advance()
                ours, theirs = moves(terminal, bare, 1)
                later = (later[0] + ours, later[1] + theirs)
    for what, (ours, theirs) in (("all entries new", first), ("one entry of each new", later)):
        name = f"cursor move while {FEEDS} feeds are refreshed, {what} ({len(ours)} moves)"
        yield at_most(name, ours, LIMIT, f"a bare app in turn {p50_p95(theirs)}")


def subscribe(folder: Path, urls: list[str]) -> Path:
    """An archive with these feeds, whose pages are not fetched."""
    with Archive.open(folder) as archive:
        archive.add_feeds(
            Feed(url, title=f"Outlet {number}", settings=FeedSettings(pages=False))
            for number, url in enumerate(urls)
        )
    return folder


def moves(terminal: Terminal, bare: Terminal, begin_at: int) -> Moves:
    """Milliseconds of moves during a refresh of all feeds, in ours and in the bare app.

    From so many feeds that are done to its end.
    """
    terminal.press(REFRESH_ALL, quiet=0.1, timeout=0.3)
    for _ in range(int(LONGEST / 0.1)):
        if (feeds_done(terminal) or 0) >= begin_at:
            break
        terminal.settle(quiet=0.05, timeout=0.1)
    else:
        raise NeverPainted(f"no refresh is under way: {footer(terminal.screen).strip()}")
    to_the_middle(terminal)
    ours: list[float] = []
    theirs: list[float] = []
    while feeds_done(terminal) is not None:
        for key, step in ((DOWN, 1), (UP, -1)):
            ours += [move_until_painted(terminal, key, step) for _ in range(HELD)]
            theirs += [bare.press(key, quiet=REPEAT).last for _ in range(HELD)]
    return ours, theirs


def feeds_done(terminal: Terminal) -> int | None:
    """How many feeds the footer says are done; None when no refresh is under way."""
    found = _FEEDS_DONE.search(footer(terminal.screen))
    return int(found[1].replace(",", "")) if found else None
