"""What the app and the command cost, seen from outside: a pseudo-terminal, and whole processes."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.archives import archive_of
from bench.measure import Figure, at_most, quantile, spread
from bench.terminal import Terminal

NEWSREADER = [sys.executable, "-m", "reader"]
BARE = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]
STARTS = 7
MOVES = 100
OPENED = 200
ON_SCREEN = 25
REPEAT = 0.03


def app_figures(sizes: Sequence[int]) -> Iterator[Figure]:
    """Start, keys, memory and the listing command, at the largest size."""
    largest, smallest = max(sizes), min(sizes)
    yield from start_figures(largest, smallest)
    yield listing_figure(largest)
    yield from key_figures(largest)


def app(size: int) -> list[str]:
    """The command that opens the app on an archive of that size."""
    return [*NEWSREADER, "--archive", str(archive_of(size))]


def start(command: list[str]) -> float:
    """Milliseconds from the start of a program to the last byte of its first screen."""
    with Terminal(command) as terminal:
        return terminal.settle().last


def start_figures(largest: int, smallest: int) -> Iterator[Figure]:
    """Start to the first full paint beside a bare three-pane app, in turn."""
    ours, bare, small = [], [], []
    start(app(largest))
    for _ in range(STARTS):
        ours.append(start(app(largest)))
        bare.append(start(BARE))
        small.append(start(app(smallest)))
    ratio = statistics.median(ours) / statistics.median(bare)
    yield Figure(
        f"start to full paint, {largest:,} articles",
        spread(ours),
        f"at most 1.3 times a bare app of three panes, {spread(bare)}: {ratio:.2f}",
        ratio <= 1.3,
    )
    growth = statistics.median(ours) / statistics.median(small)
    yield Figure(
        "the same by size",
        spread(ours),
        f"not growing from {smallest:,}, {spread(small)}: {growth:.2f}",
        growth <= 1.1,
    )


def listing_figure(size: int) -> Figure:
    """CPU of `list --json` of 50."""
    command = [*NEWSREADER, "--archive", str(archive_of(size)), "list", "--json", "--limit", "50"]
    taken = []
    for _ in range(STARTS * 2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        taken.append(used * 1000)
    return Figure(
        "list --json of 50, CPU", spread(taken), "at most 150 ms", quantile(taken, 0.5) <= 150
    )


def key_figures(size: int) -> Iterator[Figure]:
    """Keys in the app: milliseconds from the key to the last byte painted."""
    with Terminal(app(size)) as terminal:
        terminal.settle()
        terminal.press(b"l", quiet=0.4)
        # As a held key repeats: the text beside the list is drawn once the cursor rests.
        moves = [
            terminal.press(key, quiet=REPEAT)
            for _ in range(MOVES // ON_SCREEN)
            for key in [b"j"] * ON_SCREEN + [b"k"] * ON_SCREEN
        ]
        terminal.press(b"\x06" * 2, quiet=0.4)
        scrolled = [terminal.press(b"j", quiet=REPEAT) for _ in range(MOVES)]
        pages = [terminal.press(b"\x06", quiet=REPEAT) for _ in range(MOVES // 2)]
        yield at_most("cursor move, key to paint", [paint.last for paint in moves], 16)
        sizes = [paint.bytes for paint in moves]
        yield Figure(
            "cursor move, bytes to the terminal",
            f"{statistics.median(sizes):.0f} (p95 {quantile(sizes, 0.95):.0f})",
            "at most 1,000",
            quantile(sizes, 0.95) <= 1000,
        )
        yield at_most("move that scrolls, key to paint", [paint.last for paint in scrolled], 35)
        yield at_most("page, key to paint", [paint.last for paint in pages], 35)
        opened = []
        for _ in range(OPENED):
            terminal.press(b"j", quiet=0.03)
            opened.append(terminal.press(b"\r", quiet=0.08))
            terminal.press(b"h", quiet=0.03)
        yield at_most("article opened, key to first paint", [p.first for p in opened], 50)
        used = terminal.memory_bytes() / 1e6
        yield Figure(
            f"memory after {OPENED} articles", f"{used:.0f} MB", "at most 100 MB", used <= 100
        )
