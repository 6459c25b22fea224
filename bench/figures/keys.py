"""Keys in the app over the largest archive, and the same keys in a bare app between them.

Both programs run at once and are pressed in turn. What the bare app shows at its 95th percentile
is what this machine does to any such program; ours is to be read beside it.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from bench.app import DOWN, HOME, OPEN, PAGE_DOWN, REPEAT, REST, UP, open_app
from bench.measure import Figure, at_most, p50_p95, quantile
from bench.programs import BARE_APP, BARE_SIGN
from bench.terminal import Paint, Terminal
from bench.workspace import Workspace

HELD = 25
"""Moves in one direction for which no list here scrolls."""
BATCH = 10
MOVES, SCROLLS, PAGES = 300, 100, 60
BARE_PAGES = 3
"""Pages for which a bare app's 200 rows have room."""


def key_figures(bench: Workspace) -> Iterator[Figure]:
    """Milliseconds from the key to the last byte painted, and bytes."""
    with (
        bench.archive(bench.largest) as folder,
        open_app(folder) as ours,
        Terminal(BARE_APP) as bare,
    ):
        bare.wait_for(BARE_SIGN)
        bare.settle()
        ours.press(OPEN, quiet=REST)
        apps = (ours, bare)
        moves, bare_moves = pressed(apps, [DOWN] * HELD + [UP] * HELD, MOVES)
        yield at_most("cursor move, key to paint", last(moves), 16, words(bare_moves))
        yield bytes_figure(moves, bare_moves)
        for terminal in apps:
            terminal.press(PAGE_DOWN, quiet=REST)
            terminal.press(PAGE_DOWN, quiet=REST)
        scrolled, bare_scrolled = pressed(apps, [DOWN] * BATCH, SCROLLS)
        yield at_most("move that scrolls, key to paint", last(scrolled), 35, words(bare_scrolled))
        pages, bare_pages = paged(ours, bare)
        yield at_most("page, key to paint", last(pages), 35, words(bare_pages))


def pressed(terminals: Sequence[Terminal], keys: Sequence[bytes], count: int) -> list[list[Paint]]:
    """Paints of `count` keys in each terminal: the batch in one, then in the next.

    Keys come as a held key repeats: what follows once the cursor rests is not waited for.
    """
    paints: list[list[Paint]] = [[] for _ in terminals]
    for _ in range(count // len(keys)):
        for terminal, found in zip(terminals, paints, strict=True):
            found += [terminal.press(key, quiet=REPEAT) for key in keys]
            terminal.settle(REST)
    return paints


def paged(ours: Terminal, bare: Terminal) -> tuple[list[Paint], list[Paint]]:
    """Paints of pages: ever further down in ours, from the top again and again in the bare app."""
    found: tuple[list[Paint], list[Paint]] = [], []
    for _ in range(PAGES // BARE_PAGES):
        bare.press(HOME, quiet=REST)
        for terminal, paints in zip((ours, bare), found, strict=True):
            paints += [terminal.press(PAGE_DOWN, quiet=REPEAT) for _ in range(BARE_PAGES)]
            terminal.settle(REST)
    return found


def last(paints: Sequence[Paint]) -> list[float]:
    """Milliseconds to the last byte of each."""
    return [paint.last for paint in paints]


def words(bare: Sequence[Paint]) -> str:
    """What the bare app showed in the same minutes."""
    return f"a bare app {p50_p95(last(bare))}"


def bytes_figure(ours: Sequence[Paint], bare: Sequence[Paint]) -> Figure:
    """How much a cursor move sends to the terminal."""
    sizes = [paint.size for paint in ours]
    of_bare = statistics.median(paint.size for paint in bare)
    return Figure(
        "cursor move, bytes to the terminal",
        f"{statistics.median(sizes):,.0f} / {quantile(sizes, 0.95):,.0f}",
        f"at most 1,000 at p95; a bare app {of_bare:,.0f}",
        quantile(sizes, 0.95) <= 1000,
    )
