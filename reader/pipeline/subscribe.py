"""From an address that a person typed to the feed behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reader.errors import FeedUnusable
from reader.pipeline.clean import clean_url
from reader.pipeline.discover import COMMON_PATHS
from reader.pipeline.fetch import FeedRequest, Fetched, Fetcher, FetchFailed
from reader.pipeline.fetch_access import Access
from reader.pipeline.parse import ParsedFeed
from reader.pipeline.workers import WorkerFailed, Workers

# RFC 3986 schemes; a name before a colon and digits is a host with its port.
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
LOOPBACK = ("localhost", "127.", "[::1]")


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that answers and can be read."""

    feed_url: str
    parsed: ParsedFeed


def complete_address(typed: str) -> str:
    """What was typed as an http or https address; raises FeedUnusable when it is none."""
    typed = typed.strip()
    full = typed
    if typed and not SCHEME.match(typed):
        full = ("http://" if typed.startswith(LOOPBACK) else "https://") + typed
    url = clean_url(full)
    if not url:
        raise FeedUnusable(
            typed or "the address",
            "is not a web address",
            "Give one that starts with http or https",
        )
    return url


def find_feed(
    typed: str, fetcher: Fetcher, workers: Workers, access: Access | None = None
) -> FoundFeed:
    """The feed at an address, or the first that the site's page there announces.

    `access` None is that of a typed address without secrets.
    Raises FeedUnusable with the reason: no answer, no feed, or a feed that cannot be read.
    """
    url = complete_address(typed)
    access = access or Access.typed(url)
    answer = fetcher.fetch_feed(FeedRequest(url, access=access))
    if not isinstance(answer, Fetched):
        why = answer.error if isinstance(answer, FetchFailed) else "answered without a body"
        raise FeedUnusable(url, why, "Check the address and the connection, then try again")
    try:
        return FoundFeed(answer.moved_to or url, parse(answer, workers))
    except WorkerFailed as error:
        reason = str(error)
    reach = answer.reach
    for candidate in candidates(answer, workers):
        found = fetcher.fetch_feed(FeedRequest(candidate, access=replace(access, reach=reach)))
        if isinstance(found, Fetched):
            try:
                return FoundFeed(found.moved_to or candidate, parse(found, workers))
            except WorkerFailed:
                continue
    raise FeedUnusable(
        url, f"{reason}, and no feed was found from there", "Give the address of the feed itself"
    )


def parse(answer: Fetched, workers: Workers) -> ParsedFeed:
    """The feed in an answer; raises WorkerFailed when it is none."""
    parsed: ParsedFeed = workers.run(
        "parse_feed", answer.body, answer.content_type, answer.final_url
    )
    return parsed


def candidates(answer: Fetched, workers: Workers) -> list[str]:
    """Addresses that may be the feed of a site: those its page announces, else the usual ones."""
    try:
        announced = workers.run("find_feeds", answer.body, answer.content_type, answer.final_url)
    except WorkerFailed:
        announced = []
    if announced:
        return [link.url for link in announced]
    return [clean_url(path, answer.final_url) for path in COMMON_PATHS]
