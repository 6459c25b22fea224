"""What the index knows of the files it was made of, and of the entries and addresses in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from archive.feed_models import Headline
from archive.index_links import storable
from archive.index_rows import instant_of
from archive.index_write import FileStamp
from archive.names import ids_of, parse_article_id
from archive.urls import url_hash, url_key

if TYPE_CHECKING:
    from archive.storage import StatKey

_FILE_KEYS = "SELECT name, inode, size, mtime_ns FROM files"


def known_ids(db: sqlite3.Connection, article_ids: Iterable[str]) -> set[str]:
    """Which of these there are."""
    asked = "SELECT 1 FROM articles WHERE article_id = ?"
    return {each for each in article_ids if db.execute(asked, (each,)).fetchone()}


def files(db: sqlite3.Connection) -> dict[str, FileStamp]:
    """Every file known, as it was when taken in."""
    rows = db.execute("SELECT name, inode, size, mtime_ns, generation FROM files")
    return {name: FileStamp(*stamp) for name, *stamp in rows}


def file_keys(db: sqlite3.Connection, names: Iterable[str] | None = None) -> dict[str, StatKey]:
    """The same without generations, of all files or of these."""
    if names is None:
        return _keys(db.execute(_FILE_KEYS))
    rows = (db.execute(f"{_FILE_KEYS} WHERE name = ?", (name,)).fetchone() for name in names)
    return _keys(row for row in rows if row)


def newest_file_keys(db: sqlite3.Connection, folder: str, count: int | None) -> dict[str, StatKey]:
    """The same of the files in a folder, those that come last by name, at most `count`."""
    asked = f"{_FILE_KEYS} WHERE name > ? AND name < ? ORDER BY name DESC LIMIT ?"
    limit = -1 if count is None else count
    return _keys(db.execute(asked, (folder, _behind(folder), limit)))


def year_folders(db: sqlite3.Connection) -> dict[str, StatKey | None]:
    """The folders of volumes as they were when noted; None for one that was not."""
    found: dict[str, StatKey | None] = {}
    asked = f"{_FILE_KEYS} WHERE name > ? AND name < ? ORDER BY name LIMIT 1"
    start, end = "volumes/", _behind("volumes/")
    while row := db.execute(asked, (start, end)).fetchone():
        name, *key = row
        folder = name[: name.rindex("/") + 1]
        found[folder] = tuple(key) if name == folder else None
        start = _behind(folder)
    return found


def _keys(rows: Iterable[tuple[str, int, int, int]]) -> dict[str, StatKey]:
    return {name: (inode, size, mtime_ns) for name, inode, size, mtime_ns in rows}


def _behind(folder: str) -> str:
    """The first name that sorts behind all in a folder: "0" comes next to the slash."""
    return folder[:-1] + "0"


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
        "SELECT article_id, url, further FROM urls JOIN articles USING (article_id)"
        " WHERE url_hash = ? ORDER BY archived_at, row_id",
        (url_hash(storable(key)),),
    )
    return [
        article_id for article_id, url, further in found if further or url_key(url) == storable(key)
    ]


def headlines(db: sqlite3.Connection, feed_url: str, limit: int) -> list[Headline]:
    """Those of a feed's newest articles, the newest first."""
    rows = db.execute(
        "SELECT article_id, title, published_at FROM membership JOIN articles USING (row_id)"
        " WHERE membership.feed_key = (SELECT feed_key FROM feeds WHERE feed_url = ?)"
        " ORDER BY row_id DESC LIMIT ?",
        (storable(feed_url), limit),
    )
    return [
        Headline(article_id, title, None if published is None else instant_of(published))
        for article_id, title, published in rows
    ]


def article_hashes(db: sqlite3.Connection, volume: str) -> dict[int, str]:
    """The document hash by doc_id of the articles of a volume."""
    rows = db.execute(
        "SELECT article_id, lower(hex(doc_hash)) FROM articles"
        " WHERE article_id >= ? AND article_id < ?",
        ids_of(volume),
    )
    named = ((parse_article_id(article_id), doc_hash) for article_id, doc_hash in rows)
    return {name[1]: doc_hash for name, doc_hash in named if name}


def volumes(db: sqlite3.Connection) -> list[str]:
    """The volumes that articles are known of."""
    found = []
    after = ""
    next_id = "SELECT article_id FROM articles WHERE article_id >= ? ORDER BY article_id LIMIT 1"
    while row := db.execute(next_id, (after,)).fetchone():
        name = parse_article_id(row[0])
        if name:
            found.append(name[0])
        after = ids_of(name[0])[1] if name else f"{row[0]}\0"
    return found
