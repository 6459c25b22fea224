"""Articles, marks and feeds as the JSON documents that TinyDB keeps, and back.

Instants are ISO 8601 in UTC with `Z`. Fields that state nothing are left out, and so is what
follows from others: a place in lists by the claimed date, an entry's link that is the article's
address. Reading checks the kind of each field: DamagedFile names one that is not what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, TypeVar, cast

import orjson

from archive.dropped import dropped_document, dropped_from
from archive.errors import DamagedFile
from archive.feed_settings import settings_document, settings_from
from archive.fields import Fields, instant_text, storable_value
from archive.highlights import highlight_documents, highlights_from
from archive.models import (
    Article,
    Feed,
    Mark,
    Origin,
    Revision,
    Section,
    TextFrom,
)
from archive.picture_documents import page_document, page_from
from archive.section_tags import section_tag_documents, section_tags_from
from archive.stated import stated_document, stated_from

Document = dict[str, Any]

T = TypeVar("T")

_TEXT_FROM = ("page", "feed", "summary", "title")


def read_each(
    table: Mapping[str, Document], read: Callable[[Document, int], T], *, tolerant: bool = False
) -> dict[int, T]:
    """What `read` makes of each document of a table and its number, by number, in order.

    DamagedFile for one that is not what was written; a `tolerant` reader passes over it.
    """
    found: dict[int, T] = {}
    for key in sorted(filter(str.isdecimal, table), key=int):
        try:
            found[int(key)] = read(table[key], int(key))
        except DamagedFile:
            if not tolerant:
                raise
    return found


def article_document(article: Article) -> Document:
    """The document of an article; its id is not in it, as the file's key says it."""
    return _stated(
        {
            "url": article.url,
            "title": article.title,
            "archived_at": instant_text(article.archived_at),
            "sort_at": None if _is_in_its_place(article) else _instant_or_none(article.sort_at),
            "published_at": _instant_or_none(article.published_at),
            "updated_at": _instant_or_none(article.updated_at),
            "fetched_at": _instant_or_none(article.fetched_at),
            "changed_at": _instant_or_none(article.changed_at),
            "gone_at": _instant_or_none(article.gone_at),
            "origins": [_origin_document(origin, article.url) for origin in article.origins],
            "canonical_url": article.canonical_url,
            "source_url": article.source_url,
            "site_name": article.site_name,
            "feed_title": article.feed_title,
            "author": article.author,
            "byline": article.byline,
            "language": article.language,
            "word_count": article.word_count,
            "text_from": article.text_from,
            "page": page_document(article.page),
            **stated_document(article),
            "notes": list(article.notes),
            **dropped_document(article.removed),
            "sections": [_section_document(section) for section in article.sections],
            "text": article.text,
            "revisions": [_revision_document(revision) for revision in article.revisions],
        },
        always=("url", "title", "text"),
    )


def article_from(document: Mapping[str, Any], article_id: str) -> Article:
    """The article of a document. DamagedFile where a field is missing or of another kind."""
    read = Fields(document, f"article {article_id}")
    url = read.text("url", required=True)
    article = Article(
        article_id=article_id,
        url=url,
        title=read.text("title", required=True),
        text=read.text("text", required=True),
        archived_at=read.instant_required("archived_at"),
        sort_at=read.instant("sort_at"),
        published_at=read.instant("published_at"),
        updated_at=read.instant("updated_at"),
        fetched_at=read.instant("fetched_at"),
        changed_at=read.instant("changed_at"),
        gone_at=read.instant("gone_at"),
        origins=tuple(_origin_from(child, url) for child in read.children("origins")),
        canonical_url=read.text("canonical_url"),
        source_url=read.text("source_url") or None,
        site_name=read.text("site_name"),
        feed_title=read.text("feed_title"),
        author=read.text("author"),
        byline=read.text("byline"),
        language=read.text("language") or None,
        word_count=read.number("word_count"),
        text_from=_text_from(read.text("text_from")),
        page=page_from(read.child("page")),
        notes=read.texts("notes"),
        removed=dropped_from(read),
        sections=tuple(_section_from(child) for child in read.children("sections")),
        revisions=tuple(_revision_from(child) for child in read.children("revisions")),
        **stated_from(read),
    )
    return with_sort_instant(article)


def document_hash(article: Article) -> str:
    """16 hexadecimal digits that change with anything the article's document says."""
    return _digest(orjson.dumps(article_document(article)))


class Drawn(NamedTuple):
    """An article with its document, and how many bytes and which hash that has."""

    article: Article
    document: Document
    size: int
    hash: str


def storable(article: Article) -> Article:
    """The article without what JSON in UTF-8 or SQLite cannot hold, as `storable_value` has it."""
    return drawn(article).article


def drawn(article: Article) -> Drawn:
    """The same, with its document."""
    document = article_document(article)
    try:
        encoded = orjson.dumps(document, option=orjson.OPT_STRICT_INTEGER)
    except orjson.JSONEncodeError:
        article = article_from(storable_value(document), article.article_id)
        document = article_document(article)
        encoded = orjson.dumps(document)
    return Drawn(article, document, len(encoded), _digest(encoded))


