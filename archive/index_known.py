"""What the index knows of the files it was made of, and of the entries and addresses in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from archive.index_write import FileStamp, storable


def known_ids(db: sqlite3.Connection, article_ids: Iterable[str]) -> set[str]:
    """Which of these there are."""
    asked = "SELECT 1 FROM articles WHERE article_id = ?"
    return {each for each in article_ids if db.execute(asked, (each,)).fetchone()}


def files(db: sqlite3.Connection) -> dict[str, FileStamp]:
    """Every file known, as it was when taken in."""
    rows = db.execute("SELECT name, inode, size, mtime_ns, generation FROM files")
    return {name: FileStamp(*stamp) for name, *stamp in rows}


def file_keys(db: sqlite3.Connection) -> dict[str, tuple[int, int, int]]:
    """The same without generations, for a quick look at many."""
    rows = db.execute("SELECT name, inode, size, mtime_ns FROM files")
    return {name: (inode, size, mtime_ns) for name, inode, size, mtime_ns in rows}


def find_origin(db: sqlite3.Connection, feed_url: str, entry_id: str) -> str | None:
    """Which article a feed's entry became; None for one that is not known."""
    found = db.execute(
        "SELECT article_id FROM origins JOIN feeds USING (feed_key)"
        " WHERE feed_url = ? AND entry_id = ?",
        (storable(feed_url), storable(entry_id)),
    ).fetchone()
    return str(found[0]) if found else None


def known_entries(db: sqlite3.Connection, feed_url: str) -> dict[str, tuple[str, str]]:
    """The article and the hash of what was stated last, of every entry of a feed."""
    rows = db.execute(
        "SELECT entry_id, article_id, entry_hash FROM origins JOIN feeds USING (feed_key)"
        " WHERE feed_url = ?",
        (storable(feed_url),),
    )
    return {entry_id: (article_id, entry_hash) for entry_id, article_id, entry_hash in rows}


def find_urls(db: sqlite3.Connection, key: str) -> list[str]:
    """The articles with that address, the first archived first."""
    found = db.execute(
        "SELECT article_id FROM urls JOIN articles USING (article_id) WHERE url_key = ?"
        " ORDER BY archived_at, row_id",
        (storable(key),),
    )
    return [article_id for (article_id,) in found]


def article_hashes(db: sqlite3.Connection, volume: str) -> dict[int, str]:
    """The document hash by doc_id of the articles of a volume."""
    rows = db.execute(
        "SELECT doc_id, lower(hex(doc_hash)) FROM articles WHERE volume = ?", (volume,)
    )
    return dict(rows.fetchall())


def volumes(db: sqlite3.Connection) -> list[str]:
    """The volumes that articles are known of."""
    return [volume for (volume,) in db.execute("SELECT DISTINCT volume FROM articles")]
