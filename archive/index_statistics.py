"""What came and what was read of it: by day and folder, by outlet, and how the archive grew."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.index_rows import instant_number, instant_of, row_of, row_span

DAYS = 28
"""Days that are counted one by one, the last of which ends now."""
OUTLET_DAYS = 90
MOST_OUTLETS = 20
MONTHS = 12
_DAY = 86_400_000_000  # microseconds, as instants are kept


@dataclass(frozen=True, slots=True)
class FolderCount:
    """Articles of a folder's feeds, empty for those in none, by day, the oldest first."""

    folder: str
    days: tuple[int, ...]
    read_count: int

    @property
    def article_count(self) -> int:
        """All of those days."""
        return sum(self.days)


@dataclass(frozen=True, slots=True)
class OutletCount:
    """Articles of an outlet in the last 90 days, and how many of them were read."""

    outlet: str
    article_count: int
    read_count: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of an archive; hidden articles are in none of them.

    `folders` has the last 28 days, most articles first; `outlets` those most read first. `months`
    counts what was archived in each of the last twelve calendar months (UTC), the oldest first,
    with its first day; `article_count` is all there is and `read_count` what of it was read.
    """

    folders: tuple[FolderCount, ...]
    outlets: tuple[OutletCount, ...]
    months: tuple[tuple[datetime, int], ...]
    article_count: int
    read_count: int


def statistics(db: sqlite3.Connection, now: datetime) -> Statistics:
    """Counts it all; half a second for a million articles, as what was archived is in no index."""
    (count, read), *_ = db.execute(
        "SELECT article_count, article_count - unread_count FROM totals"
    ).fetchall()
    return Statistics(_folders(db, now), _outlets(db, now), _months(db, now), count, read)


def _folders(db: sqlite3.Connection, now: datetime) -> tuple[FolderCount, ...]:
    start = now - timedelta(days=DAYS)
    rows = db.execute(
        "SELECT coalesce(f.folder, ''), (a.sort_at - ?) / ?, count(*), sum(a.read)"
        " FROM articles a LEFT JOIN feeds f ON f.feed_key = a.feed_key"
        " WHERE a.row_id >= ? AND a.sort_at >= ? AND NOT a.hidden GROUP BY 1, 2",
        (instant_number(start), _DAY, row_of(start, row_span(db)), instant_number(start)),
    )
    days: dict[str, list[int]] = defaultdict(lambda: [0] * DAYS)
    read: dict[str, int] = defaultdict(int)
    for folder, day, count, of_them_read in rows:
        days[folder][max(0, min(day, DAYS - 1))] += count
        read[folder] += of_them_read
    found = (FolderCount(name, tuple(counts), read[name]) for name, counts in days.items())
    return tuple(sorted(found, key=lambda one: (-one.article_count, one.folder)))


def _outlets(db: sqlite3.Connection, now: datetime) -> tuple[OutletCount, ...]:
    start = now - timedelta(days=OUTLET_DAYS)
    rows = db.execute(
        "SELECT coalesce(nullif(f.user_title, ''), a.outlet) AS name, count(*), sum(a.read)"
        " FROM articles a LEFT JOIN feeds f ON f.feed_key = a.feed_key"
        " WHERE a.row_id >= ? AND a.sort_at >= ? AND NOT a.hidden"
        " GROUP BY name ORDER BY 3 DESC, 2 DESC, 1 LIMIT ?",
        (row_of(start, row_span(db)), instant_number(start), MOST_OUTLETS),
    )
    return tuple(OutletCount(*row) for row in rows)


def _months(db: sqlite3.Connection, now: datetime) -> tuple[tuple[datetime, int], ...]:
    firsts = [now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)]
    while len(firsts) < MONTHS:
        firsts.insert(0, (firsts[0] - timedelta(days=1)).replace(day=1))
    counts = dict.fromkeys(firsts, 0)
    rows = db.execute(
        "SELECT archived_at / ?, count(*) FROM articles WHERE archived_at >= ? AND NOT hidden"
        " GROUP BY 1",
        (_DAY, instant_number(firsts[0])),
    )
    for day, count in rows:
        month = instant_of(day * _DAY).replace(day=1)
        counts[min(month, firsts[-1])] += count  # a clock that went wrong: no month to come
    return tuple(counts.items())
