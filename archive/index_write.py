"""Writing into the index: articles, marks, feeds, file stamps. Functions inside a transaction."""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from archive.documents import own_place, place_of
from archive.index_keys import LEAD, article_keys
from archive.index_links import Links, feed_key_of, put_tags, remove_links, storable, tag_rows
from archive.index_rows import FreeRows, instant_number, row_of
from archive.index_schema import HIGHLIGHTED, NOTED
from archive.models import Article, Feed, Mark
from archive.removed import Entries
from archive.text import fold, unlink


@dataclass(frozen=True, slots=True)
class FileStamp:
    """How a file was when the index took it in; `generation` is the one in its first line."""

    inode: int
    size: int
    mtime_ns: int
    generation: int


@dataclass(frozen=True, slots=True)
class Words:
    """What the searches see of an article, folded."""

    title: str
    text: str
    keys: str

    @property
    def hash(self) -> bytes:
        """Tells whether the searches would see anything new."""
        from hashlib import blake2b  # loads OpenSSL, which listings do without

        whole = "\0".join((self.title, self.text, self.keys))
        return blake2b(whole.encode(), digest_size=8).digest()


def put_articles(
    db: sqlite3.Connection,
    free_rows: FreeRows,
    rows: Iterable[tuple[Article, Mark]],
    hashes: Mapping[str, str],
) -> list[tuple[int, Words]]:
    """Takes articles in, and returns the words that `put_words` has to put before the commit.

    They wait so that FTS5 gathers them in memory: it writes out at each step back in row_id, and
    whenever another statement of the transaction opens a savepoint, as every trigger makes it do.
    Rows go in by their order in lists: pages that are added at the end alone are full.
    """
    once = {article.article_id: (article, mark) for article, mark in rows}
    putting = _Putting(db, free_rows, hashes, once)
    for article, mark in sorted(once.values(), key=lambda row: place_of(row[0])):
        putting.put(article, mark)
    return putting.finished()


def put_words(db: sqlite3.Connection, words: Iterable[tuple[int, Words]]) -> None:
    """Makes words searchable under their rows."""
    ordered = sorted(words, key=lambda each: each[0])
    db.executemany(
        "INSERT INTO fts (rowid, title, text, keys) VALUES (?, ?, ?, ?)",
        [(row_id, each.title, f"{LEAD} {each.text}", each.keys) for row_id, each in ordered],
    )
    db.executemany(
        "INSERT INTO titles (rowid, title) VALUES (?, ?)",
        [(row_id, each.title) for row_id, each in ordered],
    )


def put_marks(db: sqlite3.Connection, marks: Mapping[str, Mark]) -> None:
    """Sets marks by article id."""
    for article_id, mark in marks.items():
        found = db.execute(
            "UPDATE articles SET read = ?, starred = ?, noted = ?, hidden = ?, tags = ?"
            " WHERE article_id = ?"
            " RETURNING row_id",
            (*_flags(mark), _tags_json(mark), article_id),
        ).fetchone()
        if found:
            db.execute("DELETE FROM tags WHERE row_id = ?", found)
            put_tags(db, tag_rows(found[0], mark))


def remove_articles(db: sqlite3.Connection, article_ids: Iterable[str]) -> None:
    """Takes articles out; their rows stay taken until the next rebuild."""
    for article_id in article_ids:
        found = db.execute(
            "SELECT row_id FROM articles WHERE article_id = ?", (article_id,)
        ).fetchone()
        if found:
            remove_links(db, article_id, found[0])
            db.execute("DELETE FROM articles WHERE row_id = ?", found)
            db.execute("INSERT INTO dead VALUES (?)", found)


def put_removed(db: sqlite3.Connection, entries: Entries) -> None:
    """Notes entries without an article, where there is none of that id."""
    for feed_url, traces in entries.items():
        feed_key = feed_key_of(db, feed_url, "")
        db.executemany(
            "INSERT OR IGNORE INTO origins VALUES (?, ?, '', ?)",
            [(feed_key, storable(entry_id), trace) for entry_id, trace in traces.items()],
        )


def set_feeds(db: sqlite3.Connection, feeds: Sequence[Feed]) -> None:
    """Makes these the subscribed feeds; what the reader called the others is forgotten.

    One that has moved takes the number of its former address along, which is in the words of its
    articles.
    """
    for feed in feeds:
        for former in reversed(feed.former_urls):
            db.execute(
                "UPDATE OR IGNORE feeds SET feed_url = ? WHERE feed_url = ?",
                (storable(feed.feed_url), storable(former)),
            )
    db.execute("UPDATE feeds SET feed_id = '', user_title = '', folder = ''")
    db.executemany(
        "INSERT INTO feeds (feed_url, feed_id, title, user_title, folder) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (feed_url) DO UPDATE SET feed_id = excluded.feed_id,"
        " title = coalesce(nullif(excluded.title, ''), title),"
        " user_title = excluded.user_title, folder = excluded.folder",
        [
            tuple(map(storable, (f.feed_url, f.feed_id, f.title, f.user_title, f.folder)))
            for f in feeds
        ],
    )


