"""RSS, RDF and Atom: feedparser's reading of a document as entries.

feedparser gets bytes in a `BytesIO` and nothing else (it would open a string as an address or a
file), in UTF-8 that was decided before, without its own sanitizing and resolving of links: those
take four fifths of its time, and `html_to_markdown` does both. Runs in worker processes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from archive.characters import clean_line
from reader.pipeline.charset import drop_declaration
from reader.pipeline.clean import clean_markup, clean_url
from reader.pipeline.dates import parse_date
from reader.pipeline.identify import language_code
from reader.pipeline.parse import (
    ENTRY_LIMIT,
    Entry,
    FeedParseError,
    ParsedFeed,
    cut_note,
    plain_text,
    text_as_html,
)
from reader.pipeline.trim import trim_entries


def parse_xml_feed(text: str, url: str) -> ParsedFeed:
    """The feed in a decoded document. Raises FeedParseError if nothing of it can be read."""
    data = clean_markup(drop_declaration(text)).encode("utf-8", "replace")
    data, entry_count = trim_entries(data, ENTRY_LIMIT)
    parsed = _read(data)
    version = parsed.get("version") or ""
    if not parsed.entries and (parsed.bozo or not version):
        raise FeedParseError("is broken XML" if parsed.bozo else "is not a feed")
    notes = ["The feed is broken XML; what could be read of it was kept."] if parsed.bozo else []
    if entry_count > ENTRY_LIMIT:
        notes.append(cut_note(entry_count))
    stated = parsed.feed
    language = language_code(stated.get("language") or "")
    authors = _authors(stated) if version.startswith("atom") else ""
    return ParsedFeed(
        title=_line(stated.get("title_detail")),
        site_url=clean_url(stated.get("link") or "", url),
        entries=tuple(_entry(item, url, language, authors) for item in parsed.entries),
        notes=tuple(notes),
    )


def _read(data: bytes) -> Any:
    """What feedparser makes of a document; its own crashes mean that the document is broken."""
    import feedparser

    try:
        return feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError):
        raise FeedParseError("is broken XML") from None


def _entry(item: Mapping[str, Any], url: str, language: str, feed_authors: str) -> Entry:
    published = _date(item, ("published", "created"), language)
    updated = _date(item, ("updated", "modified"), language)
    return Entry(
        entry_id=clean_line(item.get("id") or "")[:2000],
        url=_link(item, url),
        title=_line(item.get("title_detail")),
        # RFC 4287, 4.2.1: an entry without an author has its feed's.
        author=_authors(item) or feed_authors,
        published_at=published or updated,
        updated_at=updated,
        summary_html=_markup(item.get("summary_detail"), url),
        content_html=max(
            (_markup(part, url) for part in item.get("content") or ()), key=len, default=""
        ),
        language=language_code(_stated(item, "language")) or language,
    )


def _stated(item: Mapping[str, Any], key: str) -> str:
    """A string that the document states; feedparser answers some keys with another's value."""
    value = item[key] if key in dict.keys(item) else ""  # type: ignore[arg-type]
    return value if isinstance(value, str) else ""


def _link(item: Mapping[str, Any], url: str) -> str:
    """The entry's address; the id only where it is an address itself."""
    original = item.get("feedburner_origlink")
    link = original or item.get("link") or ""
    if link == item.get("id"):
        return clean_url(link)
    base = clean_url((item.get("title_detail") or {}).get("base") or "", url)
    return clean_url(link, base or url)


def _line(detail: Mapping[str, Any] | None) -> str:
    """A title as one clean line, decoded once if its document says or shows that it is HTML."""
    if not detail:
        return ""
    value = detail.get("value") or ""
    return clean_line(value) if detail.get("type") == "text/plain" else plain_text(value)


def _markup(detail: Mapping[str, Any] | None, url: str) -> str:
    """A text as HTML; one with a base of its own says so in a leading `<base>`."""
    value = (detail or {}).get("value") or ""
    if not detail or not value.strip():
        return ""
    if detail.get("type") == "text/plain":
        return text_as_html(value)
    base = clean_url(detail.get("base") or "", url)
    return f'<base href="{base}">{value}' if detail.get("base") and base else value


def _authors(item: Mapping[str, Any]) -> str:
    names = [clean_line(author.get("name") or "") for author in item.get("authors") or ()]
    names = [name for name in names if name] or [clean_line(item.get("author") or "")]
    return ", ".join(dict.fromkeys(names))


def _date(item: Mapping[str, Any], keys: tuple[str, ...], language: str) -> datetime | None:
    languages = (language,) if language else ()
    for key in keys:
        if moment := parse_date(_stated(item, key), languages):
            return moment
    return None
