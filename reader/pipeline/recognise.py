"""Which article an entry is about whose id says nothing. Pure.

By its address, which is a page's; else by its title in the same feed, where the address lost its
host (a site that moved to another domain) or there is none.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.models import Article
from archive.text import fold_tokens, unlink
from archive.urls import url_key
from reader.pipeline.parse import Entry, plain_text


def same_article(archived: Iterable[Article], feed_url: str, title: str) -> Article | None:
    """The article, of those archived from an entry's address, that the entry is about.

    The one under the same title. Else another feed's, if it is alone at that address: one page is
    one article, whatever outlets call it. One of the same feed is not, and where there are several
    they share a page, as the entries of changelogs do.
    """
    found = list(archived)
    named = (article for article in found if fold_tokens(article.title) == fold_tokens(title))
    if article := next(named, None):
        return article
    alone = len(found) == 1 and not is_stated_by(found[0], feed_url)
    return found[0] if alone else None


def moved_article(titled: Iterable[Article], entry: Entry) -> Article | None:
    """The article, of those of a feed under an entry's title, that the entry is about.

    They are of entries that the feed states no more: two sites in one feed may well have a page of
    one name at one place.
    The one at the same place of another host; for an entry without a link the one without a link
    that has the same date or the same words.
    """
    for article in titled:
        if entry.url:
            if article.url and place_of(article.url) == place_of(entry.url) != "":
                return article
        elif not article.url and (_same_date(article, entry) or same_words(article, entry)):
            return article
    return None


def is_stated_by(article: Article, feed_url: str) -> bool:
    """Whether the feed has stated the article."""
    return bool(ids_of(article, feed_url))


def ids_of(article: Article, feed_url: str) -> list[str]:
    """The ids under which the feed has stated the article."""
    return [origin.entry_id for origin in article.origins if origin.feed_url == feed_url]


def place_of(url: str) -> str:
    """What an address has behind its host, as `url_key` compares it; empty for a front page."""
    return url_key(url).partition("/")[2]


def same_words(article: Article, entry: Entry) -> bool:
    """Whether the feed states the very text that the article has."""
    stated = plain_text(entry.content_html or entry.summary_html) or entry.title
    return fold_tokens(stated) == fold_tokens(unlink(article.text))


def _same_date(article: Article, entry: Entry) -> bool:
    dates = {article.published_at, article.claimed_at} - {None}
    return entry.published_at in dates
