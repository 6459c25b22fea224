"""library.json: the subscriptions.

A TinyDB file. A feed's id is its document's number, `f1`, and is never given twice. What the reader
changed of a feed, and that one was given up, is a step of undo in the same file. Whoever calls a
writing method holds the archive's lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.table import Document

from archive.documents import feed_document, feed_from, read_each
from archive.errors import AmbiguousName, NotFound
from archive.feed_models import FetchState
from archive.fetch_file import FetchFile
from archive.layout import FEEDS, LIBRARY_FILE
from archive.models import Feed, FeedStatus
from archive.steps import change_document
from archive.storage import StatKey, VolumeStorage, stat_key


class LibraryFile:
    """The subscriptions in library.json of an archive; `tolerant` as in VolumeStorage."""

    def __init__(self, root: Path, *, tolerant: bool = False) -> None:
        self._path = root / LIBRARY_FILE
        self._tolerant = tolerant
        self._storage = VolumeStorage(self._path, FEEDS, tolerant=tolerant)
        self._kept: tuple[StatKey | None, tuple[Feed, ...]] | None = None

    def create(self) -> None:
        """Writes the empty file of a new archive."""
        if stat_key(self._path) is None:
            self._storage.write({FEEDS: {}})

    def feeds(self) -> tuple[Feed, ...]:
        """All subscriptions in the order they were made. DamagedFile, ArchiveTooNew."""
        key = stat_key(self._path)
        if self._kept is None or self._kept[0] != key:
            feeds = read_each(
                (self._storage.read() or {}).get(FEEDS, {}),
                lambda document, number: feed_from(document, f"f{number}"),
                tolerant=self._tolerant,
            )
            self._kept = (key, tuple(feeds.values()))
        return self._kept[1]

    def find(self, name: str) -> Feed:
        """The feed of that id, URL, or part of a title. NotFound, AmbiguousName."""
        feeds = self.feeds()
        exact = [each for each in feeds if name in (each.feed_id, each.feed_url, each.site_url)]
        former = [each for each in feeds if name in each.former_urls]
        wanted = name.casefold().strip()
        titled = [each for each in feeds if wanted in _titles(each)]
        partly = [each for each in feeds if any(wanted in title for title in _titles(each))]
        for found in (exact, former, titled, partly if wanted else []):
            if len(found) == 1:
                return found[0]
            if found:
                names = ", ".join(f"{each.feed_id} {each.name}" for each in found[:5])
                raise AmbiguousName(name, f"it fits {len(found)} feeds ({names})", "Use an id")
        raise NotFound(name, "no feed has that id, address or title", "See `newsreader feeds`")

    def add(self, feeds: Iterable[Feed]) -> list[Feed]:
        """Subscribes, in one write; a feed of a known URL is left as it is and comes back.

        So is one that has moved away from that URL.
        """
        added = []
        with self._storage.batch() as database:
            table = database.table(FEEDS)
            feeds_now = [feed_from(each, f"f{each.doc_id}") for each in table]
            known = {url: each for each in feeds_now for url in each.former_urls}
            known |= {each.feed_url: each for each in feeds_now}
            number = self._storage.next_id
            fresh = []
            for feed in feeds:
                if feed.feed_url not in known:
                    known[feed.feed_url] = replace(feed, feed_id=f"f{number}")
                    fresh.append(Document(feed_document(feed), number))
                    number += 1
                added.append(known[feed.feed_url])
            if fresh:
                table.insert_multiple(fresh)
        return added

    def update(self, feed: Feed, label: str = "") -> None:
        """Replaces the feed of that id; with a label that is a step of undo. NotFound."""
        self._change(feed.feed_id, feed_document(feed), label)

    def note(self, feeds: Iterable[Feed]) -> None:
        """Replaces titles and sites alone, in one write, of those feeds that are there."""
        with self._storage.batch() as database:
            for feed in feeds:
                with suppress(NotFound):
                    before = self._stored(database, feed.feed_id)
                    noted = replace(before, title=feed.title, site_url=feed.site_url)
                    if noted != before:
                        self.update(noted)

    def move(self, feed_id: str, url: str) -> Feed:
        """Gives a feed another address; the feed as it is then stored. NotFound.

        It stays as it is where another feed has that address.
        """
        with self._storage.batch() as database:
            before = self._stored(database, feed_id)
            if any(each["feed_url"] == url for each in database.table(FEEDS)):
                return before
            former = dict.fromkeys((*before.former_urls, before.feed_url))
            former.pop(url, None)
            moved = replace(before, feed_url=url, former_urls=tuple(former))
            self.update(moved)
        return moved

    def forget_former(self, feed_id: str, url: str) -> Feed:
        """Drops a former address of a feed; the feed as it is then stored. NotFound."""
        with self._storage.batch() as database:
            before = self._stored(database, feed_id)
            left = tuple(former for former in before.former_urls if former != url)
            changed = replace(before, former_urls=left)
            if changed != before:
                self.update(changed)
        return changed

    def _stored(self, database: TinyDB, feed_id: str) -> Feed:
        stored = database.table(FEEDS).get(doc_id=_number(feed_id))
        if not isinstance(stored, Document):
            raise _unknown(feed_id)
        return feed_from(stored, feed_id)

    def remove(self, feed_id: str) -> None:
        """Unsubscribes, as a step of undo. NotFound."""
        with self._storage.batch() as database:
            feed = self._stored(database, feed_id)
            self._change(feed_id, None, f"unsubscribe from {feed.name}")

    def _change(self, feed_id: str, after: Mapping[str, Any] | None, label: str) -> None:
        with self._storage.batch() as database:
            self._stored(database, feed_id)
            change_document(database, FEEDS, _number(feed_id), after, label)


def statuses(
    library: LibraryFile, fetch: FetchFile, counts: Mapping[str, tuple[int, int]]
) -> list[FeedStatus]:
    """Each subscription with its last refresh and its counts, (articles, unread) by feed URL."""
    states = fetch.states()
    return [
        FeedStatus(
            feed,
            states.get(feed.feed_url, FetchState(feed.feed_url)),
            *counts.get(feed.feed_url, (0, 0)),
        )
        for feed in library.feeds()
    ]


def _unknown(feed_id: str) -> NotFound:
    return NotFound(feed_id, "no feed has that id", "See `newsreader feeds`")


def _titles(feed: Feed) -> tuple[str, ...]:
    return tuple(title.casefold() for title in (feed.user_title, feed.title) if title)


def _number(feed_id: str) -> int:
    digits = feed_id.removeprefix("f")
    return int(digits) if digits.isdecimal() else 0
