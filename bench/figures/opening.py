"""What the library does before and between the keys: opening, the newest rows, the counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive.archive import Archive
from bench.measure import Figure, spread, timed

OPENED, READ = 10, 40


def opening_figures(size: int, folder: Path) -> Iterator[Figure]:
    """Figures of the archive of `size` articles in a folder."""
    opened = [timed(lambda: Archive.open(folder).close()) for _ in range(OPENED)]
    yield Figure(f"open, {size:,} articles", spread(opened))
    with Archive.open(folder) as archive:
        rows = [timed(lambda: archive.list(limit=200)) for _ in range(READ)]
        yield Figure("newest 200 rows", spread(rows))
        counts = [timed(archive.feeds) for _ in range(READ)]
        yield Figure("unread counts of 300 feeds", spread(counts))
