"""Search as one types: the time to the first rows, by kind of query."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from archive.archive import Archive
from bench.corpus import Corpus, Probe
from bench.measure import Figure, at_most, timed
from reader.tui.control.finding import PAGE

LIMIT, LARGE_LIMIT = 50, 150
LARGE = 1_000_000
ROUNDS = 3


def searching_figures(size: int, folder: Path) -> Iterator[Figure]:
    """Forty queries of each kind, `ROUNDS` times, in turn with those of all other kinds."""
    cases = queries(Corpus(size).probe)
    taken: dict[str, list[float]] = {name: [] for name in cases}
    with Archive.open(folder) as archive:
        for _ in range(ROUNDS):
            for texts in zip(*cases.values(), strict=True):
                for name, text in zip(cases, texts, strict=True):
                    taken[name].append(timed(partial(first_rows, archive, text)))
    for name, milliseconds in taken.items():
        limit = LARGE_LIMIT if size >= LARGE else LIMIT
        yield at_most(f"search while typing: {name}", milliseconds, limit)


def first_rows(archive: Archive, text: str) -> None:
    """The rows that the app reads first, with their snippets."""
    archive.search(text, limit=PAGE, sort="date", typing=True)


def queries(probe: Probe) -> dict[str, list[str]]:
    """Texts to search for, by what is said of them."""
    return {
        "common words": probe.common,
        "words in between": probe.mid,
        "rare words": probe.rare,
        "prefixes of 2": [word[:2] for word in probe.mid],
        "prefixes of 4": [word[:4] for word in probe.mid],
        "phrases": probe.phrases,
        "two words": probe.two_words,
        "Chinese, 1, 2 and 5 characters": probe.chinese,
    }
