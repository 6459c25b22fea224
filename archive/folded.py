"""Lists in which each story is one row: its newest article of the list, the others under it.

A row is passed over if a newer article of its story is in the list too (`archive.story_rows`), so
that a window costs what its rows cost, and places in the list stay places by time. `kept` below
are rows that are in the list although they no longer match; they fold like the others, but `apart`
ones stay rows of their own.
"""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

from archive import index_read
from archive.arms import Arm, Condition
from archive.index_order import page, union, walk
from archive.index_read import arms_of, on_page
from archive.models import Summary
from archive.query_tree import Is
from archive.story_models import Fold

if TYPE_CHECKING:
    from archive.opening import Parts
    from archive.query_tree import Node
Summaries = list[Summary]  # `list` means a method inside the class
Ids = list[str]

MOST_UNDER = 500
"""Articles that are laid open under one row, the newest."""

Rows = Collection[int]
_IS_UNREAD = Is("unread")
_UNREAD = Condition("a.read = 0")


class FoldedLists:
    """The folded lists of the archive of these parts; queries are as in `Archive.list`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._db = parts.index.connections

    def list(
        self,
        query: str = "",
        *,
        limit: int = 200,
        before: int | None = None,
        after: int | None = None,
        offset: int = 0,
        kept: Rows = (),
        unread: bool = False,
    ) -> Summaries:
        """A window of the rows, newest first; with `unread` only of those that are unread."""
        tree = self._tree(query)
        with self._db.reading() as db:
            arms = arms_of(db, tree)
            only = (_alone(_fellow(tree, arms, kept)), *([_UNREAD] if unread else []))
            arms = [replace(arm, conditions=(*arm.conditions, *only)) for arm in arms]
            return on_page(db, page(arms, limit, before, after, offset))

    def count(self, query: str = "", *, above: int | None = None, kept: Rows = ()) -> int:
        """How many rows there are; `above` a row_id: how many of them are newer."""
        tree = self._tree(query)
        with self._db.reading() as db:
            arms = arms_of(db, tree)
            return (
                index_read.count(db, tree, above)
                - _passed_over(db, tree, arms, above)
                - _under_kept(db, _fellow(tree, arms), kept, above)
            )

    def away(self, query: str, row_ids: Iterable[int], kept: Rows = ()) -> set[int]:
        """Which of these rows are folded into another."""
        tree = self._tree(query)
        with self._db.reading() as db:
            fellow = _fellow(tree, arms_of(db, tree), kept)
            found = db.execute(
                "SELECT r.row_id FROM story_rows r WHERE r.row_id IN"
                " (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM story_rows o"
                f" WHERE o.story = r.story AND o.row_id > r.row_id AND {fellow.sql})",
                (_json(row_ids), *fellow.parameters),
            )
            return {row_id for (row_id,) in found}

    def folds(
        self, query: str, row_ids: Iterable[int], kept: Rows = (), apart: Rows = ()
    ) -> dict[int, Fold]:
        """What is folded into each of these rows; those into which nothing is are left out."""
        tree = self._tree(query)
        with self._db.reading() as db:
            fellow = _fellow(tree, arms_of(db, tree), kept)
            others = _not_in(apart)
            found = db.execute(
                "SELECT r.row_id, total((o.row_id < r.row_id) AND"
                f" {others.sql} AND {fellow.sql}) AS below, count(*),"
                " count(DISTINCT coalesce(nullif(g.user_title, ''), b.outlet)),"
                f" total(o.read = 0), total((o.row_id > r.row_id) AND {fellow.sql}) AS above"
                " FROM story_rows r JOIN story_rows o ON o.story = r.story"
                " JOIN articles b ON b.row_id = o.row_id LEFT JOIN feeds g USING (feed_key)"
                " WHERE r.row_id IN (SELECT value FROM json_each(?)) GROUP BY r.row_id"
                " HAVING below > 0 AND above = 0",
                (*others.parameters, *fellow.parameters, *fellow.parameters, _json(row_ids)),
            )
            return {
                row_id: Fold(int(below), count, outlets, int(unread))
                for row_id, below, count, outlets, unread, _ in found
            }

    def under(
        self, query: str, row_ids: Iterable[int], kept: Rows = (), apart: Rows = ()
    ) -> Mapping[int, Sequence[Summary]]:
        """The articles that are folded into each of these rows, newest first."""
        tree = self._tree(query)
        with self._db.reading() as db:
            fellow = _fellow(tree, arms_of(db, tree), kept)
            others = _not_in(apart)
            found = {}
            for row_id in row_ids:
                rows = Condition(
                    "page (row_id) AS MATERIALIZED (SELECT o.row_id"
                    " FROM story_rows r JOIN story_rows o ON o.story = r.story"
                    " AND o.row_id < r.row_id WHERE r.row_id = ?"
                    f" AND {others.sql} AND {fellow.sql} ORDER BY o.row_id DESC LIMIT ?)",
                    (row_id, *others.parameters, *fellow.parameters, MOST_UNDER),
                )
                found[row_id] = on_page(db, rows)
            return found

    def gathered(
        self, rows: Sequence[Summary]
    ) -> tuple[Summaries, Mapping[str, Sequence[Summary]]]:
        """Rows of any order, a story folded into its first one; and what is folded, by that."""
        with self._db.reading() as db:
            found = db.execute(
                "SELECT r.row_id, r.story, count(*),"
                " count(DISTINCT coalesce(nullif(g.user_title, ''), b.outlet)), sum(o.read = 0)"
                " FROM story_rows r JOIN story_rows o ON o.story = r.story"
                " JOIN articles b ON b.row_id = o.row_id LEFT JOIN feeds g USING (feed_key)"
                " WHERE r.row_id IN (SELECT value FROM json_each(?)) GROUP BY r.row_id",
                (_json(row.row_id for row in rows),),
            )
            told = {row_id: (story, counts) for row_id, story, *counts in found}
        heads: dict[str, Summary] = {}
        under: dict[str, Summaries] = {}
        for row in rows:
            is_told = row.row_id in told
            head = heads.setdefault(str(told[row.row_id][0]) if is_told else row.article_id, row)
            if head is not row:
                under.setdefault(head.article_id, []).append(row)
        folds = {
            row.article_id: Fold(len(under[row.article_id]), *told[row.row_id][1])
            for row in heads.values()
            if row.article_id in under
        }
        return [replace(row, fold=folds.get(row.article_id)) for row in heads.values()], under

    def partly_told(self, row_ids: Iterable[int]) -> set[int]:
        """Which of these rows are unread while others of their stories were read."""
        with self._db.reading() as db:
            found = db.execute(
                "SELECT r.row_id FROM story_rows r WHERE r.read = 0"
                " AND r.row_id IN (SELECT value FROM json_each(?)) AND EXISTS"
                " (SELECT 1 FROM story_rows o WHERE o.story = r.story AND o.read = 1)",
                (_json(row_ids),),
            )
            return {row_id for (row_id,) in found}

    def copies(self, article_ids: Iterable[str]) -> Ids:
        """The near copies of these articles, and what they are copies of, without themselves."""
        wanted = _json(article_ids)
        with self._db.reading() as db:
            found = db.execute(
                "WITH asked (id) AS (SELECT value FROM json_each(?)),"
                " firsts (id) AS (SELECT id FROM asked UNION SELECT copy_of FROM story_units"
                " JOIN asked ON article_id = id WHERE section = 0 AND copy_of IS NOT NULL),"
                " found (id) AS (SELECT id FROM firsts UNION"
                " SELECT article_id FROM story_units WHERE copy_of IN firsts)"
                " SELECT id FROM found JOIN articles ON article_id = id"
                " EXCEPT SELECT id FROM asked ORDER BY 1",
                (wanted,),
            )
            return [article_id for (article_id,) in found]

    def _tree(self, query: str) -> Node | None:
        asked = self._parts.asking.unless_empty(query)
        return asked.tree if asked else None


def _fellow(tree: Node | None, arms: Sequence[Arm], kept: Rows = ()) -> Condition:
    """Whether row `o` of `story_rows` is in the list of a query, or is one of `kept`."""
    if tree is None:
        return Condition("1")
    if tree == _IS_UNREAD:
        matching = Condition("o.read = 0")
    else:
        matching = _any([_finds(arm) for arm in arms])
    if not kept:
        return matching
    return _any([matching, _in(kept)])


def _finds(arm: Arm) -> Condition:
    where = arm.where(Condition("{row} = o.row_id"))
    return Condition(f"EXISTS (SELECT 1 FROM {arm.source} WHERE {where.sql})", where.parameters)


def _any(conditions: Sequence[Condition]) -> Condition:
    sql = " OR ".join(each.sql for each in conditions)
    return Condition(f"({sql})", tuple(value for each in conditions for value in each.parameters))


def _alone(fellow: Condition) -> Condition:
    """That no newer article of its story is in the list."""
    return Condition(
        "NOT EXISTS (SELECT 1 FROM story_rows r JOIN story_rows o ON o.story = r.story"
        f" AND o.row_id > r.row_id WHERE r.row_id = {{row}} AND {fellow.sql})",
        fellow.parameters,
    )


def _in(rows: Rows) -> Condition:
    return Condition("o.row_id IN (SELECT value FROM json_each(?))", (_json(rows),))


def _not_in(rows: Rows) -> Condition:
    found = _in(rows)
    return Condition(f"NOT {found.sql}", found.parameters) if rows else Condition("1")


def _json(values: Iterable[int | str]) -> str:
    return orjson.dumps(list(values)).decode()


def _passed_over(
    db: sqlite3.Connection, tree: Node | None, arms: Sequence[Arm], above: int | None
) -> int:
    """How many rows that match have a newer fellow that does; `above` a row_id: of newer rows."""
    if above is None and (tree is None or tree == _IS_UNREAD):
        folded, unread = db.execute("SELECT folded, unread FROM story_folds").fetchone()
        return int(folded if tree is None else unread)
    newer = [] if above is None else [Condition("{row} > ?", (above,))]
    if tree is None or tree == _IS_UNREAD:
        of_read = [] if tree is None else [Condition("read = 0")]
        where = Arm("story_rows", "row_id", tuple(of_read)).where(*newer)
        source = Condition(f"story_rows WHERE {where.sql}", where.parameters)
    else:
        walks = [walk(arm, newer) for arm in arms]
        rows = walks[0] if len(walks) == 1 else union(walks)
        source = Condition(f"({rows.sql}) CROSS JOIN story_rows USING (row_id)", rows.parameters)
    found = db.execute(
        f"SELECT count(*) - count(DISTINCT story) FROM {source.sql}", source.parameters
    )
    return int(found.fetchone()[0])


def _under_kept(db: sqlite3.Connection, fellow: Condition, kept: Rows, above: int | None) -> int:
    """How many stories have their newest match under a kept row, which does not match itself."""
    if not kept:
        return 0
    found = db.execute(
        "SELECT count(DISTINCT story) FROM (SELECT r.story, r.row_id AS kept_row,"
        " (SELECT max(o.row_id) FROM story_rows o WHERE o.story = r.story"
        f" AND {fellow.sql}) AS newest FROM story_rows r"
        " WHERE r.row_id IN (SELECT value FROM json_each(?)))"
        " WHERE kept_row > newest AND newest > coalesce(?, newest - 1)",
        (*fellow.parameters, _json(kept), above),
    )
    return int(found.fetchone()[0])
