"""Which articles came when, found by the days that ids name."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from archive.feed_models import Arrived
from archive.index_rows import instant_number, instant_of
from archive.names import day_of, ids_of_days


def arrived_between(db: sqlite3.Connection, after: datetime, until: datetime) -> list[Arrived]:
    """The articles with an address that were archived then, but hidden ones; the oldest first."""
    rows = db.execute(
        "SELECT article_id, archived_at, coalesce(feed_url, '') FROM articles"
        " LEFT JOIN feeds USING (feed_key)"
        " WHERE article_id >= ? AND article_id < ? AND archived_at > ? AND archived_at <= ?"
        " AND hidden = 0 AND url <> '' ORDER BY archived_at, row_id",
        (
            *ids_of_days(day_of(after), day_of(until)),
            instant_number(after),
            instant_number(until),
        ),
    )
    return [Arrived(article_id, instant_of(at), feed_url) for article_id, at, feed_url in rows]
