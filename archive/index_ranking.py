"""Relevance: which matches of a query come first, over everything, at a bounded cost.

By bm25 (Robertson and others, Okapi at TREC-3, as FTS5 counts it), a word in the title counting
five times; more for what stands there as it was asked (`Arm.closer`), and somewhat more for what is
newer. bm25 counts all rows of each word before the first score, which is most of its cost: so each
walk is scored once, and what is closer is only looked up.
"""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters

from __future__ import annotations

from collections.abc import Sequence

from archive.arms import Arm, Condition
from archive.index_order import NEWEST, walk

RANKED_MATCHES = 2_000
"""Newest matches among which relevance chooses; over all a common word costs 33-111 ms."""
RANKED_CLOSER = 200
"""Older matches of each closer walk that are ranked as well, the newest of them."""
NEWER = 0.3
"""By how much the newest article counts for more than an old one; half of it after a month."""
_LOWEST = -(2**63)
"""A row_id below all others."""


def ranked_page(arms: Sequence[Arm], limit: int, offset: int) -> Condition:
    """The best rows as the table `page`, with their scores: the lower the better."""
    tables = [_scored(arm, f"_{place}") for place, arm in enumerate(arms)]
    hits = " UNION ALL ".join(f"SELECT * FROM hits_{place}" for place in range(len(arms)))
    return Condition(
        f"{', '.join(table.sql for table in tables)},"
        f"{NEWEST} page (row_id, score) AS MATERIALIZED (SELECT hits.row_id,"
        f" min(score) * (1 + {NEWER} / (1 + 1.0 * (newest.row_id - hits.row_id) / newest.month))"
        f" AS best FROM ({hits}) hits, newest GROUP BY hits.row_id"
        " ORDER BY best, hits.row_id DESC LIMIT ? OFFSET ?)",
        (*(value for table in tables for value in table.parameters), limit, offset),
    )


def _scored(arm: Arm, name: str) -> Condition:
    """The newest rows of an arm, and older ones that are closer, as the table `hits` of a name."""
    latest, close = f"latest{name}", f"close{name}"
    newest = _by_bm25(arm)
    table = Condition(
        f"{latest} (row_id, score) AS MATERIALIZED"
        f" ({newest.sql} ORDER BY {arm.row} DESC LIMIT {RANKED_MATCHES})",
        newest.parameters,
    )
    if not arm.closer:
        return Condition(f"{table.sql}, hits{name} AS (SELECT * FROM {latest})", table.parameters)
    # Where all rows are among the newest there are no older ones to look through.
    lowest = (
        f"(SELECT CASE WHEN count(*) < {RANKED_MATCHES} THEN {_LOWEST} ELSE min(row_id) END"
        f" FROM {latest})"
    )
    among = Condition(f"{{row}} >= {lowest}")
    below = Condition(f"{{row}} < {lowest}")
    closer = _closer(arm, among, below)
    older = _by_bm25(
        arm,
        below,
        Condition(f"{{row}} >= (SELECT min(row_id) FROM {close})"),
        Condition(f"+{{row}} IN (SELECT row_id FROM {close})"),
    )
    return Condition(
        f"{table.sql}, {close} (row_id, factor) AS MATERIALIZED ({closer.sql}),"
        f" hits{name} (row_id, score) AS (SELECT found.row_id, score * coalesce(factor, 1)"
        f" FROM (SELECT * FROM {latest} UNION ALL SELECT * FROM ({older.sql})) found"
        f" LEFT JOIN {close} USING (row_id))",
        (*table.parameters, *closer.parameters, *older.parameters),
    )


def _closer(arm: Arm, among: Condition, below: Condition) -> Condition:
    """The rows of all closer walks, each with how many times better it is at most.

    All those `among` the newest, and some `below` them.
    """
    walks = [
        (found, factor)
        for each, factor in arm.closer
        for found in (walk(each, [among]), walk(each, [below], limit=RANKED_CLOSER))
    ]
    rows = " UNION ALL ".join(
        f"SELECT row_id, {factor} AS factor FROM ({each.sql})" for each, factor in walks
    )
    return Condition(
        f"SELECT row_id, max(factor) FROM ({rows}) GROUP BY row_id",
        tuple(value for each, _ in walks for value in each.parameters),
    )


def _by_bm25(arm: Arm, *bounds: Condition) -> Condition:
    where = arm.where(*bounds)
    return Condition(
        f"SELECT {arm.row} AS row_id, bm25(fts, 1.0, 5.0, 0.0) AS score FROM {arm.source}"
        f" WHERE {where.sql}",
        where.parameters,
    )
