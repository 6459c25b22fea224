"""What a unit is compared with: the units that share its heaviest terms, newest first.

Functions on the tables of `archive.story_tables`, inside a transaction.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from archive.story_tables import BUCKET_DAYS
from archive.story_vectors import COUNTED_TERMS, Vector, cosine, packed

SEARCHED_TERMS, POSTINGS_PER_TERM, BEST = 25, 400, 40
FAR_TERMS = 8
"""Terms by which related units of weeks ago or ahead are looked for."""

_BUCKET_MICROSECONDS = BUCKET_DAYS * 86_400_000_000
_NEXT_BUCKETS = (-1, 1)
"""Beyond their 16 days a likeness of 1 counts less than .12."""
_FAR_BUCKETS = (-2, 2, -3, 3)
_SCALE = 65_535


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may tell the same, and how near its vector is."""

    unit: int
    article_id: str
    section: int
    at: int
    story: int
    copy_of: str | None
    cosine: float
    names: tuple[str, ...]


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
            cosine(vector.weights, weights), tuple(names.split("\n")) if names else (),
        )
        for unit, article_id, section, there, story, copy_of, names, weights in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.cosine, each.unit))


def _sharing(db: sqlite3.Connection, vector: Vector, bucket: int) -> list[int]:
    """The units that share most weight of the heaviest terms."""
    heaviest = dict(list(vector.weights.items())[:SEARCHED_TERMS])
    shared: dict[int, float] = defaultdict(float)
    for term, weight in heaviest.items():
        rows = db.execute(
            "SELECT unit, weight FROM story_postings WHERE bucket = ? AND term = ?"
            " ORDER BY unit DESC LIMIT ?",
            (bucket, term, POSTINGS_PER_TERM),
        )
        for unit, other in rows:
            shared[unit] += weight * other
    for steps, count in ((_NEXT_BUCKETS, SEARCHED_TERMS), (_FAR_BUCKETS, FAR_TERMS)):
        terms = orjson.dumps(list(heaviest)[:count]).decode()
        for step in steps:
            rows = db.execute(
                "SELECT term, unit, weight FROM story_postings WHERE bucket = ?"
                " AND term IN (SELECT value FROM json_each(?)) LIMIT ?",
                (bucket + step, terms, count * POSTINGS_PER_TERM),
            )
            for term, unit, other in rows:
                shared[unit] += heaviest[term] * other
    return sorted(shared, key=lambda unit: (-shared[unit], -unit))[:BEST]


def put_vector(db: sqlite3.Connection, unit: int, at: int, vector: Vector) -> None:
    """Lets later units find this one, and counts its terms."""
    db.execute(
        "INSERT INTO story_vectors VALUES (?, ?, ?)",
        (unit, "\n".join(vector.names), packed(vector.weights)),
    )
    heaviest = list(vector.weights.items())
    bucket = at // _BUCKET_MICROSECONDS
    db.executemany(
        "INSERT INTO story_postings VALUES (?, ?, ?, ?)",
        [
            (bucket, term, unit, round(weight * _SCALE))
            for term, weight in sorted(heaviest[:SEARCHED_TERMS])
        ],
    )
    db.executemany(
        "INSERT INTO story_terms VALUES (?, 1)"
        " ON CONFLICT (term) DO UPDATE SET unit_count = unit_count + 1",
        [(term,) for term, _ in heaviest[:COUNTED_TERMS]],
    )


def term_counts(db: sqlite3.Connection, terms: Iterable[int]) -> dict[int, int]:
    """How many units have each of these terms among their heaviest."""
    rows = db.execute(
        "SELECT term, unit_count FROM story_terms WHERE term IN (SELECT value FROM json_each(?))",
        (orjson.dumps(list(terms)).decode(),),
    )
    return dict(rows.fetchall())


def vectors_of(db: sqlite3.Connection, story: int, count: int) -> list[tuple[int, bytes]]:
    """Instant and packed weights of the latest members of a story."""
    rows = db.execute(
        "SELECT at, weights FROM story_units JOIN story_vectors USING (unit) WHERE story = ?"
        " ORDER BY at DESC, unit DESC LIMIT ?",
        (story, count),
    )
    return rows.fetchall()
