"""Texts that gather others: a page of news that reprints several reports, each of another event.

Such a text tells of no event by itself. It is the copy of the earliest of those that it has, and
nothing else: no text is a copy of it, and it brings no stories together, whether it came before
those texts or after them. On the tables of `archive.story_tables`, inside a transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import orjson

from archive import index_changes
from archive.story_copies import Original
from archive.story_vectors import cosine, unpacked

_UNLIKE = 0.12
"""Two texts that are less near tell of two events: two parts of one report share its names."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A unit that has most of a new text's words, or of whose words the new text has most.

    `is_longer`: than the new text.
    """

    original: Original
    is_longer: bool


def gathered(db: sqlite3.Connection, copies: Iterable[Copy]) -> Original | None:
    """The earliest of the texts that a new text with these copies gathers; None if it does not."""
    found = {each.original.unit: each.original for each in copies if not each.is_longer}
    rows = _weights(db, list(found)) if len(found) > 1 else []
    for (_, one), (_, other) in combinations(rows, 2):
        if cosine(unpacked(one), other) < _UNLIKE:
            return found[rows[0][0]]
    return None


def gathering(
    db: sqlite3.Connection, copies: Sequence[Copy], weights: Mapping[int, float]
) -> list[Original]:
    """The copies of a text of these weights that gather it with others: they have one unlike it."""
    return [
        each.original
        for each in copies
        if each.is_longer
        and any(cosine(weights, other) < _UNLIKE for other in _copies_of(db, each.original))
    ]


def set_apart(db: sqlite3.Connection, one: Original, sketch: Iterable[int]) -> None:
    """Makes a text that gathers others a copy of the earliest of them, and lets none find it.

    `sketch` is its own.
    """
    db.execute("DELETE FROM story_vectors WHERE unit = ?", (one.unit,))
    db.executemany(
        "DELETE FROM story_sketches WHERE hash = ? AND unit = ?",
        [(each, one.unit) for each in sketch],
    )
    earliest = db.execute(
        "SELECT article_id FROM story_units WHERE section = 0 AND copy_of = ? AND unit != ?"
        " ORDER BY at, unit LIMIT 1",
        (one.earliest, one.unit),
    ).fetchone()
    if earliest and one.copy_of is None:
        rows = db.execute(
            "UPDATE story_units SET copy_of = nullif(?1, article_id)"
            " WHERE section = 0 AND (copy_of = ?2 OR article_id = ?2) RETURNING article_id",
            (earliest[0], one.article_id),
        ).fetchall()
        index_changes.note(db, [article_id for (article_id,) in rows])


def _copies_of(db: sqlite3.Connection, one: Original) -> list[bytes]:
    """The packed weights of the other texts that are copies with one."""
    rows = db.execute(
        "SELECT weights FROM story_units JOIN story_vectors USING (unit)"
        " WHERE section = 0 AND (copy_of = ?1 OR article_id = ?1) AND unit != ?2",
        (one.earliest, one.unit),
    )
    return [weights for (weights,) in rows]


def _weights(db: sqlite3.Connection, units: Sequence[int]) -> list[tuple[int, bytes]]:
    """The packed weights of units, in order of publication."""
    rows = db.execute(
        "SELECT unit, weights FROM story_units JOIN story_vectors USING (unit)"
        " WHERE unit IN (SELECT value FROM json_each(?)) ORDER BY at, unit",
        (orjson.dumps(units).decode(),),
    )
    return rows.fetchall()
