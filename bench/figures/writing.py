"""One article saved and one mark, in archives of every size in turn: they must cost the same.

The same articles are saved everywhere, and those are marked, so that only what was there before
differs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from archive.archive import Archive
from archive.models import Article, MarkChange
from archive.names import marks_file, parse_article_id
from bench.corpus import Corpus
from bench.measure import Figure, at_most_times, by_size, in_turn, timed
from bench.workspace import Workspace

SMALLEST = 1000
SINGLE, FIFTIES, MARKS = 200, 10, 200
AS_AT = "the same as"
SAME = 1.25
"""What counts as the same as in the smallest archive, by the median of the pairs."""


def writing_figures(bench: Workspace) -> Iterator[Figure]:
    """Saving, then marking, with a line for each size."""
    sizes = bench.with_size(SMALLEST)
    articles = fresh_articles(SINGLE + FIFTIES * 50)
    with ExitStack() as stack:
        folders = [stack.enter_context(bench.archive(size)) for size in sizes]
        archives = [stack.enter_context(Archive.open(folder)) for folder in folders]
        # Corpora are made above; what copying left to be written is on the disk.
        os.sync()
        singles = [Saver(archive, articles[:SINGLE], 1) for archive in archives]
        yield from by_size("one article saved", sizes, in_turn(SINGLE, *singles), SAME, AS_AT)
        fifties = [Saver(archive, articles[SINGLE:], 50) for archive in archives]
        yield from by_size("fifty articles saved", sizes, in_turn(FIFTIES, *fifties), SAME, AS_AT)
        works = [
            work
            for archive, saver in zip(archives, singles, strict=True)
            for work in marking(archive, saver.saved_ids)
        ]
        taken = in_turn(MARKS, *works)
    marks, bare = taken[::2], taken[1::2]
    yield from by_size("one mark", sizes, marks, SAME, AS_AT)
    for size, ours, theirs in zip(sizes, marks, bare, strict=True):
        peer = "a write + fsync + rename + fsync of the folder of the same bytes"
        yield at_most_times(f"one mark beside a bare write, {size:,}", ours, 3, peer, theirs)


def fresh_articles(count: int) -> list[Article]:
    """Articles that no archive has, arriving now."""
    now = datetime.now(UTC)
    return [
        replace(article, url=f"{article.url}?{now.timestamp()}", origins=(), archived_at=now)
        for article in Corpus(count, seed=now.microsecond)
    ]


class Saver:
    """Saves the next `step` articles at each call; the milliseconds are what it returns."""

    def __init__(self, archive: Archive, articles: Sequence[Article], step: int) -> None:
        self.saved_ids: list[str] = []
        self._archive = archive
        self._parts = iter([articles[n : n + step] for n in range(0, len(articles), step)])

    def __call__(self) -> float:
        return timed(partial(self._save, next(self._parts)))

    def _save(self, articles: Sequence[Article]) -> None:
        self.saved_ids += [article.article_id for article in self._archive.save(articles)]


def marking(archive: Archive, article_ids: Sequence[str]) -> tuple[partial[float], partial[float]]:
    """What marks the next article, and what writes the file that came of it once more, barely."""
    ours, theirs = iter(article_ids), iter(article_ids)

    def mark() -> None:
        archive.mark([next(ours)], MarkChange(read=True))

    def bare() -> float:
        volume, _ = parse_article_id(next(theirs)) or ("", 0)
        path = archive.path / marks_file(volume)
        data = path.read_bytes()
        return timed(partial(bare_write, path.with_suffix(".bare"), data))

    return partial(timed, mark), partial(bare)


def bare_write(target: Path, data: bytes) -> None:
    """Write, fsync, rename, fsync of the folder: the least that a safe write of a file costs."""
    temporary = target.with_suffix(".tmp")
    with temporary.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(target)
    descriptor = os.open(target.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
