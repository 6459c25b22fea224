"""From the start of the app to the last byte of its first full screen."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial

from bench.app import open_app, panes
from bench.measure import Figure, at_most_times, in_turn, ratios, spread
from bench.programs import BARE_APP, BARE_SIGN, FEEDS_SIGN, newsreader
from bench.terminal import NeverPainted, Terminal
from bench.workspace import Workspace

ROUNDS = 11
SMALLEST = 1000
GROWTH = 1.1
"""What counts as not growing: the medians of two equal starts differ by as much at times."""


def start_figures(bench: Workspace) -> Iterator[Figure]:
    """Our start beside a bare app's in the same round, and the largest beside the smallest."""
    sizes = bench.with_size(SMALLEST)
    with ExitStack() as copies:
        folders = {size: copies.enter_context(bench.archive(size)) for size in sizes}
        for folder in folders.values():
            # Not counted: compiles, fills the page cache, and shows that the screen is full.
            with open_app(folder, watched=True) as terminal:
                check_full(terminal)
        ours = [
            partial(start, newsreader(folders[size]), FEEDS_SIGN) for size in (sizes[-1], sizes[0])
        ]
        largest, bare, smallest = in_turn(
            ROUNDS, ours[0], partial(start, BARE_APP, BARE_SIGN), ours[1]
        )
    name = f"start to full paint, {sizes[-1]:,} articles"
    yield at_most_times(name, largest, 1.3, "a bare app of three panes", bare)
    if len(sizes) > 1:
        yield growth_figure("the same by size", largest, smallest, sizes[0])


def start(command: Sequence[str], sign: str, longest: float = 60.0) -> float:
    """Milliseconds until the first screen, which has `sign` on it, is painted and stays.

    It may take `longest` seconds.
    """
    with Terminal(command) as terminal:
        terminal.wait_for(sign, longest)
        return terminal.settle()


def growth_figure(
    name: str, largest: Sequence[float], smallest: Sequence[float], size: int
) -> Figure:
    """The start with the most articles beside that with the fewest."""
    found = ratios(largest, smallest)
    beside = f"not growing from {size:,}, {spread(smallest)}: {spread(found, '')}"
    return Figure(name, spread(largest), beside, statistics.median(found) <= GROWTH)


def check_full(terminal: Terminal) -> None:
    """Raise NeverPainted unless feeds, articles and a text are on the screen."""
    screen = terminal.screen
    for name, box in zip(("articles", "text"), panes(screen), strict=True):
        rows = sum("".join(characters).strip() != "" for characters, _ in screen.cells(box))
        if rows < (box.bottom - box.top) // 4:
            raise NeverPainted(f"the first screen lacks the {name}")
