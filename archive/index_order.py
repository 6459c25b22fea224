"""Which rows a window of a list has, and in which order.

By date either way, or rare voices first; by relevance in index_ranking.py. Each order is a common
table `page` of row_ids, with what it is sorted by.
"""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from archive.arms import Arm, Condition, Span

Sort = Literal["date", "relevance", "rare", "oldest"]

NEWEST = (
    " newest (row_id, month) AS MATERIALIZED (SELECT max(row_id),"
    f" (SELECT {30 * 86_400 * 1_000_000} / value FROM meta WHERE name = 'row_span')"
    " FROM articles),"
)
"""The common table of the newest row, and how many rows a month has."""
_BEFORE_ALL = -(2**63)
"""A row_id below all others."""
RARE_MATCHES = 2_000
"""Newest matches among which rare voices are put first."""


def page(
    arms: Sequence[Arm], limit: int, before: int | None, after: int | None, offset: int
) -> Condition:
    """The rows of a window as the common table `page`."""
    bounds = []
    if before is not None:
        bounds.append(Condition("{row} < ?", (before,)))
    if after is not None:
        bounds.append(Condition("{row} > ?", (after,)))
    order = "DESC" if after is None else "ASC"
    walks = [walk(arm, bounds, order, limit + offset) for arm in arms]
    rows = walks[0] if len(walks) == 1 else union(walks)
    return Condition(
        f"page (row_id) AS MATERIALIZED (SELECT row_id FROM ({rows.sql})"
        f" ORDER BY row_id {order} LIMIT ? OFFSET ?)",
        (*rows.parameters, limit, offset),
    )


def oldest_page(arms: Sequence[Arm], limit: int, offset: int) -> Condition:
    """The oldest rows as the table `page`."""
    return page(arms, limit, None, _BEFORE_ALL, offset)


def walk(
    arm: Arm,
    bounds: Sequence[Condition],
    order: str = "DESC",
    limit: int = -1,
    within: Span | None = None,
) -> Condition:
    """The rows of one arm in order, `limit` at most; `within` are its lowest and highest."""
    where = arm.where(*bounds, within=within)
    return Condition(
        f"SELECT {arm.row} AS row_id FROM {arm.source} WHERE {where.sql}"
        f" ORDER BY {arm.row} {order} LIMIT ?",
        (*where.parameters, limit),
    )


def union(walks: Sequence[Condition]) -> Condition:
    """The rows of any of them, each once."""
    sql = " UNION ".join(f"SELECT * FROM ({walk.sql})" for walk in walks)
    return Condition(sql, tuple(value for walk in walks for value in walk.parameters))


def rare_page(
    arms: Sequence[Arm], raised: Sequence[tuple[Sequence[Arm], int]], limit: int, offset: int
) -> Condition:
    """Of the newest rows those first whose feed had the fewest articles in the last month.

    Articles without a feed, which somebody saved by hand, come before all feeds. What `raised` has,
    its newest RARE_MATCHES, comes before or after all others, by the sum of its numbers.
    """
    walks = [walk(arm, [], "DESC", RARE_MATCHES) for arm in arms]
    rows = walks[0] if len(walks) == 1 else union(walks)
    priorities = _priorities(raised)
    return Condition(
        f"found (row_id) AS MATERIALIZED (SELECT row_id FROM ({rows.sql})"
        " ORDER BY row_id DESC LIMIT ?),"
        f"{NEWEST} voices (feed_key, rate) AS MATERIALIZED (SELECT feed_key, (SELECT count(*)"
        " FROM membership m WHERE m.feed_key = feeds.feed_key"
        " AND m.row_id > newest.row_id - newest.month) FROM feeds, newest),"
        f" priorities (row_id, priority) AS MATERIALIZED ({priorities.sql}),"
        " page (row_id, rate, priority) AS MATERIALIZED (SELECT found.row_id, coalesce(rate, 0),"
        " coalesce(priority, 0) FROM found CROSS JOIN articles USING (row_id)"
        " LEFT JOIN voices USING (feed_key) LEFT JOIN priorities USING (row_id)"
        " ORDER BY 3 DESC, 2, 1 DESC LIMIT ? OFFSET ?)",
        (*rows.parameters, RARE_MATCHES, *priorities.parameters, limit, offset),
    )


def _priorities(raised: Sequence[tuple[Sequence[Arm], int]]) -> Condition:
    """The rows among `found` that have a priority other than 0, each with it."""
    if not raised:
        return Condition("SELECT 0, 0 WHERE 0")
    near = Condition("{row} >= (SELECT min(row_id) FROM found)")
    parts = [
        (union([walk(arm, [near], "DESC", RARE_MATCHES) for arm in arms]), by)
        for arms, by in raised
    ]
    sql = " UNION ALL ".join(f"SELECT row_id, {by:d} AS by FROM ({rows.sql})" for rows, by in parts)
    return Condition(
        f"SELECT row_id, sum(by) FROM ({sql}) GROUP BY row_id",
        tuple(value for rows, _ in parts for value in rows.parameters),
    )
