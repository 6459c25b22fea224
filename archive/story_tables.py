"""The tables of the index that stories are kept in.

Derived, as all of the index, but kept when the rest is built anew, since grouping takes longer.

A unit is what is grouped: an article (`section` 0), or a section of one that tells many things. Its
`story` is the unit among its members that came to the archive first. `postings` has the heaviest
terms of every unit, by stretches of BUCKET_DAYS days, so that the search for candidates is as long
as what was published around then and not as the archive. `sketches` has the hashes by which near
copies of an article are found. `days` has how many units were published on each day since 1970.
`pending` are the articles that were not grouped yet: a trigger puts
each new one there. `copy_of` names the earliest of texts that are copies of each other, also when
that was removed: COPY_OF tells of those that are there.
"""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters

from __future__ import annotations

import sqlite3

from archive import story_rows
from archive.text import FOLD_VERSION

STORY_VERSION = 3
"""Raised with any change of these tables or of what terms weigh; other ones are filled anew."""

BUCKET_DAYS = 16

_NAMES = ("units", "vectors", "postings", "sketches", "terms", "days", "related", "pending", "meta")

_COPIES = """
CREATE INDEX IF NOT EXISTS story_units_copies ON story_units (copy_of, at)
    WHERE copy_of IS NOT NULL
"""
_TABLES = """
CREATE TABLE story_meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE story_units (
    unit INTEGER PRIMARY KEY, article_id TEXT NOT NULL, section INTEGER NOT NULL,
    at INTEGER NOT NULL, story INTEGER NOT NULL, copy_of TEXT
);
CREATE UNIQUE INDEX story_units_article ON story_units (article_id, section);
CREATE INDEX story_units_story ON story_units (story, at, unit);
CREATE TABLE story_vectors (unit INTEGER PRIMARY KEY, names TEXT NOT NULL, weights BLOB NOT NULL);
CREATE TABLE story_postings (
    bucket INTEGER NOT NULL, term INTEGER NOT NULL, unit INTEGER NOT NULL, weight INTEGER NOT NULL,
    PRIMARY KEY (bucket, term, unit)
) WITHOUT ROWID;
CREATE TABLE story_sketches (
    hash INTEGER NOT NULL, unit INTEGER NOT NULL, PRIMARY KEY (hash, unit)
) WITHOUT ROWID;
CREATE TABLE story_terms (term INTEGER PRIMARY KEY, unit_count INTEGER NOT NULL);
CREATE TABLE story_days (day INTEGER PRIMARY KEY, unit_count INTEGER NOT NULL);
CREATE TABLE story_related (
    unit INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (unit, other)
) WITHOUT ROWID;
CREATE INDEX story_related_other ON story_related (other);
CREATE TABLE story_pending (article_id TEXT PRIMARY KEY) WITHOUT ROWID;
"""


def _note_copies(article_id: str) -> str:
    """SQL: the copies of an article may be copies of another one now, or of none."""
    return f"""
        INSERT INTO row_changes (row_id) SELECT row_id
            FROM story_units CROSS JOIN articles USING (article_id)
            WHERE copy_of = (SELECT coalesce(copy_of, article_id) FROM story_units
                WHERE article_id = {article_id} AND section = 0);
    """


_TRIGGERS = {
    # An index built anew names again what is grouped already.
    "story_article_added": f"""AFTER INSERT ON articles BEGIN
        INSERT OR IGNORE INTO story_pending SELECT new.article_id WHERE NOT EXISTS
            (SELECT 1 FROM story_units WHERE article_id = new.article_id);
        {_note_copies("new.article_id")} END""",
    # What it said goes with the article; that it was there is what others may be called by.
    "story_article_removed": f"""AFTER DELETE ON articles BEGIN
        DELETE FROM story_pending WHERE article_id = old.article_id;
        DELETE FROM story_vectors WHERE unit IN
            (SELECT unit FROM story_units WHERE article_id = old.article_id);
        {_note_copies("old.article_id")} END""",
}
_CREATED = {name: f"CREATE TRIGGER {name} {watched}" for name, watched in _TRIGGERS.items()}

STORY_OF = (
    "(SELECT 's' || first.article_id FROM story_units JOIN story_units first"
    " ON first.unit = story_units.story"
    " WHERE story_units.article_id = a.article_id AND story_units.section = 0)"
)
"""SQL: the id of the story of article `a`."""
COPY_OF = (
    "(SELECT coalesce("
    "(SELECT article_id FROM articles WHERE article_id = own.copy_of),"
    " (SELECT nullif(kin.article_id, own.article_id)"
    " FROM story_units kin CROSS JOIN articles USING (article_id)"
    " WHERE kin.copy_of = own.copy_of ORDER BY kin.at, kin.unit LIMIT 1))"
    " FROM story_units own WHERE own.article_id = a.article_id AND own.section = 0"
    " AND own.copy_of IS NOT NULL)"
)
"""SQL: the id of the article that article `a` is a near copy of: the earliest that is there."""


def fit(db: sqlite3.Connection) -> bool:
    """Whether the tables are there, as this program needs them, and new articles get pending."""
    found = db.execute(
        "SELECT count(*) FROM sqlite_master WHERE name IN ('story_meta', 'story_units_copies')"
        f" OR sql IN ({', '.join('?' * len(_CREATED))})",
        tuple(_CREATED.values()),
    ).fetchone()[0]
    return found == 2 + len(_CREATED) and _is_ours(db) and story_rows.fit(db)


def is_latest(db: sqlite3.Connection) -> bool:
    """Whether they are also kept so by the triggers of this program."""
    return fit(db) and story_rows.is_latest(db)


def _is_ours(db: sqlite3.Connection) -> bool:
    meta = dict(db.execute("SELECT name, value FROM story_meta").fetchall())
    return (meta.get("version"), meta.get("fold_version")) == (STORY_VERSION, FOLD_VERSION)


def ensure(db: sqlite3.Connection) -> None:
    """Makes the tables if they are missing or of another version; inside a transaction.

    All articles are pending then.
    """
    is_kept = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'story_meta'").fetchone()
    for name, statement in _CREATED.items():
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
        db.execute(statement)
    if is_kept and _is_ours(db):
        db.execute(_COPIES)
        db.execute(
            "DELETE FROM story_pending WHERE article_id IN (SELECT article_id FROM story_units)"
            " OR article_id NOT IN (SELECT article_id FROM articles)"
        )
        story_rows.ensure(db)
    else:
        clear(db)


def clear(db: sqlite3.Connection) -> None:
    """Forgets all stories; every article is pending then. Inside a transaction."""
    for name in _NAMES:
        db.execute(f"DROP TABLE IF EXISTS story_{name}")
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute(_COPIES)
    db.executemany(
        "INSERT INTO story_meta VALUES (?, ?)",
        [("version", STORY_VERSION), ("fold_version", FOLD_VERSION), ("unit_count", 0)],
    )
    db.execute("INSERT INTO story_pending SELECT article_id FROM articles")
    story_rows.ensure(db)
