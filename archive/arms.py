"""Pieces of SQL over the index: conditions, and arms, which are walks over rows in order.

Apart from `query_sql`, which makes arms of queries, so that a listing of everything loads nothing
of searching.
"""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]
"""The lowest and the highest row of a stretch."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL and its parameters; `{row}` in it is the row_id column that the arm walks.

    `{within rowid}` or `{within row_id}` ends a query inside it that picks rows by that column, and
    becomes the bounds of the stretch that is asked about, if one is.
    """

    sql: str
    parameters: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Arm:
    """One walk over rows: FROM `source`, along `row`, where all conditions hold.

    `match` is its MATCH expression over the table that `row` belongs to, and `is_ranked` says that
    it has words to rank by. `closer` are walks over rows of which some match better, and how many
    times better; rows that do not match at all may be among them.
    """

    source: str
    row: str
    conditions: tuple[Condition, ...] = ()
    match: str = ""
    is_ranked: bool = False
    closer: tuple[tuple[Arm, float], ...] = ()

    def where(self, *more: Condition, within: Span | None = None) -> Condition:
        """All conditions and `more` as one.

        `within` are the lowest and the highest row that can be meant: no other need be found.
        """
        conditions = (*self.conditions, *more)
        if self.match:
            table = self.row.partition(".")[0]
            conditions = (Condition(f"{table} MATCH ?", (self.match,)), *conditions)
        if within:
            conditions = (*conditions, Condition("{row} BETWEEN ? AND ?", within))
        sql = " AND ".join(each.sql for each in conditions) or "1"
        parameters = tuple(value for each in conditions for value in each.parameters)
        return Condition(_bounded(sql.replace("{row}", self.row), within), parameters)


def _bounded(sql: str, within: Span | None) -> str:
    for column in ("rowid", "row_id"):
        bounds = f" AND {column} BETWEEN {within[0]:d} AND {within[1]:d}" if within else ""
        sql = sql.replace(f"{{within {column}}}", bounds)
    return sql


ALL_ROWS = Arm("articles a", "a.row_id")
"""All articles."""
ALL_SHOWN = Arm("articles a", "a.row_id", (Condition("a.hidden = 0"),))
"""All but the hidden ones."""
