"""When the articles of each feed came: the first, the last, and how many in each late week."""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Any

from archive.index_rows import instant_of, row_of, row_span
from archive.models import FeedActivity

WEEKS = 12
"""Weeks that are counted, the last of which ends now."""

# The rows of a feed stand in the order of their instants: ends are found and weeks counted along
# the table's own key, without sorting or grouping (at most 125 ms for a million articles).
_END = (
    "(SELECT sort_at FROM membership m CROSS JOIN articles a ON a.row_id = m.row_id"
    " WHERE m.feed_key = f.feed_key ORDER BY m.row_id {order} LIMIT 1)"
)
_WEEK = (
    "(SELECT count(*) FROM membership m WHERE m.feed_key = f.feed_key"
    " AND m.row_id >= ? AND m.row_id < ?)"
)
_ACTIVITY = (
    f"SELECT feed_url, {_END.format(order='ASC')}, {_END.format(order='DESC')},"
    f" {', '.join([_WEEK] * WEEKS)} FROM feeds f WHERE article_count > 0"
)


def feed_activity(db: sqlite3.Connection, now: datetime) -> dict[str, FeedActivity]:
    """By feed URL, of every feed that has articles."""
    span = row_span(db)
    starts = [row_of(now - timedelta(weeks=WEEKS - week), span) for week in range(WEEKS)]
    # What came since `now` belongs to the last week; so do rows that had to move up for others.
    ends = [*starts[1:], 1 << 62]
    bounds = [bound for week in zip(starts, ends, strict=True) for bound in week]
    return {row[0]: _activity(row) for row in db.execute(_ACTIVITY, bounds)}


def _activity(row: tuple[Any, ...]) -> FeedActivity:
    _, first, last, *weeks = row
    return FeedActivity(
        None if first is None else instant_of(first),
        None if last is None else instant_of(last),
        tuple(weeks),
    )
