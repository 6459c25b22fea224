"""What the reader subscribes to: found, added, given up, and how each feed fares.

Part of the library (`Library.subscriptions`); every method blocks, from any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from archive.archive import Archive
from archive.models import Feed
from reader.addresses import command_address, complete_feed_address
from reader.outcomes import FeedFound

if TYPE_CHECKING:
    from reader.network import Network


class Subscriptions:
    """The feeds of an archive, and the network that new ones are found with."""

    def __init__(
        self, archive: Archive, network: Callable[[], Network], now: Callable[[], datetime]
    ) -> None:
        self._archive = archive
        self._network = network
        self._now = now

    def find(self, typed: str, selector: str = "") -> FeedFound:
        """The feed at an address, in a file, or the first that a site has, not yet subscribed to.

        With a CSS selector the page at the address is watched: what matches are its entries.
        Raises UsageProblem for what is no address or selector, else FeedUnusable.
        """
        return self._find(complete_feed_address(typed), selector)

    def find_command(self, command: str, selector: str = "") -> FeedFound:
        """The feed that a command prints, which is run for it; raises as `find` does."""
        return self._find(command_address(command), selector)

    def add(self, feed: Feed, folder: str = "", tags: Sequence[str] = ()) -> Feed:
        """Subscribe to a feed that was found; one that is known already is returned as it is."""
        return self._archive.add_feed(replace(feed, folder=folder, tags=tuple(tags)))

    def due(self) -> list[Feed]:
        """The feeds whose time to be refreshed has come."""
        now = self._now()
        return [
            status.feed
            for status in self._archive.feeds()
            if status.state.next_refresh_at is None or status.state.next_refresh_at <= now
        ]

    def _find(self, url: str, selector: str) -> FeedFound:
        if selector:
            from reader.pipeline.watch import check_selector

            check_selector(selector)
        self._archive.check_writable()
        return self._network().find_feed(url, selector)
