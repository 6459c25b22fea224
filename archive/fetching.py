"""What refreshes ask of an archive about feeds and hosts, besides their articles."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archive.feed_claims import claim
from archive.feed_models import (
    Arrived,
    FetchState,
    Headline,
    HostWait,
    LearnedLines,
    PicturesKept,
)
from archive.index_recent import arrived_between
from archive.models import Feed
from archive.moving import finish_move, forget_former, move_feed
from archive.root_files import take_in_feeds

if TYPE_CHECKING:
    from archive.opening import Parts

REMEMBERED = timedelta(days=1)
"""For how long it is remembered that a host wanted to be left alone, when that is over."""


class Fetching:
    """The refreshes' part of the archive of these parts; writes are on disk when they return."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def waits(self) -> list[HostWait]:
        """The hosts that are to be left alone, as stored; some may be over."""
        return self._parts.fetch.waits()

    def save(
        self,
        states: Iterable[FetchState],
        waits: Iterable[HostWait] = (),
        forget: Collection[str] = (),
        learned: Collection[LearnedLines] = (),
    ) -> None:
        """Writes these states over those of the same feeds, in one write.

        `waits` are added to the stored ones, the later one of a host counts, and those that were
        over a day ago are dropped; the states of the URLs in `forget` are dropped. `learned` takes
        the place of what was learned of the same hosts.
        """
        self._parts.check_writable()
        given = list(states)
        with self._parts.lock:
            self._parts.fetch.save(given, self._changed_waits(waits), forget, learned)

    def learned_lines(self) -> dict[str, LearnedLines]:
        """The lines that hosts' pages have in common, by host."""
        return self._parts.fetch.learned_lines()

    def pictures(self) -> PicturesKept:
        """What pictures were kept so far."""
        return self._parts.fetch.pictures()

    def note_pictures(self, count: int, byte_count: int, until: datetime | None = None) -> None:
        """Adds pictures to those kept so far; those of articles `until` then were asked for."""
        self._parts.check_writable()
        with self._parts.lock:
            known = self._parts.fetch.pictures()
            self._parts.fetch.note_pictures(
                PicturesKept(
                    known.count + count, known.byte_count + byte_count, until or known.until
                )
            )

    def headlines(self, feed: Feed, limit: int) -> list[Headline]:
        """The titles and claimed dates of a feed's newest articles, the newest first."""
        return self._parts.index.headlines(feed.feed_url, limit)

    def arrived(self, after: datetime, until: datetime) -> list[Arrived]:
        """The articles with an address that were archived between, the oldest first."""
        with self._parts.index.connections.reading() as db:
            return arrived_between(db, after, until)

    def claim(self, feed_id: str) -> AbstractContextManager[bool]:
        """`with` gives whether no other refresh has the feed; none gets it inside."""
        self._parts.check_writable()
        return claim(self._parts.root, feed_id)

    def note_facts(self, feeds: Iterable[Feed]) -> None:
        """Writes what feeds say of themselves, title and site, leaving what the reader chose.

        Those that are subscribed to no more are passed over.
        """
        self._parts.check_writable()
        with self._parts.lock:
            self._parts.library.note(feeds)
            take_in_feeds(self._parts)

    def move(self, feed: Feed, url: str) -> Feed:
        """Gives a feed another address, with all that it has; the feed as it is then stored.

        It stays as it is where another feed has that address. NotFound, WriteFailed.
        """
        self._parts.check_writable()
        return move_feed(self._parts, feed, url)

    def finish_move(self, feed: Feed) -> None:
        """Goes on with a move that broke off half-way."""
        if feed.former_urls:
            self._parts.check_writable()
            finish_move(self._parts, feed)

    def forget_former(self, feed: Feed, url: str) -> Feed:
        """Drops a former address of a feed from all files; the feed as it is then stored.

        Its articles and removed entries are the feed's still. NotFound, WriteFailed.
        """
        self._parts.check_writable()
        return forget_former(self._parts, feed, url)

    def _changed_waits(self, waits: Iterable[HostWait]) -> list[HostWait] | None:
        """All waits to store; None where those that are stored are right."""
        stored = self._parts.fetch.waits()
        latest = {wait.host: wait for wait in sorted((*stored, *waits), key=lambda one: one.until)}
        oldest = self._parts.now() - REMEMBERED
        kept = [latest[host] for host in sorted(latest) if latest[host].until > oldest]
        return None if kept == sorted(stored, key=lambda one: one.host) else kept
