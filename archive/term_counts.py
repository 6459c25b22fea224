"""How many units have each term among their heaviest, out of the table `story_terms`.

Articles of one time have many terms in common, so what was asked is remembered as long as the
archive is open. It stays true while no other connection writes, of which SQLite tells (PRAGMA
data_version); the number of all units tells of a regrouping by this one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import orjson

MOST_REMEMBERED = 1 << 15
"""Terms, of about 100 bytes; those of a hundred articles."""


class TermCounts:
    """The counts, for one unit after the other: `begin` comes before the rest for each of them."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}
        self._total = 0
        self._data_version = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Around a transaction: what is undone with it is forgotten."""
        try:
            yield
        except BaseException:
            self._known.clear()
            raise

    def begin(self, db: sqlite3.Connection) -> int:
        """Counts a further unit; how many there are with it."""
        (data_version,) = db.execute("PRAGMA data_version").fetchone()
        if data_version != self._data_version:
            self._known.clear()
            self._data_version = data_version
        (total,) = db.execute(
            "UPDATE story_meta SET value = value + 1 WHERE name = 'unit_count' RETURNING value"
        ).fetchone()
        if total != self._total + 1 or len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        self._db = db
        self._total = total
        return int(total)

    def __call__(self, terms: Iterable[int]) -> Mapping[int, int]:
        """The counts of these terms, and of others."""
        known = self._known
        unknown = [term for term in terms if term not in known]
        known.update(dict.fromkeys(unknown, 0))
        known.update(
            self._db.execute(
                "SELECT term, unit_count FROM json_each(?) CROSS JOIN story_terms ON term = value",
                (orjson.dumps(unknown).decode(),),
            )
        )
        return known

    def add(self, terms: Sequence[int]) -> None:
        """Counts terms of the unit, which were all asked for."""
        self._db.executemany(
            "INSERT INTO story_terms VALUES (?, 1)"
            " ON CONFLICT (term) DO UPDATE SET unit_count = unit_count + 1",
            [(term,) for term in sorted(terms)],
        )
        for term in terms:
            self._known[term] += 1
