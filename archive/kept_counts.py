"""Counts of queries that are asked again and again: kept, and brought up by what changed since.

Of each query the newest rows that match are kept. Next time only those stretches of rows are looked
at in which rows changed (`archive.index_changes`), or in which its dates have moved on (`age:<2d`),
so that what a count costs does not grow with the archive. What is kept tells nothing, and all is
counted anew, where the query means something else: other feeds, other words, another index.
"""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from heapq import nlargest
from itertools import pairwise

from archive import index_changes
from archive.arms import Arm, Span
from archive.feed_names import FeedNames
from archive.index_changes import Position
from archive.index_connections import Connections
from archive.index_order import union, walk
from archive.index_rows import largest_shift, row_of, row_span
from archive.query_sql import Planner
from archive.query_tree import And, Node, Not, Or, Since, Until, names_flag

_MORE = 1.25
"""How many times as many rows are kept as are counted: so many may be read before all is anew."""
_MOST_SPANS = 3
"""Stretches of rows that are looked at for a query; those with least between them are one."""
_APART = 43_200_000_000
"""Microseconds, half a day, below which changed rows are in one stretch."""
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A query as an index is asked it: `key` stays the same as long as only its dates move on.

    `arms` are None where it has no dates: then those of the key.
    """

    key: tuple[Node, tuple[Arm, ...]]
    instants: tuple[datetime, ...]
    span: int
    largest_shift: int
    dated: tuple[Arm, ...] | None = None

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The walks over what it finds."""
        return self.key[1] if self.dated is None else self.dated

    def moved_since(self, other: _Meaning) -> Iterator[Span]:
        """The rows that are on the other side of a date of it than they were then."""
        for one, another in zip(other.instants, self.instants, strict=True):
            if one != another:
                first, last = sorted((one, another))
                yield row_of(first, self.span), row_of(last, self.span) + self.largest_shift


@dataclass(frozen=True, slots=True)
class _Kept:
    """The rows that matched at a position, in order: all of them, or all from `floor` on."""

    meaning: _Meaning
    position: Position
    rows: array[int]
    floor: int | None


class KeptCounts:
    """Counts over one index, each kept under a name. May be used by any thread."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._kept: dict[str, _Kept] = {}
        self._changes: tuple[Position, int, tuple[Span, ...] | None] | None = None

    def count(self, name: str, tree: Node, at_most: int) -> int:
        """How many match, counted up to `at_most`; the tree may be another at each call."""
        most = int(at_most * _MORE)
        with self._connections.reading() as db, _one_moment(db):
            meaning = _meaning(db, tree)
            position = index_changes.position(db)
            if position is None:
                return len(_newest(db, meaning.arms, at_most))
            kept = self._brought_up(db, self._kept.get(name), meaning, position, most)
            if kept is None or (kept.floor is not None and len(kept.rows) < at_most):
                rows = _newest(db, meaning.arms, most)
                kept = _Kept(meaning, position, rows, rows[0] if len(rows) >= most else None)
        self._kept[name] = kept
        return min(len(kept.rows), at_most)

    def keep_only(self, names: Iterable[str]) -> None:
        """Forgets all others."""
        wanted = set(names)
        self._kept = {name: kept for name, kept in self._kept.items() if name in wanted}

    def _brought_up(
        self,
        db: sqlite3.Connection,
        kept: _Kept | None,
        meaning: _Meaning,
        position: Position,
        most: int,
    ) -> _Kept | None:
        """What was kept, with what changed since; None where that cannot be told."""
        if kept is None or kept.meaning.key != meaning.key:
            return None
        changed = self._changed(db, kept.position, position)
        if changed is None:
            return None
        rows, floor = kept.rows, kept.floor
        apart = _APART // meaning.span
        for low, high in _joined([*changed, *meaning.moved_since(kept.meaning)], apart):
            start = low if floor is None else max(low, floor)
            if start <= high:
                found = _newest(db, meaning.arms, most, (start, high))
                rows = rows[: bisect_left(rows, start)] + found + rows[bisect_right(rows, high) :]
                if len(found) >= most:
                    floor = found[0]
        if floor is not None:
            rows = rows[bisect_left(rows, floor) :]
        if len(rows) > most:
            rows = rows[-most:]
            floor = rows[0]
        return _Kept(meaning, position, rows, floor)

    def _changed(
        self, db: sqlite3.Connection, since: Position, until: Position
    ) -> tuple[Span, ...] | None:
        """The stretches of what changed in between; mostly the same is asked for every query."""
        if since.epoch != until.epoch:
            return None
        known = self._changes
        if known is None or known[:2] != (since, until.number):
            rows = index_changes.rows_since(db, since.number)
            apart = _APART // row_span(db)
            spans = None if rows is None else tuple(_joined([(row, row) for row in rows], apart))
            known = self._changes = (since, until.number, spans)
        return known[2]


@contextmanager
def _one_moment(db: sqlite3.Connection) -> Iterator[None]:
    """All that is read inside is as it was at the first look, whatever others write meanwhile."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _meaning(db: sqlite3.Connection, tree: Node) -> _Meaning:
    hidden, feeds = names_flag(tree, "hidden"), FeedNames.in_index(db)
    span, shift = row_span(db), largest_shift(db)
    instants = tuple(_instants(tree))
    timeless = _timeless(tree) if instants else tree
    key = timeless, tuple(Planner(feeds, span, 0, hidden=hidden).arms(timeless))
    dated = tuple(Planner(feeds, span, shift, hidden=hidden).arms(tree)) if instants else None
    return _Meaning(key, instants, span, shift, dated)


def _instants(node: Node) -> Iterator[datetime]:
    """The dates of a query, in order."""
    match node:
        case Since(instant) | Until(instant):
            yield instant
        case And(parts) | Or(parts):
            for part in parts:
                yield from _instants(part)
        case Not(part):
            yield from _instants(part)


def _timeless(node: Node) -> Node:
    """The query with one and the same date in the place of all."""
    match node:
        case Since() | Until():
            return replace(node, instant=_ANY_TIME)
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(map(_timeless, parts)))
        case Not(part):
            return Not(_timeless(part))
        case _:
            return node


def _newest(
    db: sqlite3.Connection, arms: Sequence[Arm], most: int, within: Span | None = None
) -> array[int]:
    """The newest rows that match, in ascending order."""
    walks = [walk(arm, [], limit=most, within=within) for arm in arms]
    rows = walks[0] if len(walks) == 1 else union(walks)
    found = db.execute(
        f"SELECT row_id FROM ({rows.sql}) ORDER BY row_id DESC LIMIT ?", (*rows.parameters, most)
    )
    newest = array("q", (row_id for (row_id,) in found))
    newest.reverse()
    return newest


def _joined(spans: Iterable[Span], apart: int) -> list[Span]:
    """Few stretches with all of these in them, in order, with `apart` rows between them."""
    stretches: list[Span] = []
    for low, high in sorted(spans):
        if stretches and low - stretches[-1][1] < apart:
            stretches[-1] = stretches[-1][0], max(high, stretches[-1][1])
        else:
            stretches.append((low, high))
    if not stretches:
        return []
    pairs = enumerate(pairwise(stretches))
    gaps = [(later[0] - earlier[1], place) for place, (earlier, later) in pairs]
    kept = sorted(place for _, place in nlargest(_MOST_SPANS - 1, gaps))
    starts, ends = [0, *(place + 1 for place in kept)], [*kept, len(stretches) - 1]
    return [
        (stretches[start][0], stretches[end][1]) for start, end in zip(starts, ends, strict=True)
    ]
