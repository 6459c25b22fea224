"""What the index knows of articles whose volume is damaged: all but their texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from archive.index_rows import instant_of
from archive.lost import Known
from archive.models import Article, Origin

_ARTICLE = (
    "SELECT lower(hex(a.doc_hash)), a.article_id, a.url, a.title, a.outlet, a.author, a.language,"
    " a.text_from, a.archived_at, a.sort_at, a.published_at, a.gone_at, a.changed_at,"
    " coalesce(f.title, '')"
    " FROM articles a LEFT JOIN feeds f ON f.feed_key = a.feed_key WHERE a.article_id = ?"
)
_ORIGINS = (
    "SELECT feed_url, entry_id, entry_hash FROM origins JOIN feeds USING (feed_key)"
    " WHERE article_id = ? ORDER BY feed_key <> (SELECT feed_key FROM articles"
    " WHERE article_id = ?)"
)


def known_articles(db: sqlite3.Connection, article_ids: Iterable[str]) -> list[Known]:
    """The articles of these ids that are known, without texts; their first feed is the first."""
    found = []
    for article_id in article_ids:
        row = db.execute(_ARTICLE, (article_id,)).fetchone()
        if row:
            origins = db.execute(_ORIGINS, (article_id, article_id)).fetchall()
            article = replace(_article(row[1:]), origins=tuple(Origin(*each) for each in origins))
            found.append(Known(article, row[0]))
    return found


def _article(row: tuple[Any, ...]) -> Article:
    article_id, url, title, outlet, author, language, text_from, *instants, feed_title = row
    archived_at, sort_at, published_at, gone_at, changed_at = (
        None if each is None else instant_of(each) for each in instants
    )
    return Article(
        article_id=article_id,
        url=url,
        title=title,
        text="",
        site_name="" if outlet == feed_title else outlet,
        feed_title=feed_title,
        author=author,
        language=language,
        text_from=text_from,
        archived_at=archived_at or instant_of(0),
        sort_at=sort_at,
        published_at=published_at,
        gone_at=gone_at,
        changed_at=changed_at,
    )