def _digest(encoded: bytes) -> str:
    from hashlib import blake2b  # loads OpenSSL, which listings do without

    return blake2b(encoded, digest_size=8).hexdigest()


def mark_document(mark: Mark) -> Document:
    """The document of a mark; empty for an article that nothing was done with."""
    return _stated(
        {
            "read": mark.read,
            "starred": mark.starred,
            "tags": list(mark.tags),
            "position": storable_value(mark.position),
            "note": mark.note,
            "hidden_by": mark.hidden_by,
            "highlights": highlight_documents(mark.highlights),
            "section_tags": section_tag_documents(mark.section_tags),
        }
    )


def mark_from(document: Mapping[str, Any]) -> Mark:
    """The mark of a document. DamagedFile where a field is of another kind."""
    read = Fields(document, "mark")
    return Mark(
        read=read.truth("read"),
        starred=read.truth("starred"),
        tags=read.texts("tags"),
        position=read.number("position"),
        note=read.text("note"),
        hidden_by=read.text("hidden_by"),
        highlights=highlights_from(read.children("highlights")),
        section_tags=section_tags_from(read.children("section_tags")),
    )


def feed_document(feed: Feed) -> Document:
    """The document of a feed; its id is the document's."""
    return _stated(
        {
            "feed_url": feed.feed_url,
            "title": feed.title,
            "user_title": feed.user_title,
            "site_url": feed.site_url,
            "folder": feed.folder,
            "tags": list(feed.tags),
            "added_at": _instant_or_none(feed.added_at),
            "former_urls": list(feed.former_urls),
            "selector": feed.selector,
            "settings": settings_document(feed.settings),
        }
    )


def feed_from(document: Mapping[str, Any], feed_id: str) -> Feed:
    """The feed of a document. DamagedFile where a field is missing or of another kind."""
    read = Fields(document, f"feed {feed_id}")
    return Feed(
        feed_id=feed_id,
        feed_url=read.text("feed_url", required=True),
        title=read.text("title"),
        user_title=read.text("user_title"),
        site_url=read.text("site_url"),
        folder=read.text("folder"),
        tags=read.texts("tags"),
        added_at=read.instant("added_at"),
        former_urls=read.texts("former_urls"),
        selector=read.text("selector"),
        settings=settings_from(read.child("settings")),
    )


def with_sort_instant(article: Article, new_id: str = "") -> Article:
    """The article with its place in lists: the earlier of its claimed date and first sight.

    With `new_id` it has that id.
    """
    if article.sort_at is not None and not new_id:
        return article
    return replace(
        article,
        article_id=new_id or article.article_id,
        sort_at=place_of(article),
    )


def place_of(article: Article) -> datetime:
    """The instant that lists show an article under; fixed in the volume once it is saved."""
    return article.sort_at or own_place(article)


def own_place(article: Article) -> datetime:
    """That instant as the others of the article have it."""
    return min(article.published_at or article.archived_at, article.archived_at)


def _is_in_its_place(article: Article) -> bool:
    return article.sort_at == own_place(article)


def _stated(fields: Document, always: tuple[str, ...] = ()) -> Document:
    """The fields that say something: not None, not empty, not False, not zero."""
    return {name: value for name, value in fields.items() if value or name in always}


def _instant_or_none(instant: datetime | None) -> str | None:
    return instant_text(instant) if instant else None


def _origin_document(origin: Origin, url: str) -> Document:
    fields: Document = {
        "feed_url": origin.feed_url,
        "entry_id": origin.entry_id,
        "entry_hash": origin.entry_hash,
    }
    if origin.link != url:
        fields["link"] = origin.link
    return _stated(fields, always=("feed_url", "entry_id", "link"))


def _origin_from(read: Fields, url: str) -> Origin:
    return Origin(
        feed_url=read.text("feed_url", required=True),
        entry_id=read.text("entry_id", required=True),
        entry_hash=read.text("entry_hash"),
        link=read.text("link", otherwise=url),
    )


def _section_document(section: Section) -> Document:
    return {
        "number": section.number,
        "heading": section.heading,
        "level": section.level,
        "start": section.start,
    }


def _section_from(read: Fields) -> Section:
    return Section(
        number=read.number("number"),
        heading=read.text("heading"),
        level=read.number("level"),
        start=read.number("start"),
    )


def _revision_document(revision: Revision) -> Document:
    return {
        "archived_at": instant_text(revision.archived_at),
        "title": revision.title,
        "text": revision.text,
    }


def _revision_from(read: Fields) -> Revision:
    return Revision(
        archived_at=read.instant_required("archived_at"),
        title=read.text("title"),
        text=read.text("text"),
    )


def _text_from(text: str) -> TextFrom:
    return cast("TextFrom", text) if text in _TEXT_FROM else "page"
