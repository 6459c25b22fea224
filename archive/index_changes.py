"""Which rows of the index changed: a log for whoever keeps something of what it once read there.

Changes by other processes are in it too: triggers note the row of every article that was put,
marked, moved or removed, and grouping notes what became a copy of another or ceased to be one. Only
the last changes are in it. Where all may be different (the index was built anew in its place, or
stories were forgotten) another epoch begins, and nothing kept is true any more.
"""

# ruff: noqa: S608 - the pieces joined to SQL are constants

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

MOST_CHANGES = 20_000
"""Changes that are in the log at least; thinned out by `_STEP` at a time."""
_STEP = 1_000
_EPOCH = "changes_epoch"

_TRIGGERS = {
    "row_added": """AFTER INSERT ON articles BEGIN
        INSERT INTO row_changes (row_id) VALUES (new.row_id);
    END""",
    "row_removed": """AFTER DELETE ON articles BEGIN
        INSERT INTO row_changes (row_id) VALUES (old.row_id);
    END""",
    "row_changed": """AFTER UPDATE ON articles BEGIN
        INSERT INTO row_changes (row_id) VALUES (new.row_id);
    END""",
    "row_moved": """AFTER UPDATE OF row_id ON articles WHEN new.row_id <> old.row_id BEGIN
        INSERT INTO row_changes (row_id) VALUES (old.row_id);
    END""",
    "row_changes_thinned": f"""AFTER INSERT ON row_changes WHEN new.number % {_STEP} = 0 BEGIN
        DELETE FROM row_changes WHERE number <= new.number - {MOST_CHANGES};
    END""",
}
_NAMES = ", ".join(f"'{name}'" for name in ("row_changes", *_TRIGGERS))


class Position(NamedTuple):
    """A place in a log: the last change that is before it."""

    epoch: int
    number: int


def fit(db: sqlite3.Connection) -> bool:
    """Whether every change is noted."""
    found = db.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN ({_NAMES})").fetchone()
    return bool(found[0] == len(_TRIGGERS) + 1)


def ensure(db: sqlite3.Connection) -> None:
    """Lets changes be noted from now on, if they are not; inside a transaction."""
    if fit(db):
        return
    db.execute(
        "CREATE TABLE IF NOT EXISTS row_changes (number INTEGER PRIMARY KEY, row_id INTEGER)"
    )
    for name, trigger in _TRIGGERS.items():
        db.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {trigger}")
    begin_epoch(db)


def begin_epoch(db: sqlite3.Connection) -> None:
    """Lets nothing count that somebody kept."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, random())", (_EPOCH,))


def forget(db: sqlite3.Connection) -> None:
    """Empties the log after so much was written that it has no use."""
    db.execute("DELETE FROM row_changes")
    begin_epoch(db)


def note(db: sqlite3.Connection, article_ids: Iterable[str]) -> None:
    """Notes that these articles are another one's copy now, or no longer; an unknown id is not."""
    db.executemany(
        "INSERT INTO row_changes (row_id) SELECT row_id FROM articles WHERE article_id = ?",
        [(article_id,) for article_id in article_ids],
    )


def position(db: sqlite3.Connection) -> Position | None:
    """Where the log ends; None where changes are not noted."""
    epoch = db.execute("SELECT value FROM meta WHERE name = ?", (_EPOCH,)).fetchone()
    if epoch is None:
        return None
    (number,) = db.execute("SELECT coalesce(max(number), 0) FROM row_changes").fetchone()
    return Position(epoch[0], number)


def rows_since(db: sqlite3.Connection, number: int) -> list[int] | None:
    """The rows changed after that number, each once and in order; None if it is too long ago."""
    (first,) = db.execute("SELECT min(number) FROM row_changes").fetchone()
    if first is not None and first > number + 1:
        return None
    found = db.execute(
        "SELECT DISTINCT row_id FROM row_changes WHERE number > ? ORDER BY row_id", (number,)
    )
    return [row_id for (row_id,) in found]