def set_files(db: sqlite3.Connection, files: Mapping[str, FileStamp]) -> None:
    """Notes how the files were that were just taken in."""
    db.executemany(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
        [(name, s.inode, s.size, s.mtime_ns, s.generation) for name, s in files.items()],
    )


def forget_files(db: sqlite3.Connection, names: Iterable[str]) -> None:
    """Drops the notes on files that are gone."""
    db.executemany("DELETE FROM files WHERE name = ?", [(name,) for name in names])


class _Putting:
    """Puts rows of articles that come together; their links and words wait for the last one."""

    def __init__(
        self,
        db: sqlite3.Connection,
        free_rows: FreeRows,
        hashes: Mapping[str, str],
        article_ids: Iterable[str],
    ) -> None:
        self._db = db
        self._free_rows = free_rows
        self._span = free_rows.span()
        self._hashes = hashes
        self._known = _known_rows(db, article_ids)
        self._links = Links(db)
        self._words: list[tuple[int, Words]] = []

    def put(self, article: Article, mark: Mark) -> None:
        """Puts one; an article whose words are new gets a new row."""
        feed_keys = self._links.feed_keys(article)
        words = Words(
            fold(unlink(article.title)),
            fold(unlink(article.text)),
            article_keys(article, feed_keys.values()),
        )
        row_id, fold_hash = self._known.get(article.article_id, (None, b""))
        words_hash = words.hash
        if row_id is not None:
            remove_links(self._db, article.article_id, row_id)
        if row_id is None or fold_hash != words_hash:
            before, row_id = row_id, self._free_rows.take(row_of(place_of(article), self._span))
            if before is not None:
                _move_row(self._db, before, row_id)
            self._words.append((row_id, words))
        doc_hash = bytes.fromhex(self._hashes.get(article.article_id, ""))
        derived = (doc_hash, words_hash, next(iter(feed_keys.values()), None))
        _put_row(self._db, row_id, article, mark, derived)
        self._links.add(row_id, article, mark, feed_keys)

    def finished(self) -> list[tuple[int, Words]]:
        """Puts what waited but the words that are new: these, with their rows."""
        self._free_rows.note_largest_shift()
        self._links.put()
        return self._words


def _known_rows(db: sqlite3.Connection, article_ids: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    """Row and hash of the words, of those articles that are in the index."""
    rows = db.execute(
        "SELECT article_id, row_id, fold_hash FROM articles"
        " WHERE article_id IN (SELECT value FROM json_each(?))",
        (orjson.dumps(list(article_ids)).decode(),),
    )
    return {article_id: (row_id, fold_hash) for article_id, row_id, fold_hash in rows}


def _move_row(db: sqlite3.Connection, row_id: int, new_row_id: int) -> None:
    db.execute("UPDATE articles SET row_id = ? WHERE row_id = ?", (new_row_id, row_id))
    db.execute("INSERT INTO dead VALUES (?)", (row_id,))


_COLUMNS = (
    "row_id", "article_id", "doc_hash", "fold_hash", "feed_key", "title", "url", "outlet", "author",
    "published_at", "claimed_at", "archived_at", "placed_at", "changed_at", "gone_at", "language",
    "word_count", "text_from", "read", "starred", "noted", "hidden", "tags",
)  # fmt: skip
_PUT_ROW = (
    f"INSERT INTO articles ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
    " ON CONFLICT (row_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])
)


def _put_row(
    db: sqlite3.Connection, row_id: int, article: Article, mark: Mark, derived: tuple[object, ...]
) -> None:
    db.execute(
        _PUT_ROW,
        (
            row_id, article.article_id, *derived, storable(article.title), storable(article.url),
            storable(article.outlet), storable(article.author), _number(article.published_at),
            _number(article.claimed_at), instant_number(article.archived_at),
            _number(_placed_at(article)), _number(article.changed_at),
            _number(article.gone_at),
            article.language and storable(article.language), article.word_count,
            article.text_from, *_flags(mark), _tags_json(mark),
        ),
    )  # fmt: skip


def _flags(mark: Mark) -> tuple[bool, bool, int, bool]:
    noted = NOTED * bool(mark.note) | HIGHLIGHTED * bool(mark.highlights)
    return mark.read, mark.starred, noted, bool(mark.hidden_by)


def _tags_json(mark: Mark) -> str:
    """The tags that lists show: names, and of sections their number, name and heading."""
    own = [storable(tag) for tag in mark.tags]
    of_sections = [
        (each.number, storable(each.tag), storable(each.heading)) for each in mark.section_tags
    ]
    return orjson.dumps([*own, *of_sections]).decode()


def _number(instant: datetime | None) -> int | None:
    return None if instant is None else instant_number(instant)


def _placed_at(article: Article) -> datetime | None:
    """Its place in lists where that does not follow from its other instants."""
    return None if article.sort_at == own_place(article) else article.sort_at
