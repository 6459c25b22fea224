"""What the reader subscribes to: found, added, given up, and how each feed fares.

Part of the library (`Library.subscriptions`); every method blocks, from any thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from archive.archive import Archive
from archive.models import Feed, FeedActivity
from reader.addresses import (
    command_address,
    complete_feed_address,
    is_local,
    is_web_address,
)
from reader.errors import FeedUnusable, ReaderError
from reader.outcomes import FeedChoice, FeedFound, FeedMended

if TYPE_CHECKING:
    from archive.index_statistics import Statistics
    from reader.credentials import Secrets
    from reader.health import FeedHealth
    from reader.network import Network
    from reader.pipeline.fetch_access import Access


class Subscriptions:
    """The feeds of an archive, and the network that new ones are found with."""

    def __init__(
        self, archive: Archive, network: Callable[[], Network], now: Callable[[], datetime]
    ) -> None:
        self._archive = archive
        self._network = network
        self._now = now
        self._given_up: dict[str, Secrets] = {}

    def find(self, typed: str, selector: str = "") -> FeedFound:
        """The feed at an address, in a file, or the first that a site has, not yet subscribed to.

        With a CSS selector the page at the address is watched: what matches are its entries.
        Raises UsageProblem for what is no address or selector, else FeedUnusable.
        """
        return self._find(complete_feed_address(typed), selector)

    def find_command(
        self, command: str, selector: str = "", stop: threading.Event | None = None
    ) -> FeedFound:
        """The feed that a command prints, which is run for it, until `stop`; raises as `find`."""
        return self._find(command_address(command), selector, stop)

    def find_offered(self, url: str) -> FeedFound:
        """One of the feeds that were found before, taken instead of the first; raises as `find`.

        A page named it, not a person: it may be where that page may lead, and nowhere else.
        """
        from reader.pipeline.fetch_access import Access

        return self._find(url, access=self._network().offered(url) or Access())

    def add(self, feed: Feed, folder: str = "", tags: Sequence[str] = ()) -> Feed:
        """Subscribe to a feed that was found; one that is known already is returned as it is.

        A user and password in the address that it was found by are kept.
        """
        self._given_up.pop(feed.feed_url, None)
        self._network().keep_login(feed.feed_url)
        return self._archive.add_feed(replace(feed, folder=folder, tags=tuple(tags)))

    def edit(self, feed: Feed) -> None:
        """Store what the user changed of a feed; its own interval counts from now on."""
        before = self._archive.find_feed(feed.feed_id)
        self._archive.update_feed(feed, f"change feed {feed.name}")
        self._start_interval(before, feed)

    @contextmanager
    def following(self) -> Iterator[None]:
        """Around what may change feeds otherwise than here: what hangs on them follows.

        One that comes back has its secrets again, if it was given up in this run of the program.
        """
        before = {status.feed.feed_id: status.feed for status in self._archive.feeds()}
        yield
        for status in self._archive.feeds():
            feed = status.feed
            if feed.feed_id not in before:
                self._give_secrets_back(feed.feed_url)
            else:
                self._start_interval(before[feed.feed_id], feed)

    def _start_interval(self, before: Feed, feed: Feed) -> None:
        """Let another interval count from now on."""
        if feed.settings.interval == before.settings.interval:
            return
        from reader.pipeline.learning import with_interval

        state = self._archive.fetch_states().get(feed.feed_url)
        if state is not None:
            changed = with_interval(state, feed.settings.interval)
            self._archive.fetching.save([changed])

    def _give_secrets_back(self, url: str) -> None:
        """Let a feed have what `remove` forgot, where it is known and there is nothing newer."""
        from reader.credentials import NOTHING, CredentialStore

        secrets = self._given_up.pop(url, NOTHING)
        store = CredentialStore()
        if secrets != NOTHING and store.of(url) == NOTHING:
            store.put(url, secrets)

    def remove(self, name: str) -> Feed:
        """Give up a feed and forget its secrets, those of its former addresses too.

        Those of its last address are still known as long as the program runs, should that be
        undone.
        """
        from reader.credentials import CredentialStore

        feed = self._archive.find_feed(name)
        self._archive.remove_feed(feed.feed_id)
        store = CredentialStore()
        with suppress(ReaderError):  # a keyring that is shut
            self._given_up[feed.feed_url] = store.of(feed.feed_url)
        for url in (feed.feed_url, *feed.former_urls):
            store.forget(url)
        return feed

    def statistics(self) -> Statistics:
        """What came and what was read of it."""
        return self._archive.statistics(self._now())

    def health(self) -> list[FeedHealth]:
        """How each feed fares, those in trouble first."""
        from reader.health import by_urgency, feed_health

        now = self._now()
        activity = self._archive.feed_activity(now)
        none = FeedActivity()
        found = (
            feed_health(status, activity.get(status.feed.feed_url, none), now)
            for status in self._archive.feeds()
        )
        return sorted(found, key=by_urgency)

    def new_addresses(self, feed: Feed) -> list[FeedChoice]:
        """Where a feed's site says that it is now; never where it is asked already.

        Raises FeedUnusable when the site does not answer or names no other address.
        """
        if is_local(feed.feed_url):
            why = "is of this machine and has no site"
            raise FeedUnusable(feed.name, why, "Add it again from where it is now")
        site = feed.site_url if is_web_address(feed.site_url) else urljoin(feed.feed_url, "/")
        found = self._find(site, access=self._network().access_of(feed))
        places = (FeedChoice(found.feed.feed_url, found.feed.title), *found.others)
        others = [place for place in places if place.url != feed.feed_url]
        if not others:
            raise FeedUnusable(site, "names no other address", "Look at it in a browser")
        return others

    def mend(self, feed: Feed, url: str) -> FeedMended:
        """Ask a feed at one of its `new_addresses` from now on; raises ReaderError."""
        network = self._network()
        access = network.offered(url) or network.access_of(feed)
        return self.move(feed, self._find(url, access=access).feed)

    def move(self, feed: Feed, found: Feed) -> FeedMended:
        """Ask a feed where another was found from now on; its articles go along.

        Raises FeedUnusable where a feed is asked there already.
        """
        url = found.feed_url
        if url == feed.feed_url:
            raise FeedUnusable(url, "is where the feed is asked already", "Give another address")
        moved = self._archive.fetching.move(feed, url)
        if moved.feed_url != url:
            raise FeedUnusable(url, "is subscribed to already", "Remove one of the two")
        # It was found as a feed, whatever the page was that may have been watched before.
        moved = replace(moved, site_url=found.site_url or moved.site_url, selector=found.selector)
        self._archive.update_feed(moved)
        self._archive.fetching.save((), forget=[feed.feed_url])
        network = self._network()
        left_behind = network.moved(feed, moved)
        network.keep_login(url)
        return FeedMended(moved, left_behind)

    def _find(
        self,
        url: str,
        selector: str = "",
        stop: threading.Event | None = None,
        access: Access | None = None,
    ) -> FeedFound:
        if selector:
            from reader.pipeline.watch import check_selector

            check_selector(selector)
        self._archive.check_writable()
        return self._network().find_feed(url, selector, stop, access)
