"""A feed's document becomes entries: RSS, RDF, Atom by `xmlfeed`, JSON Feed by `jsonfeed`.

An entry is what the feed means by it, as plain values; HTML in it is still raw and comes to be
Markdown in `extract`. Here is what holds for every format: which document is a feed at all, ids
that tell entries apart, hashes that tell changes. `parse_feed` runs in worker processes.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from archive.characters import clean_line
from archive.urls import url_key
from reader.pipeline.charset import decode
from reader.pipeline.workers import Refused

ENTRY_LIMIT = 1000
# A description this long, in characters of text, is the article's text and no summary of it.
LONG_DESCRIPTION = 1000

_UNSEEN = re.compile(r"<!--.*?-->|<\?.*?\?>|<![A-Za-z][^>\[]*(?:\[[^\]]*\])?\s*>", re.DOTALL)
_TAG = re.compile(
    r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>|</?([a-zA-Z][\w:-]*)[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "wbr",
    }
)


class FeedParseError(Refused):
    """The document is no feed, or nothing of it can be read; the text is a clause that says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as its feed states it.

    `entry_id` is unique within the feed and stays; `entry_hash` changes with what the feed says.
    `content_html` is the text in full, `summary_html` a part of it; `url` is empty without a link.
    Dates are what the feed claims, in UTC, not yet judged.
    """

    entry_id: str
    url: str = ""
    title: str = ""
    author: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    summary_html: str = ""
    content_html: str = ""
    language: str = ""
    entry_hash: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as its document states it; `notes` say in sentences what is missing or broken."""

    title: str = ""
    site_url: str = ""
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()


def parse_feed(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """The feed in `body`, which was fetched from `url`; at most the newest 1,000 entries.

    Raises FeedParseError with a clause that says why the document cannot be read as a feed.
    """
    from reader.pipeline.jsonfeed import parse_json_feed
    from reader.pipeline.xmlfeed import parse_xml_feed

    text = decode(body, content_type).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise FeedParseError("is empty")
    if text[0] in "{[":
        return finish(parse_json_feed(text, url))
    root = root_name(text)
    if root in ("html", "body", "head"):
        raise FeedParseError("is a web page, not a feed")
    if root == "opml":
        raise FeedParseError("is a list of feeds (OPML), not a feed")
    return finish(parse_xml_feed(text, url))


def root_name(markup: str) -> str:
    """The name of a document's first element without its prefix, in lower case; empty if none.

    `<!doctype html>` counts as html: what follows it is a page.
    """
    if re.match(r"\s*<!doctype\s+html", markup[:200], re.IGNORECASE):
        return "html"
    match = re.search(r"<([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)", _UNSEEN.sub("", markup[:20000]))
    return match[2].lower() if match else ""


def finish(feed: ParsedFeed) -> ParsedFeed:
    """The feed with entries that say something, each with a hash and an id of its own."""
    entries = [_without_repeat(entry) for entry in feed.entries]
    entries = [entry for entry in entries if entry.title or entry.url or _texts(entry)]
    stated = Counter(entry.entry_id for entry in entries)
    finished: dict[str, Entry] = {}
    for entry in entries[:ENTRY_LIMIT]:
        entry_hash = _hash(entry)
        entry_id = entry.entry_id
        if not entry_id or stated[entry_id] > 1:
            entry_id = _own_id(entry)
        if entry_id in finished and finished[entry_id].entry_hash != entry_hash:
            entry_id = f"{entry_id} {_digest(entry.title, _texts(entry))}"
        finished.setdefault(entry_id, replace(entry, entry_id=entry_id, entry_hash=entry_hash))
    notes = feed.notes
    if len(entries) > ENTRY_LIMIT:
        notes = (*notes, cut_note(len(entries)))
    return replace(feed, entries=tuple(finished.values()), notes=notes)


def cut_note(entry_count: int) -> str:
    """The sentence about a feed with more entries than are read."""
    return f"Of {entry_count:,} entries only the newest {ENTRY_LIMIT:,} were read."


def _without_repeat(entry: Entry) -> Entry:
    """The entry with its text once: a long description is the text, an equal summary is dropped."""
    if entry.content_html:
        same = entry.summary_html == entry.content_html
        return replace(entry, summary_html="") if same else entry
    if len(plain_text(entry.summary_html)) > LONG_DESCRIPTION:
        return replace(entry, content_html=entry.summary_html, summary_html="")
    return entry


def _own_id(entry: Entry) -> str:
    """An id for an entry whose feed gives none, or gives several entries the same."""
    place = url_key(entry.url) if entry.url else _digest(entry.title, str(entry.published_at))
    return f"{entry.entry_id} {place}".strip()


def _hash(entry: Entry) -> str:
    """Changes with the words of an entry and its dates, not with the attributes of its markup."""
    return _digest(
        entry.url, entry.title, entry.author, str(entry.published_at), str(entry.updated_at),
        _texts(entry),
    )  # fmt: skip


def _texts(entry: Entry) -> str:
    return plain_text(f"{entry.summary_html} {entry.content_html}")


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(joined, digest_size=12).hexdigest()


def plain_text(markup: str) -> str:
    """The words of a piece of HTML on one line, safe for a terminal; entities decoded once."""
    return clean_line(html.unescape(_TAG.sub(_space_of_tag, markup)))


def _space_of_tag(match: re.Match[str]) -> str:
    """What a tag leaves behind: nothing within a word, a space between blocks."""
    return "" if match[1] and match[1].lower() in _INLINE else " "


def text_as_html(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, line breaks stay."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part]
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)
