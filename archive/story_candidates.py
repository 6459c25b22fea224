"""What a unit is compared with: the units that share its heaviest terms, newest first.

Functions on the tables of `archive.story_tables`, inside a transaction.
"""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters

from __future__ import annotations

import sqlite3
from collections import defaultdict
from itertools import repeat
from typing import NamedTuple

import orjson

from archive.story_tables import BUCKET_DAYS
from archive.story_vectors import Vector, cosine, packed

SEARCHED_TERMS, POSTINGS_PER_TERM, BEST = 25, 400, 40
FAR_TERMS = 8
"""Terms by which related units of weeks ago or ahead are looked for."""

_BUCKET_MICROSECONDS = BUCKET_DAYS * 86_400_000_000
_NEXT_BUCKETS = (-1, 1)
"""Beyond their 16 days a likeness of 1 counts less than .12."""
_FAR_BUCKETS = (-2, 2, -3, 3)
_SCALE = 65_535
_NEWEST_HAVING = " UNION ALL ".join(
    "SELECT * FROM (SELECT term, unit, weight FROM story_postings"
    f" WHERE bucket = ?1 AND term = ?{place} ORDER BY unit DESC LIMIT {POSTINGS_PER_TERM})"
    for place in range(2, SEARCHED_TERMS + 2)
)
"""SQL: the postings of each term of a bucket, its newest units alone, in the order of the terms."""


class Candidate(NamedTuple):
    """A unit that may tell the same, and how near its vector is."""

    unit: int
    article_id: str
    section: int
    at: int
    story: int
    copy_of: str | None
    cosine: float
    name_lines: str

    @property
    def names(self) -> list[str]:
        """Its rare names."""
        return self.name_lines.splitlines()


def candidates_of(db: sqlite3.Connection, vector: Vector, at: int) -> list[Candidate]:
    """The nearest units, nearest first."""
    units = _sharing(db, vector, at // _BUCKET_MICROSECONDS)
    rows = db.execute(
        "SELECT u.unit, article_id, section, at, story, copy_of, names, weights"
        " FROM story_units u JOIN story_vectors USING (unit)"
        " WHERE unit IN (SELECT value FROM json_each(?))",
        (orjson.dumps(units).decode(),),
    )
    found = [
        Candidate(
            unit, article_id, section, there, story, copy_of,
            cosine(vector.weights, weights), names,
        )
        for unit, article_id, section, there, story, copy_of, names, weights in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.cosine, each.unit))


def _sharing(db: sqlite3.Connection, vector: Vector, bucket: int) -> list[int]:
    """The units that share most weight of the heaviest terms."""
    heaviest = dict(list(vector.weights.items())[:SEARCHED_TERMS])
    shared: dict[int, float] = defaultdict(float)
    asked = [*heaviest, *repeat(None, SEARCHED_TERMS - len(heaviest))]
    for term, unit, other in db.execute(_NEWEST_HAVING, (bucket, *asked)):
        shared[unit] += heaviest[term] * other
    for steps, count in ((_NEXT_BUCKETS, SEARCHED_TERMS), (_FAR_BUCKETS, FAR_TERMS)):
        terms = orjson.dumps(sorted(list(heaviest)[:count])).decode()
        for step in steps:
            rows = db.execute(
                "SELECT term, unit, weight FROM json_each(?)"
                " CROSS JOIN story_postings ON bucket = ? AND term = value LIMIT ?",
                (terms, bucket + step, count * POSTINGS_PER_TERM),
            )
            for term, unit, other in rows:
                shared[unit] += heaviest[term] * other
    return sorted(shared, key=lambda unit: (-shared[unit], -unit))[:BEST]


def put_vector(db: sqlite3.Connection, unit: int, at: int, vector: Vector) -> None:
    """Lets later units find this one."""
    db.execute(
        "INSERT INTO story_vectors VALUES (?, ?, ?)",
        (unit, "\n".join(vector.names), packed(vector.weights)),
    )
    heaviest = list(vector.weights.items())[:SEARCHED_TERMS]
    bucket = at // _BUCKET_MICROSECONDS
    db.executemany(
        "INSERT INTO story_postings VALUES (?, ?, ?, ?)",
        [(bucket, term, unit, round(weight * _SCALE)) for term, weight in sorted(heaviest)],
    )


def vectors_of(db: sqlite3.Connection, story: int, count: int) -> list[tuple[int, bytes]]:
    """Instant and packed weights of the latest members of a story."""
    rows = db.execute(
        "SELECT at, weights FROM story_units JOIN story_vectors USING (unit) WHERE story = ?"
        " ORDER BY at DESC, unit DESC LIMIT ?",
        (story, count),
    )
    return rows.fetchall()
