"""The tables of the index, and whether a file has them as this program needs them.

`articles.row_id` is `sort_at` in steps (index_rows.py), or the next free one: newest first, date
ranges and keyset pages are walks along it. Rows of the two FTS tables are never deleted or updated
(SQLite's contentless 'delete' with other than the old values breaks bm25 and tells nobody): a new
text gets a new row_id, the old one stays taken in `dead`, and every search joins `articles`.

An `article_id` names volume and document, so the ids of a volume lie next to each other. Instants
are microseconds since 1970 in UTC. Counts are kept by triggers. Hidden articles count nowhere but
in `hidden_count` and as articles of their feeds; in `membership` and `tags` they are `read`.
`articles.noted` has the bits NOTED and HIGHLIGHTED. `title_words` is a view of the terms in
`titles` and takes no room. `articles.placed_at` has the few `sort_at` that do not follow from the
other instants. `urls` has addresses by their hash; `further` ones are others than the
article's own.
"""

# ruff: noqa: S608 - the pieces joined to SQL are constants

from __future__ import annotations

import sqlite3

from archive import index_changes, story_tables
from archive.index_rows import next_span
from archive.text import FOLD_VERSION

SCHEMA = 8
"""Raised with any change below; an index of another number is built anew."""

NOTED, HIGHLIGHTED = 1, 2
"""What `articles.noted` says: that the reader wrote a note, marked passages, or both."""

MOST_DEAD = 0.1
"""Share of dead rows from which on a rebuild pays."""
FEWEST_DEAD = 500
"""Dead rows below which it never does."""

DAILY_HASH_BYTES = 4 << 20
"""The words of a few hundred articles: those of one write then go into one segment."""
BULK_HASH_BYTES = 32 << 20
_SEGMENTS_MERGED = 8
"""Segments of a size that become a larger one; with FTS5's own 4 each word is written again half as
often again while articles come in."""

