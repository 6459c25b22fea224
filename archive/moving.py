"""A feed that moved to another address takes everything along.

The subscription gets the new address and remembers the former ones; then the articles name the new
one, a volume at a time. Killed between the two, the former address still tells their entries, and
the next refresh goes on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from archive.models import Article, Feed, Origin
from archive.names import parse_article_id
from archive.root_files import take_in_feeds
from archive.targets import find_article

if TYPE_CHECKING:
    from archive.opening import Parts


def move_feed(parts: Parts, feed: Feed, url: str) -> Feed:
    """Gives a feed another address, in its articles too; the feed as it is then stored.

    It stays as it is where another feed has that address. NotFound, WriteFailed.
    """
    entries = parts.index.known_entries(feed.feed_url)
    with parts.lock:
        moved = parts.library.move(feed.feed_id, url)
        take_in_feeds(parts)
    if moved.feed_url == url:
        _rename(parts, moved, {article_id for article_id, _ in entries.values()})
    return moved


def finish_move(parts: Parts, feed: Feed) -> None:
    """Renames what names a former address of the feed still; nothing, nearly always."""
    found = {
        article_id
        for url in feed.former_urls
        for article_id, _ in parts.index.known_entries(url).values()
    }
    _rename(parts, feed, found)


def _rename(parts: Parts, feed: Feed, article_ids: set[str]) -> None:
    volumes: dict[str, list[str]] = {}
    for article_id in sorted(article_ids):
        place = parse_article_id(article_id)
        if place:
            volumes.setdefault(place[0], []).append(article_id)
    for ids in volumes.values():
        with parts.marking.operating, parts.lock:
            found = [article for one in ids if (article := _found(parts, one))]
            parts.saving.save([_renamed(article, feed) for article in found])


def _found(parts: Parts, article_id: str) -> Article | None:
    """The article; None where it was removed or damaged meanwhile, which others tell."""
    try:
        return find_article(parts.volumes, article_id)
    except ArchiveError:
        return None


def _renamed(article: Article, feed: Feed) -> Article:
    """The article with the feed's address in place of its former ones; the newest word counts."""
    origins: dict[tuple[str, str], Origin] = {}
    for origin in article.origins:
        is_former = origin.feed_url in feed.former_urls
        one = replace(origin, feed_url=feed.feed_url) if is_former else origin
        key = (one.feed_url, one.entry_id)
        if not is_former or key not in origins:
            origins[key] = one
    return replace(article, origins=tuple(origins.values()))
