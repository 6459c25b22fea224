"""Articles that no longer match the list they are shown in, and where they stand in it.

An unread article that is read in the list of unread ones stays there until the list is left. So
the list shown is the query's rows with the sticky rows laid between them by `row_id`; these pure
functions translate between places in the one and in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from archive.models import Summary

Fetch = Callable[..., list[Summary]]
"""`Library.list`, mostly with the query bound: takes limit, before, after, offset."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Rows of a list from index `first` on, out of `total`."""

    rows: tuple[Summary, ...]
    first: int
    total: int


REACH = 200
"""Rows loaded at first, and on either side of the cursor when the list is read again."""


def first_page(fetch: Fetch, count: Callable[[str], int], query: str) -> Loaded:
    """The beginning of the list of a query; `count` says how many match, where more are there."""
    rows = fetch(query, limit=REACH)
    return Loaded(tuple(rows), 0, len(rows) if len(rows) < REACH else count(query))


def merge(rows: Iterable[Summary], sticky: Iterable[Summary]) -> list[Summary]:
    """Both, newest first; a row that is in both is taken from `rows`."""
    found = {row.article_id: row for row in sticky}
    found.update({row.article_id: row for row in rows})
    return sorted(found.values(), key=lambda row: row.row_id, reverse=True)


def between(sticky: Iterable[Summary], newest: int | None, oldest: int | None) -> list[Summary]:
    """The sticky rows strictly below `newest` and above `oldest` (row_ids; None: no bound)."""
    return [
        row
        for row in sticky
        if (newest is None or row.row_id < newest) and (oldest is None or row.row_id > oldest)
    ]


def page(
    fetch: Fetch, sticky: Sequence[Summary], first: int, count: int, above: tuple[int, int] | None
) -> list[Summary]:
    """Rows `first` to `first + count - 1` of the list, counted from a loaded row above them.

    `above` is index and row_id of that row, None for the list's beginning. Rows that arrived
    above it in the meantime then do not shift the page.
    """
    index, anchor = (above[0], above[1]) if above else (-1, None)
    skip = first - index - 1
    offset = max(0, skip - len(between(sticky, anchor, None)))
    rows = fetch(limit=count + skip - offset, before=anchor, offset=offset)
    if not rows:
        return merge((), between(sticky, anchor, None))[skip - offset : skip - offset + count]
    start = rows[0].row_id if offset else anchor
    passed = len(between(sticky, anchor, rows[0].row_id)) if offset else 0
    full = len(rows) >= count + skip - offset
    inside = between(sticky, start, rows[-1].row_id if full else None)
    merged = merge(rows, inside)
    begin = skip - offset - passed
    return merged[begin : begin + count]


def around(
    fetch: Fetch, count: int, position: int, sticky: Sequence[Summary], row_id: int, reach: int
) -> Loaded:
    """The part of a list around one row, up to `reach` rows of the query on either side.

    `count` is how many rows match the query, `position` how many of them are above `row_id`.
    """
    above = fetch(limit=reach, after=row_id)
    below = fetch(limit=reach + 1, before=row_id + 1)
    newest = above[0].row_id if len(above) >= reach else None
    oldest = below[-1].row_id if len(below) > reach else None
    rows = [*above, *below]
    matching = {row.article_id for row in rows}
    extra = [row for row in sticky if row.article_id not in matching]
    inside = between(extra, newest, oldest)
    before = 0 if newest is None else len([row for row in extra if row.row_id > newest])
    first = max(0, position - len(above)) + before
    return Loaded(tuple(merge(rows, inside)), first, count + len(extra))
