"""What the index knows of the files it was made of, and of the entries and addresses in them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import orjson

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


def find_origins(
    db: sqlite3.Connection, entries: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """Which articles entries (feed URL, entry id) became; those that are not known are left out."""
    feed_keys: dict[str, int | None] = {}
    found = {}
    for feed_url, entry_id in entries:
        if feed_url not in feed_keys:
            feed_keys[feed_url] = _feed_key(db, feed_url)
        key = feed_keys[feed_url]
        row = None
        if key is not None:  # of a new feed nothing is known
            row = db.execute(
                "SELECT article_id FROM origins WHERE feed_key = ? AND entry_id = ?",
                (key, storable(entry_id)),
            ).fetchone()
        if row:
            found[feed_url, entry_id] = str(row[0])
    return found


def _feed_key(db: sqlite3.Connection, feed_url: str) -> int | None:
    asked = "SELECT feed_key FROM feeds WHERE feed_url = ?"
    found = db.execute(asked, (storable(feed_url),)).fetchone()
    return int(found[0]) if found else None


def known_entries(db: sqlite3.Connection, feed_url: str) -> dict[str, tuple[str, str]]:
    """The article and the hash of what was stated last, of every entry of a feed."""
    rows = db.execute(
        "SELECT entry_id, article_id, entry_hash FROM origins JOIN feeds USING (feed_key)"
        " WHERE feed_url = ?",
        (storable(feed_url),),
    )
    return {entry_id: (article_id, entry_hash) for entry_id, article_id, entry_hash in rows}


def find_urls(db: sqlite3.Connection, keys: Iterable[str]) -> dict[str, list[str]]:
    """The articles with each address that has any, the first archived first."""
    by_hash: dict[int, list[str]] = defaultdict(list)
    for key in keys:
        by_hash[url_hash(storable(key))].append(key)
    rows = db.execute(
        "SELECT url_hash, article_id, url, further"
        " FROM json_each(?) CROSS JOIN urls ON url_hash = value JOIN articles USING (article_id)"
        " ORDER BY archived_at, row_id",
        (orjson.dumps([*by_hash]).decode(),),
    )
    found: dict[str, list[str]] = defaultdict(list)
    for number, article_id, url, further in rows:
        for key in by_hash[number]:
            if further or url_key(url) == storable(key):
                found[key].append(article_id)
    return dict(found)


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
