"""What an archive costs as it grows: the same works in archives of every size, in turn.

The smallest has 10,000 articles; a hundred times as many may cost half as much again. Marks of ten
thousand articles cost by the volumes they lie in, so they are spread over all of an archive and
counted by the volume.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from archive.archive import Archive
from archive.models import MarkChange
from archive.names import parse_article_id
from bench.figures.writing import Saver, fresh_articles, marking
from bench.measure import Figure, by_size, in_turn, number, timed
from bench.workspace import Workspace

SMALLEST = 10_000
LIMIT = 1.5
MOST = f"at most {LIMIT:g} times that"
OPENED, READ, SINGLE, FIFTIES, MARKS = 15, 60, 150, 10, 150
MANY = 10_000
PAGE = 5_000


def growth_figures(bench: Workspace) -> Iterator[Figure]:
    """A line for each work and size, those after the smallest beside it."""
    sizes = bench.with_size(SMALLEST)
    articles = fresh_articles(SINGLE + FIFTIES * 50)
    with ExitStack() as stack:
        folders = [stack.enter_context(bench.archive(size)) for size in sizes]
        opened = in_turn(
            OPENED, *(partial(timed, partial(open_and_list, each)) for each in folders)
        )
        yield from by_size("open and the newest 200 rows", sizes, opened, LIMIT, MOST)
        archives = [stack.enter_context(Archive.open(folder)) for folder in folders]
        os.sync()
        counted = in_turn(READ, *(partial(timed, each.feeds) for each in archives))
        yield from by_size("unread counts of 300 feeds", sizes, counted, LIMIT, MOST)
        singles = [Saver(archive, articles[:SINGLE], 1) for archive in archives]
        yield from by_size("one article saved", sizes, in_turn(SINGLE, *singles), LIMIT, MOST)
        fifties = [Saver(archive, articles[SINGLE:], 50) for archive in archives]
        yield from by_size("fifty articles saved", sizes, in_turn(FIFTIES, *fifties), LIMIT, MOST)
        works: list[Callable[[], float]] = [
            marking(archive, saver.saved_ids)[0]
            for archive, saver in zip(archives, singles, strict=True)
        ]
        yield from by_size("one mark", sizes, in_turn(MARKS, *works), LIMIT, MOST)
        yield from many_marks(sizes, archives)


def open_and_list(folder: Path) -> None:
    """What stands between a command and the first rows."""
    with Archive.open(folder) as archive:
        archive.list(limit=200)


def many_marks(sizes: Sequence[int], archives: Sequence[Archive]) -> Iterator[Figure]:
    """Ten thousand articles of all of an archive marked as read in one operation."""
    first = 0.0
    for size, archive in zip(sizes, archives, strict=True):
        chosen = spread_out(archive, size)
        volumes = len(volumes_of(chosen))
        seconds = timed(partial(archive.mark, chosen, MarkChange(read=True))) / 1000
        each = seconds * 1000 / volumes
        words = f"{number(seconds)} s over {volumes:,} volumes, {number(each)} ms a volume"
        if not first:
            first = each
            yield Figure(f"{len(chosen):,} marked as read, {size:,} articles", words)
            continue
        yield Figure(
            f"{len(chosen):,} marked as read, {size:,} articles",
            words,
            f"a volume at most {LIMIT:g} times one of {sizes[0]:,}: {number(each / first)}",
            each / first <= LIMIT,
        )


def spread_out(archive: Archive, size: int) -> list[str]:
    """The ids of `MANY` articles that lie as far apart as they can."""
    step = max(size // MANY, 1)
    chosen: list[str] = []
    before, seen = None, 0
    while len(chosen) < MANY:
        rows = archive.list(limit=PAGE, before=before)
        if not rows:
            break
        chosen += [row.article_id for place, row in enumerate(rows) if (seen + place) % step == 0]
        seen += len(rows)
        before = rows[-1].row_id
    return chosen[:MANY]


def volumes_of(article_ids: Sequence[str]) -> set[str]:
    """The volumes that articles lie in."""
    parsed = map(parse_article_id, article_ids)
    return {each[0] for each in parsed if each}
