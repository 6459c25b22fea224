"""From an address that a person gave to the feed behind it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from reader.addresses import COMMAND, FILE, is_local, split_login
from reader.errors import FeedUnusable
from reader.outcomes import FeedChoice
from reader.pipeline.discover import (
    FeedLink,
    announced_beside,
    best_first,
    distinct,
    usual_places,
)
from reader.pipeline.document import fetch_document, parse_document
from reader.pipeline.fetch import FeedRequest, Fetched, Fetcher, FetchFailed
from reader.pipeline.fetch_access import Access
from reader.pipeline.fetch_reach import Reach
from reader.pipeline.known_sites import KnownFeed, known_feeds, likely_feeds
from reader.pipeline.parse import ParsedFeed
from reader.pipeline.workers import WorkerFailed, Workers

# Addresses that are tried for one that was typed.
MOST_TRIED = 24


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that answers and can be read, and the others that stand beside it there.

    `access` is what it was asked with, and what the others may be asked with.
    """

    feed_url: str
    parsed: ParsedFeed
    access: Access
    others: tuple[FeedChoice, ...] = ()


def find_feed(
    url: str,
    fetcher: Fetcher,
    workers: Workers,
    selector: str = "",
    stop: threading.Event | None = None,
    access: Access | None = None,
) -> FoundFeed:
    """The feed at an address, or the first of those that the site's page there has.

    `url` is one of `reader.addresses`. With a selector the page itself is the feed. `stop` ends a
    command. `access` None is that of a typed address without secrets.
    Raises FeedUnusable with the reason: no answer, no feed, or a feed that cannot be read.
    """
    access = access or Access.typed(url)
    search = _Search(fetcher, workers, access)
    if not selector and (found := search.first(_links(known_feeds(url)), offered=True)):
        return found
    answer = fetch_document(fetcher, FeedRequest(url, access=access), stop)
    if not isinstance(answer, Fetched):
        why = answer.error if isinstance(answer, FetchFailed) else "answered without a body"
        raise FeedUnusable(url, why, _remedy(url))
    with answer.body:
        try:
            parsed = parse_document(workers, answer, selector)
        except WorkerFailed as error:
            if selector:
                remedy = "Look at the page and choose another selector"
                raise FeedUnusable(url, str(error), remedy) from error
            reason = str(error)
        else:
            return FoundFeed(answer.moved_to or url, parsed, access)
        if is_local(url):
            raise FeedUnusable(url, reason, _remedy(url))
        if found := search.led_by(answer.reach).from_page(answer):
            return found
    raise FeedUnusable(
        url, f"{reason}, and no feed was found from there", "Give the address of the feed itself"
    )


class _Search:
    """Looks for the first address that is a feed, over all that are tried for one typed."""

    def __init__(self, fetcher: Fetcher, workers: Workers, access: Access) -> None:
        self._fetcher = fetcher
        self._workers = workers
        self._access = access
        self._left = MOST_TRIED

    def led_by(self, reach: Reach) -> Self:
        """The same, where what an answer of that reach names is tried from now on."""
        self._access = replace(self._access, reach=reach)
        return self

    def from_page(self, answer: Fetched) -> FoundFeed | None:
        """The feed of a page: one that it announces, links to, or that lies in a usual place.

        What is announced in the answer's header goes before what the page says.
        """
        url = answer.final_url
        beside = announced_beside(answer.headers.get("link", ""), url)
        try:
            links: list[FeedLink] = self._workers.run(
                "find_feeds", answer.body, answer.content_type, url
            )
        except WorkerFailed:
            links = []
        # A login that a page states is its author's matter, and none of the reader's.
        links = [replace(link, url=split_login(link.url)[0]) for link in (*beside, *links)]
        links = best_first(links)
        return (
            self.first([link for link in links if link.kind], offered=True)
            or self.first(_links(likely_feeds(url)))
            or self.first([link for link in links if not link.kind], offered=True)
            or self.first([FeedLink(place) for place in usual_places(url)])
        )

    def first(self, links: Sequence[FeedLink], *, offered: bool = False) -> FoundFeed | None:
        """The first of these that is a feed; with the others, where they are `offered`."""
        for link in links:
            if not self._left:
                return None
            self._left -= 1
            answer = self._fetcher.fetch_feed(FeedRequest(link.url, access=self._access))
            if not isinstance(answer, Fetched):
                continue
            try:
                with answer.body:
                    parsed = parse_document(self._workers, answer)
            except WorkerFailed:
                continue
            others = [other for other in links if other != link] if offered else []
            found_url = answer.moved_to or link.url
            return FoundFeed(found_url, parsed, self._access, _choices(link, others))
        return None


def _links(feeds: Sequence[KnownFeed]) -> list[FeedLink]:
    return [FeedLink(feed.url, feed.title) for feed in feeds]


def _choices(taken: FeedLink, others: Sequence[FeedLink]) -> tuple[FeedChoice, ...]:
    """The others that a person may want instead of the one taken."""
    return tuple(
        FeedChoice(link.url, link.title, link.kind)
        for link in distinct([taken, *others])
        if link != taken
    )


def _remedy(url: str) -> str:
    """What to do about an address that gives nothing."""
    if url.startswith(FILE):
        return "Give a file with a feed"
    if url.startswith(COMMAND):
        return "Run the command by hand and look at what it prints"
    return "Check the address and the connection, then try again"
