"""How many units were published around an instant: the more there are, the higher the bar to join.

Of many units some come near by chance, and nothing keeps them apart that were published together:
articles without dates, which all count as published when they were fetched, and a busy week. On the
tables of `archive.story_tables`, inside a transaction.
"""

from __future__ import annotations

import sqlite3
from math import log

from archive.story_scores import FADING_DAYS, fading

FEW, MANY = 300, 3000
"""Units around up to which the bar does not rise, and from which on it rises no more."""
CROWDING = 0.12
"""By this part the bar rises each time that there are 2.7 times as many. Halves and tenths of three
public sets of grouped news, with their dates, without them and with the days moved together, were
all grouped best by a bar that rises so or faster."""

_MICROSECONDS_PER_DAY = 86_400_000_000
_DAYS = round(3 * FADING_DAYS)


class Crowd:
    """Units by day, as long as a transaction lasts."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._counts: dict[int, int] = {}
        """Of the days that were asked for."""

    def height(self, at: int) -> float:
        """What the bar is multiplied by for a unit of an instant, from 1 up."""
        day = at // _MICROSECONDS_PER_DAY
        around = range(day - _DAYS, day + _DAYS + 1)
        if not self._counts.keys() >= set(around):
            rows = self._db.execute(
                "SELECT day, unit_count FROM story_days WHERE day BETWEEN ? AND ?",
                (around[0], around[-1]),
            )
            self._counts.update(dict.fromkeys(around, 0))
            self._counts.update(rows)
        count = sum(self._counts[each] * _FADING[abs(each - day)] for each in around)
        return 1 + CROWDING * log(min(max(count, FEW), MANY) / FEW)

    def add(self, at: int) -> None:
        """Counts a further unit."""
        day = at // _MICROSECONDS_PER_DAY
        self._db.execute(
            "INSERT INTO story_days VALUES (?, 1)"
            " ON CONFLICT (day) DO UPDATE SET unit_count = unit_count + 1",
            (day,),
        )
        if day in self._counts:
            self._counts[day] += 1


_FADING = [fading(days * _MICROSECONDS_PER_DAY) for days in range(_DAYS + 1)]
