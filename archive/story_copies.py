"""Which units may be near copies of a text: those that share rare shingles of its sketch.

And which of them is the earliest, of which the others are copies. Functions on the tables of
`archive.story_tables`, inside a transaction.
"""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import NamedTuple

import orjson

from archive import index_changes
from archive.near_copies import SKETCHED
from archive.story_names import arrival

LOOKED_AT = 3
"""Units that are compared word by word, those that share most."""

_AROUND = 50 * 86_400_000_000
"""Microseconds."""
_POSTINGS_PER_HASH = 60
_LEAST_SHARED = 1.0
"""Shared hashes, each counted by the texts that have it: furniture of an outlet is in all of its
texts, and makes no copies of them."""
_HAVING = " UNION ALL ".join(
    "SELECT * FROM (SELECT hash, unit FROM story_sketches"
    f" WHERE hash = ?{place} ORDER BY unit DESC LIMIT {_POSTINGS_PER_HASH})"
    for place in range(1, SKETCHED + 1)
)
"""SQL: the newest units with each hash."""


class Original(NamedTuple):
    """A unit that a text may be a copy of, and the article that it is a copy of itself."""

    unit: int
    article_id: str
    story: int
    copy_of: str | None

    @property
    def earliest(self) -> str:
        """The id of the article that it was taken from, its own if from none."""
        return self.copy_of or self.article_id


def originals_of(db: sqlite3.Connection, sketch: Sequence[int], at: int) -> list[Original]:
    """The units that share most of a sketch, the most likely first.

    Of those published around `at`: what is said again a season later tells something else.
    """
    asked = [*sketch, *repeat(None, SKETCHED - len(sketch))]
    found = db.execute(_HAVING, asked).fetchall()
    if not found:
        return []
    units = {unit for _, unit in found}
    rows = db.execute(
        "SELECT unit, article_id, story, copy_of FROM story_units"
        " WHERE unit IN (SELECT value FROM json_each(?)) AND at BETWEEN ? AND ?",
        (orjson.dumps([*units]).decode(), at - _AROUND, at + _AROUND),
    )
    known = {row[0]: Original(*row) for row in rows}
    found = [(each, unit) for each, unit in found if unit in known]
    texts: dict[int, set[str]] = defaultdict(set)
    for each, unit in found:
        texts[each].add(known[unit].earliest)
    shared: dict[int, float] = defaultdict(float)
    for each, unit in found:
        shared[unit] += 1 / len(texts[each])
    likely = [unit for unit, count in shared.items() if count >= _LEAST_SHARED]
    likely.sort(key=lambda unit: (-shared[unit], unit))
    return [known[unit] for unit in likely[:LOOKED_AT]]


def settle(
    db: sqlite3.Connection, article_id: str, at: int, copies: Iterable[Original]
) -> tuple[str | None, list[Original]]:
    """Which article a new one is a copy of, None for none; and those of `copies` that are too.

    It is the earliest of all. Texts of which the new one was taken but that are no copies of each
    other stay apart: those that were published before it.
    """
    by_earliest = {each.earliest: each for each in copies}
    if not by_earliest:
        return None, []
    rows = db.execute(
        "SELECT at, article_id FROM story_units WHERE section = 0"
        " AND article_id IN (SELECT value FROM json_each(?))",
        (orjson.dumps([*by_earliest]).decode(),),
    )
    own = (at, arrival(article_id, 0), article_id)
    places = sorted((there, arrival(name, 0), name) for there, name in rows)
    first = min([own, *places])
    later = [name for *place, name in places if (*place, name) > own]
    for name in later:
        others = db.execute(
            "UPDATE story_units SET copy_of = ?1 WHERE copy_of = ?2"
            " OR (article_id = ?2 AND section = 0) RETURNING article_id",
            (first[-1], name),
        ).fetchall()
        index_changes.note(db, [other for (other,) in others])
    if first is own:
        return None, [by_earliest[name] for name in later]
    return first[-1], [by_earliest[name] for name in (first[-1], *later)]


def put_sketch(db: sqlite3.Connection, unit: int, sketch: Sequence[int]) -> None:
    """Lets copies of this unit be found."""
    db.executemany(
        "INSERT OR IGNORE INTO story_sketches VALUES (?, ?)", [(each, unit) for each in sketch]
    )
