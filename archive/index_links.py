"""What leads to an article in the index: its feeds, tags, entries and addresses.

They are gathered and put at once, in the order of their keys: a statement an article costs more, as
do pages of the file that are met again and again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from operator import itemgetter

from archive.models import Article, Mark
from archive.section_tags import all_tags
from archive.text import tag_key
from archive.urls import url_hash, url_key

TagRow = tuple[str, int, bool, str]


class Links:
    """The links of articles that are being put in one transaction; `put` writes them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._feed_keys: dict[str, int] = {}
        self._members: list[tuple[int, int, bool]] = []
        self._tags: list[TagRow] = []
        self._origins: list[tuple[int, str, str, str]] = []
        self._urls: list[tuple[int, str, bool]] = []

    def feed_keys(self, article: Article) -> dict[str, int]:
        """The numbers of an article's feeds by address, given at first sight."""
        found = {}
        for origin in article.origins:
            url = origin.feed_url
            if url and url not in self._feed_keys:
                title = article.feed_title if url == article.feed_url else ""
                self._feed_keys[url] = feed_key_of(self._db, url, title)
            if url:
                found[url] = self._feed_keys[url]
        return found

    def add(self, row_id: int, article: Article, mark: Mark, feed_keys: Mapping[str, int]) -> None:
        """Notes the links of an article, of which none are in the index."""
        article_id, is_read = article.article_id, counts_as_read(mark)
        self._members += [(key, row_id, is_read) for key in set(feed_keys.values())]
        self._tags += tag_rows(row_id, mark)
        urls = {article.url, article.canonical_url}
        for each in article.origins:
            urls.add(each.link)
            if each.feed_url:
                feed_key = feed_keys[each.feed_url]
                entry = feed_key, storable(each.entry_id), article_id, each.entry_hash
                self._origins.append(entry)
        keys = {url_key(storable(url)) for url in urls if url}
        own = url_key(storable(article.url)) if article.url else ""
        self._urls += [(url_hash(key), article_id, key != own) for key in keys]

    def put(self) -> None:
        """Writes what was noted. Of two articles with one entry the later one has it."""
        self._members.sort()
        self._db.executemany("INSERT INTO membership VALUES (?, ?, ?)", self._members)
        put_tags(self._db, self._tags)
        self._origins.sort(key=itemgetter(0, 1))
        self._db.executemany("INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?)", self._origins)
        self._urls.sort()
        self._db.executemany("INSERT INTO urls VALUES (?, ?, ?)", self._urls)


def counts_as_read(mark: Mark) -> bool:
    """Whether an article is left out of the counts of unread ones."""
    return mark.read or bool(mark.hidden_by)


def tag_rows(row_id: int, mark: Mark) -> list[TagRow]:
    """The rows of an article's tags; spellings that differ in case are one."""
    spellings = {tag_key(tag): tag for tag in map(storable, all_tags(mark))}
    return [(key, row_id, counts_as_read(mark), tag) for key, tag in spellings.items()]


def put_tags(db: sqlite3.Connection, rows: Iterable[TagRow]) -> None:
    """Puts tags of articles that have none."""
    db.executemany("INSERT INTO tags VALUES (?, ?, ?, ?)", rows)


def remove_links(db: sqlite3.Connection, article_id: str, row_id: int) -> None:
    """Removes all that leads to an article, which is itself still there."""
    db.execute("DELETE FROM membership WHERE row_id = ?", (row_id,))
    db.execute("DELETE FROM tags WHERE row_id = ?", (row_id,))
    db.execute("DELETE FROM origins WHERE article_id = ?", (article_id,))
    (url,) = db.execute("SELECT url FROM articles WHERE row_id = ?", (row_id,)).fetchone()
    own = url_hash(url_key(url))
    db.execute("DELETE FROM urls WHERE url_hash = ? AND article_id = ?", (own, article_id))
    db.execute("DELETE FROM urls WHERE article_id = ? AND further = 1", (article_id,))


def feed_key_of(db: sqlite3.Connection, feed_url: str, title: str) -> int:
    """The number of a feed inside this index, given at first sight."""
    feed_url = storable(feed_url)
    found = db.execute("SELECT feed_key FROM feeds WHERE feed_url = ?", (feed_url,)).fetchone()
    if not found:
        found = db.execute(
            "INSERT INTO feeds (feed_url, title) VALUES (?, ?) RETURNING feed_key",
            (feed_url, storable(title)),
        ).fetchone()
    return int(found[0])


def storable(text: str) -> str:
    """The text without lone surrogates, which UTF-8 and so SQLite cannot hold."""
    return text if text.isascii() else text.encode("utf-8", "ignore").decode()
