"""RSS, RDF and Atom: feedparser's reading of a document as entries.

feedparser gets bytes in a `BytesIO` and nothing else (it would open a string as an address or a
file), in UTF-8 that was decided before, without its own sanitizing and resolving of links: those
take four fifths of its time, and `html_to_markdown` does both. Runs in worker processes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from archive.characters import clean_line
from reader.pipeline.attached import attached_to_item
from reader.pipeline.clean import clean_url
from reader.pipeline.dates import DateReader
from reader.pipeline.elements import Element, cut_out, find_elements
from reader.pipeline.finish import IdTaken, finish
from reader.pipeline.identify import language_code
from reader.pipeline.parse import (
    ENTRY_LIMIT,
    Entry,
    FeedParseError,
    ParsedFeed,
    cut_note,
    plain_text,
    root_name,
    text_as_html,
)
from reader.pipeline.plain_rss import read_plain
from reader.pipeline.traces import Traces, id_trace, trace
from reader.pipeline.trim import trim_entries

_MAILBOX = re.compile(r"\S+@\S+\s+\(([^()]{1,200})\)|([^<>@]{1,200})<\S+@\S+>")
SAX_DRIVER = "reader.pipeline.sax_driver"
BROKEN = "The feed is broken XML; what could be read of it was kept."


def parse_xml_feed(data: bytes, url: str, known: Traces, *, is_cut: bool = False) -> ParsedFeed:
    """The feed in a document. Raises FeedParseError if nothing of it can be read.

    `data` is clean markup in UTF-8 that states no encoding. What is known is cut out first; where
    that cannot be, the document is read whole. One that `is_cut` at its end is read as far as its
    entries are whole.
    """
    data, entry_count = trim_entries(data, ENTRY_LIMIT, is_cut=is_cut)
    elements = find_elements(data)
    feed = (known.ids and _read_new(data, elements, url, known)) or _read_all(data, elements, url)
    if entry_count > ENTRY_LIMIT:
        feed = replace(feed, notes=(*feed.notes, cut_note(entry_count)))
    return feed


def _read_new(
    data: bytes, elements: Sequence[Element], url: str, known: Traces
) -> ParsedFeed | None:
    """The feed with the entries that are not known; None where only the whole document will do."""
    new = [each for each in elements if each.trace not in known.ids]
    old = [each for each in elements if each.trace in known.ids]
    if not old:
        return None
    try:
        feed, inherited = _read(cut_out(data, old), url)
        if inherited != known.inherited or len(feed.entries) != len(new) or feed.notes:
            return None
        seen = {each.trace: known.ids[each.trace] for each in old}
        feed = finish(feed, frozenset(seen.values()), [each.trace for each in new])
    except (IdTaken, FeedParseError):
        return None
    traces = Traces(inherited, seen | _ids(feed))
    return replace(feed, known_count=len(seen), traces=traces)


def _read_all(data: bytes, elements: Sequence[Element], url: str) -> ParsedFeed:
    feed, inherited = _read(data, url)
    if len(feed.entries) != len(elements) or feed.notes:
        return finish(feed)
    feed = finish(feed, traces=[each.trace for each in elements])
    return replace(feed, traces=Traces(inherited, _ids(feed)))


def _ids(feed: ParsedFeed) -> dict[bytes, bytes]:
    return {entry.trace: id_trace(entry.entry_id) for entry in feed.entries if entry.trace}


def _read(data: bytes, url: str) -> tuple[ParsedFeed, bytes]:
    """The feed as stated, its entries without ids of their own, and the trace of what they inherit.

    Notes say that the document is broken.
    """
    parsed, items = _parsed(data)
    version = parsed.get("version") or ("cdf" if _is_cdf(data) else "")
    if not items and (parsed.bozo or not version):
        raise FeedParseError("is broken XML" if parsed.bozo else "is not a feed")
    stated = parsed.feed
    language = language_code(stated.get("language") or "")
    authors = _authors(stated) if version.startswith("atom") else ""
    dates = DateReader(filter(None, [language]))
    feed = ParsedFeed(
        title=_line(stated.get("title_detail")),
        site_url=clean_url(stated.get("link") or "", url),
        entries=tuple(_entry(item, url, language, authors, dates) for item in items),
        notes=(BROKEN,) if parsed.bozo else (),
    )
    return feed, trace(url, language, authors)


def _parsed(data: bytes) -> tuple[Any, Sequence[Mapping[str, Any]]]:
    """What feedparser makes of a document, and the items; those of plain RSS are read without it.

    As plain dicts: feedparser's own answer keys with those of others, and slowly.
    """
    if plain := read_plain(data):
        around = _parse(plain.around)
        if not around.bozo and not around.entries:
            return around, plain.items
    parsed = _parse(data)
    return parsed, [dict(item) for item in parsed.entries]


def _is_cdf(data: bytes) -> bool:
    """Whether the document is Microsoft's Channel Definition Format, which feedparser names not."""
    return root_name(data[:20000].decode("utf-8", "replace")) == "channel"


def _parse(data: bytes) -> Any:
    """What feedparser makes of a document; its own crashes mean that the document is broken."""
    import feedparser

    if SAX_DRIVER not in feedparser.api.PREFERRED_XML_PARSERS:
        feedparser.api.PREFERRED_XML_PARSERS.insert(0, SAX_DRIVER)
        feedparser.registerDateHandler(_unread)
    try:
        return feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError):
        raise FeedParseError("is broken XML") from None


def _unread(_: str) -> tuple[int, ...]:
    """In place of what feedparser makes of a date, which is not used: `dates` reads its text."""
    return (0,) * 9


def _entry(
    item: Mapping[str, Any], url: str, language: str, feed_authors: str, dates: DateReader
) -> Entry:
    published = _date(item, ("published", "created"), dates)
    updated = _date(item, ("updated", "modified"), dates)
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
        language=_language(item) or language,
        attached=attached_to_item(item, _base(item, url)),
    )


def _language(item: Mapping[str, Any]) -> str:
    """The entry's own language: a `dc:language`, else the `xml:lang` of its title or text."""
    details = [item.get("title_detail"), item.get("summary_detail"), *(item.get("content") or ())]
    stated = [_stated(item, "language"), *((each or {}).get("language") or "" for each in details)]
    return next(filter(None, map(language_code, filter(None, stated))), "")


def _stated(item: Mapping[str, Any], key: str) -> str:
    """A string that the document states; empty if there is none."""
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _link(item: Mapping[str, Any], url: str) -> str:
    """The entry's address; the id only where it is an address itself."""
    original = item.get("feedburner_origlink")
    link = original or item.get("link") or ""
    if link == item.get("id"):
        return clean_url(link)
    return clean_url(link, _base(item, url))


def _base(item: Mapping[str, Any], url: str) -> str:
    """What the entry's links are relative to: its `xml:base`, else the feed's address."""
    return clean_url((item.get("title_detail") or {}).get("base") or "", url) or url


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
    # RSS 2.0 wants `mailbox (Name)`, of which feedparser cuts long domains in two.
    if mailbox := _MAILBOX.fullmatch(_stated(item, "author").strip()):
        return clean_line(mailbox[1] or mailbox[2])
    names = [clean_line(author.get("name") or "") for author in item.get("authors") or ()]
    names = [name for name in names if name] or [clean_line(item.get("author") or "")]
    return ", ".join(dict.fromkeys(names))


def _date(item: Mapping[str, Any], keys: tuple[str, ...], dates: DateReader) -> datetime | None:
    stated = filter(None, (_stated(item, key) for key in keys))
    return next(filter(None, map(dates.read, stated)), None)
