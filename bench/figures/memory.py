"""The app's memory after an hour's use in fast motion: a thousand articles opened, and more.

Between the articles feeds are changed, searches typed and opened, pages turned and long texts
begun. How many different articles were read is asked of the archive.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from archive.archive import Archive
from bench.app import (
    BACK,
    BOTTOM,
    DOWN,
    ESCAPE,
    OPEN,
    PAGE_DOWN,
    QUIT,
    REST,
    SEARCH,
    TOP,
    UP,
    open_app,
)
from bench.corpus import Corpus
from bench.long_reads import open_and_add
from bench.measure import Figure
from bench.terminal import Terminal
from bench.workspace import Workspace

LIMIT = 100
STAGES = (100, 400, 1000)
"""Articles after which the memory is printed; the last is the hour's."""
FROM_LIST, ONE_BY_ONE = 3, 20
"""Articles opened from a list, and those that follow from the text by `n`."""
TO_DRAW = 0.05
"""Seconds of silence after which an article is taken for drawn."""
SOME, MORE = 100, 20
"""Articles read where only the size of the archive counts, and the megabytes it may cost."""
LONG = (2000, 10_000)
SEED = 3
NEXT, TAB = b"n", b"\t"


def memory_figures(bench: Workspace) -> Iterator[Figure]:
    """Resident memory, and the most it ever was."""
    with bench.archive(bench.largest) as folder:
        open_and_add(folder, LONG, FROM_LIST + ONE_BY_ONE)
        with open_app(folder) as terminal:
            yield Figure("when the app has started", megabytes(terminal.resident_bytes))
            reader = Reader(terminal, folder, Corpus(bench.largest))
            for stage in STAGES[:-1]:
                opened = reader.read_until(stage)
                yield Figure(f"after {opened:,} articles", megabytes(terminal.resident_bytes))
            opened = reader.read_until(STAGES[-1])
            used, peak = terminal.resident_bytes, terminal.peak_bytes
            terminal.quit(QUIT)
    yield Figure(
        f"after {opened:,} articles, {reader.searches} searches, {reader.feeds} lists: an hour",
        f"{megabytes(used)}, at most {megabytes(peak)} meanwhile",
        f"at most {LIMIT} MB",
        used <= LIMIT * 1e6,
    )


def size_figures(bench: Workspace) -> Iterator[Figure]:
    """The app's memory after the same use of the smallest and of the largest archive."""
    used = {}
    for size in sorted({bench.sizes[0], bench.largest}):
        with bench.archive(size) as folder, open_app(folder) as terminal:
            Reader(terminal, folder, Corpus(size)).read_until(SOME)
            used[size] = terminal.resident_bytes
            terminal.quit(QUIT)
    (first, least), *rest = used.items()
    yield Figure(f"after {SOME} of {first:,} articles", megabytes(least))
    for size, most in rest:
        yield Figure(
            f"after {SOME} of {size:,} articles",
            megabytes(most),
            f"at most {MORE} MB above that",
            most - least <= MORE * 1e6,
        )


class Reader:
    """Someone who reads fast: the app's cursor is in its feeds before and after each call."""

    def __init__(self, terminal: Terminal, folder: Path, corpus: Corpus) -> None:
        self._terminal = terminal
        self._folder = folder
        self._dice = random.Random(SEED)
        self._words = corpus.probe.mid + corpus.probe.common
        self._read_before = read_count(folder)
        self.searches = self.feeds = 0

    def read_until(self, count: int) -> int:
        """Read on until so many different articles were read since the start; how many it was."""
        while (opened := read_count(self._folder) - self._read_before) < count:
            self._read_feed(TOP, 0)
            self._search()
            self._read_feed(BOTTOM, self._dice.randrange(200))
        return opened

    def _read_feed(self, end: bytes, up: int) -> None:
        """Articles of the feed so far above an end: some opened from the list, some one by one."""
        self._press(end)
        if up:
            self._press(UP * up, REST)
        self._press(OPEN, REST)
        self.feeds += 1
        for _ in range(FROM_LIST):
            self._open_next()
            self._press(BACK)
        self._open_next()
        for _ in range(ONE_BY_ONE):
            self._press(NEXT, TO_DRAW)
        self._press(PAGE_DOWN)
        self._press(BACK)
        self._press(BACK, REST)

    def _search(self) -> None:
        """Type a word, open results, leave the search and go back to the feeds."""
        self._press(SEARCH)
        for letter in self._dice.choice(self._words):
            self._press(letter.encode())
        self._terminal.settle(0.2, 2)
        self.searches += 1
        self._press(TAB)
        for _ in range(2):
            self._open_next()
            self._press(BACK)
        self._press(ESCAPE, REST)
        self._press(BACK)

    def _open_next(self) -> None:
        self._press(DOWN, 0.02)
        self._press(OPEN, TO_DRAW)

    def _press(self, keys: bytes, quiet: float = 0.03) -> None:
        self._terminal.press(keys, quiet=quiet, timeout=1 if quiet > TO_DRAW else 0.3)


def read_count(folder: Path) -> int:
    """How many articles of an archive are marked as read."""
    with Archive.open(folder, read_only=True) as archive:
        return archive.count("is:read")


def megabytes(count: int) -> str:
    """Bytes in words."""
    return f"{count / 1e6:.0f} MB"
