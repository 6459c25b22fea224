"""The rows of lists whose articles tell one story with others, so that lists can fold them.

Derived like `archive.story_tables`, and kept true by triggers of the index: `story_rows` has each
article that is shown and whose story has another one, under its row in lists. A list that folds
walks its rows as ever and passes over one that has a newer fellow. How many that are in the list
of everything, and of everything unread, is kept in `story_folds`.
"""

# ruff: noqa: S608 - the pieces joined to SQL are constants

from __future__ import annotations

import sqlite3

_TABLE = """
CREATE TABLE IF NOT EXISTS story_rows (
    row_id INTEGER PRIMARY KEY, story INTEGER NOT NULL, read INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS story_rows_story ON story_rows (story, row_id);
CREATE INDEX IF NOT EXISTS story_rows_unread ON story_rows (story, row_id) WHERE read = 0;
CREATE TABLE IF NOT EXISTS story_folds (folded INTEGER NOT NULL, unread INTEGER NOT NULL);
"""

FOLDS = """
SELECT (SELECT count(*) - count(DISTINCT story) FROM story_rows),
    (SELECT count(*) - count(DISTINCT story) FROM story_rows WHERE read = 0)
"""
"""What the triggers keep in `story_folds`, counted."""


# Each statement finds its rows by a key that is NULL where there is nothing to do: to go through
# the rows of a story for each of its articles would take the square of their number.
def _put(article_id: str) -> str:
    """SQL: the article comes in, with all others of its story if it is the second one shown."""
    own = f"FROM story_units s WHERE s.article_id = {article_id} AND s.section = 0"
    rows = "SELECT 1 FROM story_rows r WHERE r.story = s.story LIMIT 2"
    shown = """
        INSERT OR IGNORE INTO story_rows SELECT a.row_id, u.story, a.read
            FROM story_units u CROSS JOIN articles a USING (article_id)
            WHERE u.section = 0 AND a.hidden = 0 AND"""
    return f"""{shown} u.story = (SELECT s.story {own} AND NOT EXISTS ({rows}));
        {shown} u.article_id = {article_id};
        DELETE FROM story_rows
            WHERE story = (SELECT s.story {own} AND 2 > (SELECT count(*) FROM ({rows})));
    """


def _take_out(row_id: str) -> str:
    """SQL: the row goes, and with it the one that is left alone then."""
    rows = "SELECT 1 FROM story_rows f WHERE f.story = r.story LIMIT 3"
    return f"""
        DELETE FROM story_rows WHERE story = (SELECT r.story FROM story_rows r
            WHERE r.row_id = {row_id} AND 3 > (SELECT count(*) FROM ({rows})));
        DELETE FROM story_rows WHERE row_id = {row_id};
    """


def _has_fellow(row: str, *, unread: bool = False) -> str:
    """SQL: whether the story of a row has another one."""
    only = " AND r.read = 0" * unread
    return (
        f"EXISTS (SELECT 1 FROM story_rows r WHERE r.story = {row}.story"
        f" AND r.row_id <> {row}.row_id{only})"
    )


_ROW_OF_UNIT = "(SELECT row_id FROM articles WHERE article_id = new.article_id)"
_TRIGGERS = {
    "story_rows_grouped": f"""AFTER UPDATE OF story ON story_units
        WHEN new.section = 0 AND old.story <> new.story BEGIN
        {_take_out(_ROW_OF_UNIT)} {_put("new.article_id")} END""",
    "story_rows_added": f"""AFTER INSERT ON articles WHEN EXISTS
        (SELECT 1 FROM story_units WHERE article_id = new.article_id) BEGIN
        {_put("new.article_id")} END""",
    "story_rows_removed": f"AFTER DELETE ON articles BEGIN {_take_out('old.row_id')} END",
    "story_rows_moved": """AFTER UPDATE OF row_id ON articles WHEN old.row_id <> new.row_id BEGIN
        UPDATE story_rows SET row_id = new.row_id WHERE row_id = old.row_id; END""",
    "story_rows_marked": """AFTER UPDATE OF read ON articles WHEN old.read <> new.read BEGIN
        UPDATE story_rows SET read = new.read WHERE row_id = new.row_id; END""",
    "story_rows_put": f"""AFTER INSERT ON story_rows BEGIN
        UPDATE story_folds SET folded = folded + {_has_fellow("new")},
            unread = unread + (new.read = 0 AND {_has_fellow("new", unread=True)}); END""",
    "story_rows_taken": f"""AFTER DELETE ON story_rows BEGIN
        UPDATE story_folds SET folded = folded - {_has_fellow("old")},
            unread = unread - (old.read = 0 AND {_has_fellow("old", unread=True)}); END""",
    "story_rows_read": f"""AFTER UPDATE OF read ON story_rows WHEN old.read <> new.read BEGIN
        UPDATE story_folds SET unread = unread
            + (old.read - new.read) * {_has_fellow("new", unread=True)}; END""",
    "story_rows_hidden": f"""AFTER UPDATE OF hidden ON articles WHEN old.hidden < new.hidden BEGIN
        {_take_out("new.row_id")} END""",
    "story_rows_shown": f"""AFTER UPDATE OF hidden ON articles WHEN old.hidden > new.hidden BEGIN
        {_put("new.article_id")} END""",
}


_CREATED = {name: f"CREATE TRIGGER {name} {watched}" for name, watched in _TRIGGERS.items()}


def fit(db: sqlite3.Connection) -> bool:
    """Whether the table is there and kept true."""
    return len(_present(db)) == len(_TRIGGERS)


def is_latest(db: sqlite3.Connection) -> bool:
    """Whether it is kept so by the triggers of this program, and not by slower ones."""
    return _present(db) == _CREATED


def ensure(db: sqlite3.Connection) -> None:
    """Makes and fills the table unless it was kept true all along; inside a transaction.

    Triggers go with the tables they watch: where one is missing, the rows may be any.
    """
    present = _present(db)
    if present == _CREATED:
        return
    for name in present:
        db.execute(f"DROP TRIGGER {name}")
    if len(present) != len(_CREATED):
        _fill(db)
    for statement in _CREATED.values():
        db.execute(statement)


def _present(db: sqlite3.Connection) -> dict[str, str]:
    """The triggers that keep the table true, with their SQL."""
    found = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'story_rows_%'"
    )
    return dict(found.fetchall())


def _fill(db: sqlite3.Connection) -> None:
    for statement in _TABLE.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("DELETE FROM story_rows")
    db.execute("DELETE FROM story_folds")
    db.execute(
        "INSERT INTO story_rows SELECT row_id, story, read FROM (SELECT a.row_id, u.story, a.read,"
        " count(*) OVER (PARTITION BY u.story) AS fellows"
        " FROM story_units u JOIN articles a USING (article_id)"
        " WHERE u.section = 0 AND a.hidden = 0) WHERE fellows > 1 ORDER BY row_id"
    )
    db.execute(f"INSERT INTO story_folds {FOLDS}")
