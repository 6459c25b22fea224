"""What was taken of entries becomes articles, in a worker.

Markdown of what feeds state, sections, the language and the count of words take twice as long as
parsing the feed; here they would hold the app's interpreter for that long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from archive.models import Article, Dropped, Enclosure, Feed, Origin, Section
from archive.pictures import Picture
from reader.pipeline.assemble import FeedTexts, assemble
from reader.pipeline.pages import TakenPage
from reader.pipeline.parse import Entry
from reader.pipeline.sent import quickly_sent
from reader.pipeline.workers import WorkerFailed, Workers, WorkersClosed

quickly_sent(Article, Origin, Section, Picture, Dropped, Enclosure)


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry with all that was read of it; `article_id` is set for a changed one.

    `texts` are given where they are no longer in the entry.
    """

    entry: Entry
    page: TakenPage
    article_id: str = ""
    texts: FeedTexts | None = None


class Stated(NamedTuple):
    """What an article is made of; links in the entry are relative to `base_url`."""

    entry: Entry
    origin: Origin
    feed_title: str
    page: TakenPage
    texts: FeedTexts | None
    base_url: str
    now: datetime


def assembled(
    workers: Workers, feed: Feed, taken: Sequence[Taken], now: datetime
) -> list[tuple[Taken, Article]]:
    """The articles of what was taken.

    Without what has neither a title nor a text, and as the program ends without what no worker
    came to.
    """
    stated = [
        Stated(
            one.entry,
            origin_of(feed, one.entry),
            feed.title,
            one.page,
            one.texts,
            one.entry.url or feed.site_url,
            now,
        )
        for one in taken
    ]
    articles: Sequence[Article | None]
    try:
        articles = workers.run("assemble_all", stated)
    except WorkerFailed:
        # One of them may be poison: the others must not suffer from it.
        articles = [_alone(workers, each) for each in stated]
    return [(one, article) for one, article in zip(taken, articles, strict=True) if article]


def assemble_all(stated: Sequence[Stated]) -> list[Article | None]:
    """The articles of entries; None for what has neither a title nor a text."""
    return [
        assemble(
            each.entry,
            each.origin,
            each.feed_title,
            each.page,
            each.texts or feed_texts(each.entry, each.base_url),
            each.now,
        )
        for each in stated
    ]


def feed_texts(entry: Entry, base_url: str) -> FeedTexts:
    """The Markdown of an entry's content, and of its summary where it has no content."""
    # Here and not above: it loads much that only workers need.
    from reader.pipeline.extract import markdown_and_pictures

    content, seen = markdown_and_pictures(entry.content_html, base_url)
    summary, of_summary = (
        ("", ()) if content else markdown_and_pictures(entry.summary_html, base_url)
    )
    return FeedTexts(content, summary, seen if entry.content_html else of_summary)


def origin_of(feed: Feed, entry: Entry) -> Origin:
    """The feed's statement of an entry, as the article keeps it."""
    return Origin(feed.feed_url, entry.entry_id, entry.entry_hash, entry.url)


def _alone(workers: Workers, stated: Stated) -> Article | None:
    """The article of one entry; of a feed's text that cannot be read without that text."""
    try:
        (article,) = workers.run("assemble_all", [stated])
    except WorkersClosed:
        return None  # not saved with less than was stated, it is read again the next time
    except WorkerFailed:
        # Here no markup may be read any more: what a worker fails at would stop the app.
        entry = replace(stated.entry, content_html="", summary_html="")
        texts = stated.texts or FeedTexts()
        (article,) = assemble_all([stated._replace(entry=entry, texts=texts)])
    return article if isinstance(article, Article) else None
