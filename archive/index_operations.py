"""The operations that can be undone, so that the newest is found without reading marks files.

Like all of the index a copy: the marks files and the journal hold the records themselves.
"""

from __future__ import annotations

import sqlite3
from dataclasses import astuple, dataclass

from archive.index_write import storable


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: when (`at`, nanoseconds since 1970), what, and the file with its record."""

    op_id: str
    at: int
    label: str
    file: str
    article_count: int


def put_operation(db: sqlite3.Connection, operation: Operation) -> None:
    """Notes an operation, in place of one of the same op_id."""
    op_id, at, label, file, article_count = astuple(operation)
    db.execute(
        "INSERT OR REPLACE INTO operations (op_id, at, label, file, article_count)"
        " VALUES (?, ?, ?, ?, ?)",
        (op_id, at, storable(label), file, article_count),
    )


def newest_operation(db: sqlite3.Connection) -> Operation | None:
    """The latest one."""
    found = db.execute(
        "SELECT op_id, at, label, file, article_count FROM operations"
        " ORDER BY at DESC, op_id DESC LIMIT 1"
    ).fetchone()
    return Operation(*found) if found else None


def pop_operation(db: sqlite3.Connection, op_id: str) -> None:
    """Forgets one."""
    db.execute("DELETE FROM operations WHERE op_id = ?", (op_id,))


def forget_operations(db: sqlite3.Connection, file: str) -> None:
    """Forgets all whose record lies in that file, before they are noted anew."""
    db.execute("DELETE FROM operations WHERE file = ?", (file,))
