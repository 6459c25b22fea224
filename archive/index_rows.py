"""Row numbers: where in the one order of all lists an article stands, and instants as numbers."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
MICROSECONDS_PER_ROW = 2_048_000
"""A row_id is `sort_at` in steps of about two seconds: few share one, 42,000 a day have one of
their own, and the steps between the rows of a word are small numbers, of which FTS5 packs two in
the place of three (steps of 64 ms: 11 % more on disk)."""
_FIRST = datetime(2015, 1, 1, tzinfo=UTC)
"""The instant of row 0. Numbers below 2^28, which FTS5 writes in four bytes, reach until 2032; the
rows of older articles are below 0."""
_MOST_STRETCHES = 10_000


def instant_number(instant: datetime) -> int:
    """Microseconds since 1970; exact, unlike a float timestamp."""
    return (instant - _EPOCH) // _MICROSECOND


def instant_of(number: int) -> datetime:
    """The instant that `instant_number` wrote."""
    return _EPOCH + timedelta(microseconds=number)


def row_of(instant: datetime) -> int:
    """The row_id that an instant asks for."""
    return (instant - _FIRST) // _MICROSECOND // MICROSECONDS_PER_ROW


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
