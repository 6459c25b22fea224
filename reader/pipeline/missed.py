"""Pages that a refresh missed as their host wanted to be left alone: which a later one takes.

The entries may have left their feed by then, so they are what their articles say. Pure but for the
archive that is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from archive.archive import Archive
from archive.models import Article
from reader.pipeline.assemble import FeedTexts
from reader.pipeline.attached import Attached
from reader.pipeline.parse import ENTRY_LIMIT, Entry
from reader.pipeline.recheck import PERIOD


def missed_now(before: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """The ids of entries whose pages are still to be taken: the latest, as many as a feed has."""
    return tuple(dict.fromkeys((*before, *new)))[-ENTRY_LIMIT:]


def missed_entries(
    archive: Archive,
    known: Mapping[str, tuple[str, str]],
    entry_ids: Sequence[str],
    now: datetime,
) -> Iterator[tuple[Entry, FeedTexts, str]]:
    """Those of the entries that still lack their page: entry, the feed's texts, and article id.

    `known` has (article_id, entry_hash) by entry_id. After 30 days a page is given up.
    """
    for entry_id in entry_ids:
        article_id, entry_hash = known.get(entry_id, ("", ""))
        if not article_id:  # removed meanwhile
            continue
        article = archive.get(article_id)
        if article.url and article.text_from != "page" and now - article.archived_at < PERIOD:
            yield entry_of(article, entry_id, entry_hash), texts_of(article), article_id


def entry_of(article: Article, entry_id: str, entry_hash: str) -> Entry:
    """The entry that an article was made of, as far as the article tells."""
    return Entry(
        entry_id,
        url=article.url,
        title=article.title,
        author=article.author,
        published_at=article.claimed_at or article.published_at,
        updated_at=article.updated_at,
        language=article.language or "",
        attached=Attached(
            article.categories,
            article.enclosures,
            article.image_url,
            article.comments_url,
            article.location,
        ),
        entry_hash=entry_hash,
    )


def texts_of(article: Article) -> FeedTexts:
    """The texts that the feed gave for an article without its page."""
    return FeedTexts(
        content=article.text if article.text_from == "feed" else "",
        summary=article.text if article.text_from == "summary" else "",
    )
