"""What feeds are called, so that `feed:` and `outlet:` find them by any of their names."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Self

from archive.query_tree import Phrase
from archive.text import fold_characters, fold_tokens
from archive.urls import url_key


@dataclass(frozen=True, slots=True)
class FeedName:
    """One feed: its number in the index, and all that it may be called."""

    feed_key: int
    feed_url: str
    feed_id: str
    title: str
    user_title: str
    folder: str


class FeedNames:
    """What feeds are called, read at the first question."""

    def __init__(self, read: Callable[[], Iterable[FeedName]]) -> None:
        self._read = read
        self._named: dict[str, tuple[int, ...]] = {}

    @classmethod
    def in_index(cls, db: sqlite3.Connection) -> Self:
        """Those of an index, also the feeds that are unsubscribed."""
        return cls(partial(_stored, db))

    @cached_property
    def _feeds(self) -> tuple[FeedName, ...]:
        return tuple(self._read())

    def named(self, name: str) -> tuple[int, ...]:
        """The numbers of the feeds that a name means: an id, else a URL, else part of a name.

        Names are the feed's title, the reader's title for it, and its folder.
        """
        if name not in self._named:
            self._named[name] = self._with_name(name)
        return self._named[name]

    def _with_name(self, name: str) -> tuple[int, ...]:
        wanted = name.casefold()
        by_id = tuple(f.feed_key for f in self._feeds if f.feed_id.casefold() == wanted)
        if by_id:
            return by_id
        if "/" in name:
            key = url_key(name)
            by_url = tuple(f.feed_key for f in self._feeds if url_key(f.feed_url) == key)
            if by_url:
                return by_url
        part = fold_characters(name)
        return tuple(
            f.feed_key
            for f in self._feeds
            if any(part in _folded(each) for each in (f.title, f.user_title, f.folder))
        )

    def in_folder(self, name: str) -> tuple[int, ...]:
        """The numbers of the feeds in the folder of that path or last name, and in those below."""
        wanted = f"/{fold_characters(name)}/"
        return tuple(
            f.feed_key for f in self._feeds if f.folder and wanted in f"/{_folded(f.folder)}/"
        )

    def of_outlet(self, phrase: Phrase) -> tuple[int, ...]:
        """The numbers of the feeds whose title, own or the reader's, has the phrase."""
        wanted = f" {' '.join(phrase.tokens)}" + ("" if phrase.prefix else " ")
        return tuple(
            f.feed_key
            for f in self._feeds
            if any(wanted in _spaced(each) for each in (f.title, f.user_title))
        )


def _stored(db: sqlite3.Connection) -> list[FeedName]:
    rows = db.execute("SELECT feed_key, feed_url, feed_id, title, user_title, folder FROM feeds")
    return [FeedName(*row) for row in rows]


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """Remembered, as many queries in a row ask for the same few names."""
    return fold_characters(name)


@lru_cache(maxsize=4096)
def _spaced(name: str) -> str:
    return f" {' '.join(fold_tokens(name))} "
