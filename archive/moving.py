"""A feed that moved to another address takes everything along.

The subscription gets the new address and remembers the former ones; then the articles name the new
one, a volume at a time. Killed between the two, the former address still tells their entries, and
the next refresh goes on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

from archive.errors import ArchiveError, DamagedFile
from archive.models import Article, Feed, Origin
from archive.names import articles_file, parse_article_id, volume_of_file
from archive.removed import REMOVED, rename_feed
from archive.root_files import take_in_feeds
from archive.scan import scan_volumes
from archive.storage import VolumeStorage, read_bytes
from archive.targets import find_article
from archive.volumes import ARTICLES

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


def forget_former(parts: Parts, feed: Feed, url: str) -> Feed:
    """Drops a former address of a feed from all files; the feed as it is then stored.

    The subscription loses it last, so that what breaks off half-way can be done again.
    """
    named = orjson.dumps(url)
    for volume in {volume_of_file(name) for name in scan_volumes(parts.root)}:
        if volume and named in (read_bytes(parts.root / articles_file(volume)) or b""):
            _forget_in(parts, volume, feed, url)
    with parts.lock:
        parts.fetch.save((), forget=[url])
        kept = parts.library.forget_former(feed.feed_id, url)
        take_in_feeds(parts)
    return kept


def _forget_in(parts: Parts, volume: str, feed: Feed, url: str) -> None:
    """Gives what a volume has under the former address, present or removed, to the present one."""
    storage = VolumeStorage(parts.root / articles_file(volume), ARTICLES)
    with parts.marking.operating, parts.lock:
        try:
            articles = parts.volumes.contents(volume).articles.values()
        except DamagedFile:
            parts.catalogue.salvage(volume)
            articles = parts.volumes.contents(volume).articles.values()
        named = [one for one in articles if any(url == each.feed_url for each in one.origins)]
        parts.saving.save([_renamed(one, feed) for one in named])
        with storage.batch() as database:
            rename_feed(database.table(REMOVED), url, feed.feed_url)
        parts.catalogue.bring_up(volume)


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
