"""Pieces of SQL over the index: conditions, and arms, which are walks over rows in order.

Apart from `query_sql`, which makes arms of queries, so that a listing of everything loads nothing
of searching.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL and its parameters; `{row}` in it is the row_id column that the arm walks."""

    sql: str
    parameters: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Arm:
    """One walk over rows: FROM `source`, along `row`, where all conditions hold.

    `match` is its MATCH expression over the column `row` belongs to; `title_match` is the same
    with the words wanted in the title, empty where there are no words to rank by. `closer` has
    narrower ones, for rows that match better, and how many times better.
    """

    source: str
    row: str
    conditions: tuple[Condition, ...] = ()
    match: str = ""
    title_match: str = ""
    closer: tuple[tuple[str, float], ...] = ()

    def where(self, *more: Condition, match: str = "") -> Condition:
        """All conditions and `more` as one, with another MATCH expression if one is given."""
        conditions = (*self.conditions, *more)
        if self.match:
            table = self.row.partition(".")[0]
            conditions = (Condition(f"{table} MATCH ?", (match or self.match,)), *conditions)
        sql = " AND ".join(each.sql for each in conditions) or "1"
        parameters = tuple(value for each in conditions for value in each.parameters)
        return Condition(sql.replace("{row}", self.row), parameters)


ALL_ROWS = Arm("articles a", "a.row_id")
"""All articles."""
ALL_SHOWN = Arm("articles a", "a.row_id", (Condition("a.hidden = 0"),))
"""All but the hidden ones."""