# Marks are letters here, else Hindi breaks apart; what is a token was settled by folding.
TOKENIZE = "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co M*'\""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    name TEXT PRIMARY KEY, inode INTEGER NOT NULL, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, generation INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE feeds (
    feed_key INTEGER PRIMARY KEY, feed_url TEXT NOT NULL UNIQUE, feed_id TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '', user_title TEXT NOT NULL DEFAULT '',
    folder TEXT NOT NULL DEFAULT '',
    article_count INTEGER NOT NULL DEFAULT 0, unread_count INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE articles (
    row_id INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE,
    doc_hash BLOB NOT NULL, fold_hash BLOB NOT NULL,
    feed_key INTEGER, title TEXT NOT NULL, url TEXT NOT NULL, outlet TEXT NOT NULL,
    author TEXT NOT NULL, published_at INTEGER, claimed_at INTEGER,
    archived_at INTEGER NOT NULL, placed_at INTEGER, changed_at INTEGER, gone_at INTEGER,
    language TEXT, word_count INTEGER NOT NULL, text_from TEXT NOT NULL,
    read INTEGER NOT NULL, starred INTEGER NOT NULL, noted INTEGER NOT NULL,
    hidden INTEGER NOT NULL, tags TEXT NOT NULL,
    sort_at INTEGER AS (
        coalesce(placed_at, min(coalesce(published_at, archived_at), archived_at)))
);
CREATE INDEX articles_unread ON articles (read) WHERE read = 0;
CREATE INDEX articles_starred ON articles (starred) WHERE starred = 1;
CREATE TABLE dead (row_id INTEGER PRIMARY KEY);
CREATE TABLE membership (
    feed_key INTEGER NOT NULL, row_id INTEGER NOT NULL, read INTEGER NOT NULL,
    PRIMARY KEY (feed_key, row_id)
) WITHOUT ROWID;
CREATE INDEX membership_row ON membership (row_id);
CREATE TABLE tags (
    tag_key TEXT NOT NULL, row_id INTEGER NOT NULL, read INTEGER NOT NULL, tag TEXT NOT NULL,
    PRIMARY KEY (tag_key, row_id)
) WITHOUT ROWID;
CREATE INDEX tags_row ON tags (row_id);
CREATE TABLE origins (
    feed_key INTEGER NOT NULL, entry_id TEXT NOT NULL, article_id TEXT NOT NULL,
    entry_hash TEXT NOT NULL,
    PRIMARY KEY (feed_key, entry_id)
) WITHOUT ROWID;
CREATE INDEX origins_article ON origins (article_id);
CREATE TABLE urls (
    url_hash INTEGER NOT NULL, article_id TEXT NOT NULL, further INTEGER NOT NULL,
    PRIMARY KEY (url_hash, article_id)
) WITHOUT ROWID;
CREATE INDEX urls_further ON urls (article_id) WHERE further = 1;
CREATE TABLE totals (
    article_count INTEGER NOT NULL, unread_count INTEGER NOT NULL, starred_count INTEGER NOT NULL,
    hidden_count INTEGER NOT NULL
);
INSERT INTO totals VALUES (0, 0, 0, 0);
"""

TOTALS = """
SELECT total(NOT hidden), total(NOT read AND NOT hidden), total(starred AND NOT hidden),
    total(hidden) FROM articles
"""
"""What the triggers keep in `totals`, counted."""

_TRIGGERS = """
CREATE TRIGGER article_added AFTER INSERT ON articles BEGIN
    UPDATE totals SET article_count = article_count + (NOT new.hidden),
        unread_count = unread_count + (NOT new.read AND NOT new.hidden),
        starred_count = starred_count + (new.starred AND NOT new.hidden),
        hidden_count = hidden_count + new.hidden;
END;
CREATE TRIGGER article_removed AFTER DELETE ON articles BEGIN
    UPDATE totals SET article_count = article_count - (NOT old.hidden),
        unread_count = unread_count - (NOT old.read AND NOT old.hidden),
        starred_count = starred_count - (old.starred AND NOT old.hidden),
        hidden_count = hidden_count - old.hidden;
END;
CREATE TRIGGER article_marked AFTER UPDATE OF read, starred, hidden ON articles
WHEN old.read <> new.read OR old.starred <> new.starred OR old.hidden <> new.hidden BEGIN
    UPDATE totals SET article_count = article_count + old.hidden - new.hidden,
        unread_count = unread_count - (NOT old.read AND NOT old.hidden)
            + (NOT new.read AND NOT new.hidden),
        starred_count = starred_count - (old.starred AND NOT old.hidden)
            + (new.starred AND NOT new.hidden),
        hidden_count = hidden_count - old.hidden + new.hidden;
    UPDATE membership SET read = (new.read OR new.hidden)
        WHERE row_id = new.row_id AND read <> (new.read OR new.hidden);
    UPDATE tags SET read = (new.read OR new.hidden)
        WHERE row_id = new.row_id AND read <> (new.read OR new.hidden);
END;
CREATE TRIGGER member_added AFTER INSERT ON membership BEGIN
    UPDATE feeds SET article_count = article_count + 1,
        unread_count = unread_count + (NOT new.read) WHERE feed_key = new.feed_key;
END;
CREATE TRIGGER member_removed AFTER DELETE ON membership BEGIN
    UPDATE feeds SET article_count = article_count - 1,
        unread_count = unread_count - (NOT old.read) WHERE feed_key = old.feed_key;
END;
CREATE TRIGGER member_marked AFTER UPDATE OF read ON membership BEGIN
    UPDATE feeds SET unread_count = unread_count - new.read + old.read
        WHERE feed_key = new.feed_key;
END;
"""

# The text comes first: FTS5 writes the column before the places of a word in all but the first.
_FTS = f"""
CREATE VIRTUAL TABLE fts USING fts5(text, title, keys, content='', {TOKENIZE});
CREATE VIRTUAL TABLE titles USING fts5(
    title, content='', columnsize=0, prefix='1 2', {TOKENIZE});
CREATE VIRTUAL TABLE title_words USING fts5vocab(titles, row);
"""


def create(db: sqlite3.Connection) -> None:
    """Makes the tables anew, dropping what is there but stories; call it inside a transaction.

    Rows stand for less time than before if they were too few.
    """
    # SQLite is mostly built to overwrite what it frees, and holds each such page in memory until
    # the statement ends: 3 GB of a million articles. What the new tables leave empty is cut off.
    (overwrites,) = db.execute("PRAGMA secure_delete").fetchone()
    db.execute("PRAGMA secure_delete = fast")
    span = next_span(db)
    for kind, name in db.execute(
        "SELECT type, name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'story_%'"
        " ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall():
        db.execute(f'DROP {kind} IF EXISTS "{name}"')  # a virtual table takes its shadows along
    db.execute(f"PRAGMA secure_delete = {overwrites}")
    for statement in _statements(_TABLES + _TRIGGERS + _FTS):
        db.execute(statement)
    story_tables.ensure(db)
    set_gathering(db, DAILY_HASH_BYTES)
    db.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [
            ("schema", SCHEMA), ("fold_version", FOLD_VERSION),
            ("row_span", span), ("largest_shift", 0),
        ],
    )  # fmt: skip
    index_changes.ensure(db)


def fits(db: sqlite3.Connection) -> bool:
    """Whether the file has these tables and was folded as this program folds."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return False
    meta = dict(db.execute("SELECT name, value FROM meta").fetchall())
    return (meta.get("schema"), meta.get("fold_version")) == (SCHEMA, FOLD_VERSION)


def is_empty(db: sqlite3.Connection) -> bool:
    """Whether nothing was ever taken in."""
    found = db.execute("SELECT EXISTS (SELECT 1 FROM files) OR EXISTS (SELECT 1 FROM articles)")
    return not found.fetchone()[0]


def set_gathering(db: sqlite3.Connection, hash_bytes: int) -> None:
    """How much FTS5 gathers in memory before it writes a segment; kept in the file.

    And how many segments it lets stand before it makes one of them.
    """
    for table in ("fts", "titles"):
        asked = f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)"
        db.executemany(asked, [("hashsize", hash_bytes), ("automerge", _SEGMENTS_MERGED)])


def optimize(db: sqlite3.Connection) -> None:
    """Merges the segments of both FTS tables into one each."""
    db.execute("INSERT INTO fts (fts) VALUES ('optimize')")
    db.execute("INSERT INTO titles (titles) VALUES ('optimize')")


def recount(db: sqlite3.Connection) -> None:
    """Counts anew what the triggers keep."""
    db.execute(
        f"UPDATE totals SET (article_count, unread_count, starred_count, hidden_count) = ({TOTALS})"
    )
    db.execute(
        "UPDATE feeds SET (article_count, unread_count) = (SELECT count(*), count(*) - total(read)"
        " FROM membership WHERE membership.feed_key = feeds.feed_key)"
    )


def _statements(script: str) -> list[str]:
    """The statements of a script, since executescript would end the transaction."""
    statements: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
