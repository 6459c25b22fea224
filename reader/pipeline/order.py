"""In which order the feeds of a run are asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from archive.models import Feed


def spread(feeds: Iterable[Feed]) -> list[Feed]:
    """The feeds, one of each host in turn.

    Only two requests at once go to a host: a hundred feeds of one host in a row would make every
    thread wait for it, and all other feeds with them.
    """
    by_host: dict[str, list[Feed]] = {}
    for feed in feeds:
        by_host.setdefault(_host(feed.feed_url), []).append(feed)
    rounds = zip_longest(*by_host.values())
    return [feed for feed in chain.from_iterable(rounds) if feed is not None]


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:  # an unclosed bracket
        return ""
