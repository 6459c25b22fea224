"""Revisions: what becomes of an article's earlier texts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from archive.models import Article, Origin, Revision
from archive.text import count_words, fold, unlink

MOST_ORIGINS = 20


def revise(article: Article, title: str, text: str, at: datetime) -> Article:
    """The article with a new title and text, its present ones kept as a revision.

    The same article comes back where neither is new. Sections belong to a text, so they go.
    """
    if (title, text) == (article.title, article.text):
        return article
    return replace(
        article,
        title=title,
        text=text,
        word_count=count_words(text),
        sections=(),
        changed_at=at,
        revisions=(*article.revisions, present_revision(article)),
    )


def present_revision(article: Article) -> Revision:
    """The article's present text as a revision; it came with the latest change, or at first."""
    return Revision(article.changed_at or article.archived_at, article.title, article.text)


def keep_texts(stored: Article, given: Article) -> Article:
    """The article to store in place of `stored`: as given, but with every text that was stored.

    Two processes may revise one article at once; neither's text is lost. A text of the same words
    (other links, other marks) may be replaced. Its place in lists is the stored one.
    """
    known = {(each.title, each.text) for each in (*given.revisions, present_revision(given))}
    earlier = (*stored.revisions, present_revision(stored))
    missing = tuple(each for each in earlier if (each.title, each.text) not in known)
    sort_at = stored.sort_at or given.sort_at
    if missing:
        words = {_words(each) for each in (*given.revisions, present_revision(given))}
        missing = tuple(each for each in missing if _words(each) not in words)
    if not missing:
        return replace(given, sort_at=sort_at)
    revisions = sorted((*given.revisions, *missing), key=lambda each: each.archived_at)
    return replace(given, sort_at=sort_at, revisions=tuple(revisions))


def _words(revision: Revision) -> tuple[str, str]:
    return revision.title, fold(unlink(revision.text))


def merge_revisions(known: Article, more: Iterable[Revision]) -> tuple[Revision, ...]:
    """An article's revisions with others it had elsewhere, oldest first, each text once."""
    had = {(one.title, one.text) for one in known.revisions} | {(known.title, known.text)}
    missing = [one for one in more if (one.title, one.text) not in had]
    if not missing:
        return known.revisions
    return tuple(sorted([*known.revisions, *missing], key=lambda one: one.archived_at))


def merge_origins(known: tuple[Origin, ...], more: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """Known origins with newer statements in their place, and new ones behind.

    Of one feed the latest `MOST_ORIGINS`: some feeds give an entry a new id at every fetch. The
    feed that was first stays first.
    """
    by_key = {(origin.feed_url, origin.entry_id): origin for origin in known}
    by_key |= {(origin.feed_url, origin.entry_id): origin for origin in more}
    by_feed: dict[str, list[Origin]] = {}
    for origin in by_key.values():
        by_feed.setdefault(origin.feed_url, []).append(origin)
    return tuple(one for origins in by_feed.values() for one in origins[-MOST_ORIGINS:])
