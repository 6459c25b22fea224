"""A feed's document becomes entries: RSS, RDF, Atom by `xmlfeed`, JSON Feed by `jsonfeed`.

An entry is what the feed means by it, as plain values; HTML in it is still raw and comes to be
Markdown in `extract`. Here is what an entry is, and which document is a feed at all; `finish`
gives entries their ids and hashes. `parse_feed` runs in worker processes.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from sys import getsizeof

from archive.characters import clean_line
from archive.feed_models import Stated
from reader.pipeline.attached import Attached
from reader.pipeline.charset import decode, drop_declaration
from reader.pipeline.clean import clean_markup
from reader.pipeline.sent import quickly_sent
from reader.pipeline.stated import stated_in
from reader.pipeline.traces import Traces
from reader.pipeline.workers import Refused

ENTRY_LIMIT = 1000
# A description this long, in characters of text, is the article's text and no summary of it.
LONG_DESCRIPTION = 1000
NOTHING_KNOWN = Traces()
NOTHING_ATTACHED = Attached()

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


class _Gaps(dict[str | None, str]):
    """What is left of a tag or comment: nothing of one within a word, else a space."""

    def __missing__(self, name: str) -> str:
        return "" if name.lower() in _INLINE else " "


_GAPS = _Gaps({None: " ", "p": " ", "li": " ", "div": " ", "br": " ", "img": " "})
_GAPS |= dict.fromkeys(_INLINE, "")


class FeedParseError(Refused):
    """The document is no feed, or nothing of it can be read; the text is a clause that says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as its feed states it.

    `entry_id` is unique within the feed and stays; `entry_hash` changes with what the feed says.
    `content_html` is the text in full, `summary_html` a part of it; `url` is empty without a link.
    Dates are what the feed claims, in UTC, not yet judged. `trace` is that of its element in an
    XML document (`traces`), empty where the entry must be parsed every time.
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
    attached: Attached = NOTHING_ATTACHED
    entry_hash: str = ""
    trace: bytes = field(default=b"", compare=False)


quickly_sent(Entry, Attached)


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as its document states it; `notes` say in sentences what is missing or broken.

    `stated` is how often it asks to be read. `known_count` entries were known by their traces and
    are not among `entries`; `traces` are those to know all of them by the next time.
    """

    title: str = ""
    site_url: str = ""
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    stated: Stated = field(default_factory=Stated)
    known_count: int = 0
    traces: Traces = NOTHING_KNOWN

    @property
    def text_bytes(self) -> int:
        """How much memory the texts of the entries take."""
        texts = ((one.content_html, one.summary_html) for one in self.entries)
        return sum(map(getsizeof, chain.from_iterable(texts)))


def parse_feed(
    body: bytes, content_type: str, url: str, known: Traces = NOTHING_KNOWN, is_cut: bool = False
) -> ParsedFeed:
    """The feed in `body`, which was fetched from `url`; at most the newest 1,000 entries.

    `known` are traces that an earlier parsing gave: XML entries that have not changed since are
    not parsed again, and only counted. Of a document that `is_cut` the whole entries are read.
    Raises FeedParseError with a clause that says why the document cannot be read as a feed.
    """
    from reader.pipeline.finish import finish
    from reader.pipeline.jsonfeed import parse_json_feed
    from reader.pipeline.xmlfeed import parse_xml_feed

    if is_cut:
        # No character may be left in halves, by which its encoding would not be told any more.
        body = body[: max(map(body.rfind, (b">", b"}"))) + 1]
    text = decode(body, content_type).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise FeedParseError("is empty")
    if text[0] in "{[":
        return finish(parse_json_feed(text, url, is_cut=is_cut))
    root = root_name(text)
    if root in ("html", "body", "head"):
        raise FeedParseError("is a web page, not a feed")
    if root == "opml":
        raise FeedParseError("is a list of feeds (OPML), not a feed")
    stated = stated_in(text)
    document = clean_markup(drop_declaration(text)).encode("utf-8", "replace")
    del text  # of four times its size where it has one emoji
    return replace(parse_xml_feed(document, url, known, is_cut=is_cut), stated=stated)


def root_name(markup: str) -> str:
    """The name of a document's first element without its prefix, in lower case; empty if none.

    `<!doctype html>` counts as html: what follows it is a page.
    """
    if re.match(r"\s*<!doctype\s+html", markup[:200], re.IGNORECASE):
        return "html"
    match = re.search(r"<([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)", _UNSEEN.sub("", markup[:20000]))
    return match[2].lower() if match else ""


def cut_note(entry_count: int) -> str:
    """The sentence about a feed with more entries than are read."""
    return f"Of {entry_count:,} entries only the newest {ENTRY_LIMIT:,} were read."


def plain_text(markup: str) -> str:
    """The words of a piece of HTML on one line, safe for a terminal; entities decoded once."""
    # Text and names of tags in turn; of a tag within a word nothing is left, else a space.
    parts = _TAG.split(markup)
    parts[1::2] = [_GAPS[name] for name in parts[1::2]]
    return clean_line(html.unescape("".join(parts)))


def text_as_html(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, line breaks stay."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part]
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)
