"""Row numbers: where in the one order of all lists an article stands, and instants as numbers."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
ROW_SPAN = 20_480_000
"""Microseconds that one row stands for in a new index: a row_id is `sort_at` divided by it. Few
articles share 20 s, 4,218 a day have a row of their own, and the gaps between the rows of a word
are small numbers, of which FTS5 packs two in the place of three (2 s: 7 % more of index)."""
_FINER, _FINEST_SPAN = 8, 40_000
_MOST_SHIFTED = 86_400_000_000
"""Microseconds that an article may stand away from its instant before a finer span pays."""
_FIRST = datetime(2015, 1, 1, tzinfo=UTC)
"""The instant of row 0. Numbers below 2^28, which FTS5 writes in four bytes, reach until 2189; the
rows of older articles are below 0."""
_MOST_STRETCHES = 10_000


def instant_number(instant: datetime) -> int:
    """Microseconds since 1970; exact, unlike a float timestamp."""
    return (instant - _EPOCH) // _MICROSECOND


def instant_of(number: int) -> datetime:
    """The instant that `instant_number` wrote."""
    return _EPOCH + timedelta(microseconds=number)


def row_of(instant: datetime, span: int) -> int:
    """The row_id that an instant asks for, where a row stands for `span` microseconds."""
    return (instant - _FIRST) // _MICROSECOND // span


def row_span(db: sqlite3.Connection) -> int:
    """The microseconds that a row of this index stands for."""
    (span,) = db.execute("SELECT value FROM meta WHERE name = 'row_span'").fetchone()
    return int(span)


def is_crowded(db: sqlite3.Connection) -> bool:
    """Whether articles stand more than a day from their place, and a finer span would help."""
    span = row_span(db)
    return largest_shift(db) * span > _MOST_SHIFTED and span > _FINEST_SPAN


def next_span(db: sqlite3.Connection) -> int:
    """The span with which this index, of any form, is best built anew."""
    try:
        span = row_span(db)
        return max(span // _FINER, _FINEST_SPAN) if is_crowded(db) else span
    except (sqlite3.OperationalError, TypeError):  # no such table, no such row
        return ROW_SPAN


def largest_shift(db: sqlite3.Connection) -> int:
    """How many rows any article stands above the row of its instant, at most."""
    (rows,) = db.execute("SELECT value FROM meta WHERE name = 'largest_shift'").fetchone()
    return int(rows)


class FreeRows:
    """Finds the next free row, cheaply also where thousands of articles claim one instant.

    Rows are never given back (`dead` keeps those whose words are still in the FTS tables), so
    what was found taken stays taken: stretches without a gap are remembered from one write to the
    next, until the index is emptied or a write undone.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._largest_shift = 0
        self._span = 0

    def span(self) -> int:
        """What a row stands for, read anew: another process may have built the index anew."""
        span = row_span(self._db)
        if span != self._span:
            self.forget()
            self._span = span
        return span

    def take(self, wanted: int) -> int:
        """The first free row from `wanted` on; the caller fills it."""
        row_id = self._first_free(self._end_of_known(wanted))
        self._note_full(wanted, row_id + 1)
        self._largest_shift = max(self._largest_shift, row_id - wanted)
        return row_id

    def note_largest_shift(self) -> None:
        """Keeps how far a row ever was from its instant: queries by date need the bound."""
        self._db.execute(
            "UPDATE meta SET value = max(value, ?) WHERE name = 'largest_shift'",
            (self._largest_shift,),
        )

    def forget(self) -> None:
        """Drops what is remembered, when rows are free again."""
        self._starts, self._ends, self._largest_shift = [], [], 0

    def _end_of_known(self, row_id: int) -> int:
        """Where the remembered stretch with this row ends; the row itself without one."""
        place = bisect_right(self._starts, row_id) - 1
        return max(self._ends[place], row_id) if place >= 0 else row_id

    def _note_full(self, start: int, end: int) -> None:
        """Remembers that the rows from `start` up to `end` are taken, with what touches them."""
        if len(self._starts) >= _MOST_STRETCHES:
            self._starts, self._ends = [], []
        first = bisect_left(self._ends, start)
        last = bisect_right(self._starts, end)
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        self._starts[first:last], self._ends[first:last] = [start], [end]

    def _first_free(self, start: int) -> int:
        """Doubles the stretch looked at until it has a gap, then halves down to the gap."""
        length = 1
        while self._is_full(start, start + length):
            length *= 2
        low, high = start + length // 2, start + length  # the gap is in [low, high)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._is_full(low, middle) else (low, middle)
        return low

    def _is_full(self, start: int, end: int) -> bool:
        taken = self._db.execute(
            "SELECT (SELECT count(*) FROM articles WHERE row_id >= ?1 AND row_id < ?2)"
            " + (SELECT count(*) FROM dead WHERE row_id >= ?1 AND row_id < ?2)",
            (start, end),
        ).fetchone()[0]
        return bool(taken == end - start)
