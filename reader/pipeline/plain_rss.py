"""The items of plain RSS 2.0, as feedparser reads them, at a tenth of its cost.

Most feeds of blogs are plain: their items have a title, a link, texts, a date, topics and an
author, each stated once and as text. What such an item comes to hangs on nothing around it, so it
is read here; a document with anything else in it is feedparser's as a whole. Runs in worker
processes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.parsers import expat

_CREATOR = "http://purl.org/dc/elements/1.1/ creator"
_ENCODED = "http://purl.org/rss/1.0/modules/content/ encoded"
_UNREAD_OF_ITEM = frozenset(
    {
        "http://wellformedweb.org/CommentAPI/ commentRss",
        "http://purl.org/rss/1.0/modules/slash/ comments",
    }
)
_OF_ITEM = _UNREAD_OF_ITEM | {
    "title", "link", "guid", "pubDate", "description", "category", "comments", _CREATOR, _ENCODED,
}  # fmt: skip
_OF_IMAGE = frozenset({"url", "title", "link", "width", "height", "description"})
_OF_CHANNEL = frozenset(
    {
        "title", "link", "description", "language", "lastBuildDate", "pubDate", "generator", "docs",
        "ttl", "copyright", "managingEditor", "webMaster", "category", "image",
        "http://www.w3.org/2005/Atom link",
        "http://purl.org/rss/1.0/modules/syndication/ updatePeriod",
        "http://purl.org/rss/1.0/modules/syndication/ updateFrequency",
    }
)  # fmt: skip
_OUTSIDE = {"": "rss", "rss": "channel"}
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "rss": frozenset({"version"}),
    "guid": frozenset({"isPermaLink"}),
    "http://www.w3.org/2005/Atom link": frozenset({"href", "rel", "type"}),
}
_REFERENCE = re.compile("&([A-Za-z0-9_]+);")
# feedparser takes them for characters of Windows-1252.
_CONTROLS = re.compile("[\x80-\x9f]")
_PIECE_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class PlainFeed:
    """A document without its items, and these as feedparser would have them: what is used of them.

    Like its own they are mappings of what it names so.
    """

    around: bytes
    items: list[Mapping[str, Any]]


class _NotPlain(Exception):
    """feedparser must read the document."""


def read_plain(document: bytes) -> PlainFeed | None:
    """The document if it is plain and has items; it is in UTF-8 and states no encoding."""
    reader = _Reader()
    try:
        reader.parser.Parse(document, True)
    except (expat.ExpatError, _NotPlain):
        return None
    if not reader.items:
        return None
    return PlainFeed(document[: reader.start] + document[reader.end :], reader.items)


class _Reader:
    """The handlers of one pass; `start` and `end` are where the items stand in the document."""

    def __init__(self) -> None:
        self.items: list[Mapping[str, Any]] = []
        self.start = self.end = 0
        self._path: list[str] = []
        self._stated: dict[str, str] = {}
        self._categories: list[str] = []
        self._pieces: list[str] = []
        # With a separator it minds namespaces: an undeclared prefix is an error, as to feedparser.
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_size = _PIECE_BYTES
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._pieces.append
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartNamespaceDeclHandler = self._name

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if attributes and not attributes.keys() <= _ATTRIBUTES.get(name, frozenset()):
            raise _NotPlain
        around = self._path[-1] if self._path else ""
        if around == "item":
            if name not in _OF_ITEM or name in self._stated:
                raise _NotPlain
            if name == "guid":
                self._stated["isPermaLink"] = attributes.get("isPermaLink", "true")
        elif around == "channel":
            self._begin_of_channel(name)
        elif around == "image":
            if name not in _OF_IMAGE:
                raise _NotPlain
        elif name != _OUTSIDE.get(around) or self.items:
            raise _NotPlain
        self._path.append(name)
        self._pieces.clear()

    def _begin_of_channel(self, name: str) -> None:
        """What is around the items stands before them: feedparser's reading hangs on the order."""
        if name == "item":
            self.start = self.start or self.parser.CurrentByteIndex
        elif self.start or name not in _OF_CHANNEL:
            raise _NotPlain

    def _end(self, name: str) -> None:
        self._path.pop()
        if name == "item":
            self.items.append(_as_feedparser(self._stated, self._categories))
            self._stated, self._categories = {}, []
        elif name == "channel":
            self.end = self.parser.CurrentByteIndex
        elif self._path and self._path[-1] == "item":
            text = "".join(self._pieces).strip()
            if name == "category":
                self._categories.append(_mended(text))
            else:
                self._stated[name] = text

    def _name(self, prefix: str | None, uri: str | None) -> None:
        """A namespace is named at the root, and as all name it: feedparser goes by names too."""
        known = _usual_prefixes()
        usual = known.get((uri or "").lower())
        if self._path or not prefix or prefix != (usual or prefix):
            raise _NotPlain
        if not usual and prefix in known.values():
            raise _NotPlain

    def _refuse(self, *_: object) -> None:
        raise _NotPlain


def _as_feedparser(stated: Mapping[str, str], categories: list[str]) -> Mapping[str, Any]:
    """An item of what its elements state; what is not stated is empty."""
    title, creator = stated.get("title", ""), _mended(stated.get(_CREATOR, ""))
    if "@" in creator:
        raise _NotPlain  # feedparser tells the name from the letter box
    return {
        "title_detail": {
            "type": "text/html" if _looks_like_html(title) else "text/plain",
            "value": _mended(title),
        },
        "summary_detail": _as_html(stated.get("description", "")),
        "content": [_as_html(stated.get(_ENCODED, ""))],
        "published": _mended(stated.get("pubDate", "")),
        "author": creator,
        "authors": [{"name": creator}],
        "tags": [{"term": each} for each in dict.fromkeys(categories) if each],
        "comments": _address(stated.get("comments", "")),
        **_identity(stated),
    }


def _identity(stated: Mapping[str, str]) -> Mapping[str, str]:
    """The id and the link, which is the id where there is none and that is an address."""
    entry_id = stated.get("guid", "")
    is_address = stated.get("isPermaLink") == "true"
    entry_id = _address(entry_id) if is_address else _mended(entry_id)
    link = stated.get("link")
    if link is None:
        return {"id": entry_id, "link": entry_id if is_address else ""}
    # As it mends what was escaped twice.
    return {"id": entry_id, "link": _REFERENCE.sub(r"&\g<1>", _address(link).replace("&amp;", "&"))}


def _as_html(text: str) -> Mapping[str, str]:
    return {"type": "text/html", "value": _mended(text)}


@cache
def _usual_prefixes() -> Mapping[str, str]:
    """The prefixes of namespaces in feedparser's list."""
    from feedparser.api import StrictFeedParser

    return {uri.lower(): prefix for uri, prefix in StrictFeedParser.namespaces.items()}


def _looks_like_html(title: str) -> bool:
    """What feedparser guesses of a title, which it asks for an end tag or a reference."""
    if "</" not in title and "&" not in title:
        return False
    from feedparser.api import StrictFeedParser

    return bool(StrictFeedParser.looks_like_html(title))


def _address(text: str) -> str:
    if ":///" in text:
        raise _NotPlain  # feedparser takes one of them out
    return _mended(text)


def _mended(text: str) -> str:
    """Text in UTF-8 that was taken for Latin 1 on its way, as feedparser mends it."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode()
    if _CONTROLS.search(text):
        raise _NotPlain
    return text
