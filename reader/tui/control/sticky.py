"""Articles that no longer match the list they are shown in, and where they stand in it.

An unread article that is read in the list of unread ones stays there until the list is left. So
the list shown is the query's rows with the sticky rows laid between them by `row_id`; these pure
functions translate between places in the one and in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from archive.models import Summary
from reader.tui.control.list_rows import ListRows
from reader.tui.widgets.open_rows import Under

Fetch = Callable[..., list[Summary]]
"""`Library.list`, mostly with the query bound: takes limit, before, after, offset."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Rows of a list from index `first` on, out of `total`.

    `under` has what lies open below rows, by their article. `article_count` is the total with what
    is folded.
    """

    rows: tuple[Summary, ...]
    first: int
    total: int
    under: Under = field(default_factory=dict)
    article_count: int = 0


Anchor = tuple[int, int]
"""Index and row_id of a row of the list."""
LOWEST = -(1 << 62)
"""A row_id below that of every row."""
REACH = 200
"""Rows loaded at first, and on either side of the cursor when the list is read again."""


def first_page(rows: ListRows) -> Loaded:
    """The beginning of a list."""
    found = rows.with_folds(rows.fetch(limit=REACH))
    total = len(found) if len(found) < REACH else rows.count()
    is_folded = any(row.fold for row in found) or total > len(found)
    article_count = rows.article_count() if rows.folded and is_folded else total
    return Loaded(tuple(found), 0, total, rows.under(found), article_count)


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
    fetch: Fetch,
    sticky: Sequence[Summary],
    first: int,
    count: int,
    above: Anchor | None,
    below: Anchor | None = None,
) -> list[Summary]:
    """Rows `first` to `first + count - 1` of the list, counted from a known row near them.

    `above` is index and row_id of a row above them, None for the list's beginning; `below` of one
    below them, with LOWEST for the list's end. They are counted from the nearer one: rows that
    arrived beyond it in the meantime do not shift the page.
    """
    index, anchor = above or (-1, None)
    skip = first - index - 1
    if below is not None and below[0] - first - count < skip:
        return _walked(fetch, sticky, below[0] - first - count, count, below[1], up=True)[::-1]
    return _walked(fetch, sticky, skip, count, anchor, up=False)


def _walked(
    fetch: Fetch, sticky: Sequence[Summary], skip: int, count: int, anchor: int | None, *, up: bool
) -> list[Summary]:
    """The `count` rows that come after `skip` ones on the way down from a row, or `up`."""

    def beyond(start: int | None, end: int | None) -> list[Summary]:
        return between(sticky, end, start) if up else between(sticky, start, end)

    offset = max(0, skip - len(beyond(anchor, None)))
    wanted = count + skip - offset
    bounds = {"after": anchor} if up else {"before": anchor}
    rows = fetch(limit=wanted, offset=offset, **bounds)
    rows = rows[::-1] if up else rows
    begin, inside = skip - offset, beyond(anchor, None)
    if rows:
        last = rows[-1].row_id if len(rows) >= wanted else None
        start = rows[0].row_id if offset else anchor
        begin -= len(beyond(anchor, rows[0].row_id)) if offset else 0
        inside = beyond(start, last)
    merged = merge(rows, inside)
    return (merged[::-1] if up else merged)[begin : begin + count]


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
