"""OPML subscription lists (opml.org/spec2.opml), read leniently and written plainly.

A folder is an outline without an address; folders within folders are joined by `/`. Reading
expands no entities and opens neither files nor the network. Only feeds of the web are read and
written: files and commands are of one machine, and no list from elsewhere may name them. A page
that is watched has its CSS selector in an attribute of our own, in the namespace `urn:newsreader`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree

from archive.characters import clean_line
from archive.models import Feed
from reader.addresses import is_local, is_web_address, without_feed_scheme
from reader.errors import ImportProblem

# Addresses with a bare `&` are common in such files; recovery would drop what follows it.
_BARE_AMPERSAND = re.compile(rb"&(?!(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);)")
NAMESPACE = "urn:newsreader"
REMEDY = "Give an OPML file: a list of subscriptions, as other readers export it"


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed as an OPML file lists it; `title` is that file's, not the user's."""

    feed_url: str
    site_url: str = ""
    folder: str = ""
    title: str = ""
    selector: str = ""


@dataclass(frozen=True, slots=True)
class OpmlList:
    """The feeds of a file in its order, each address once, and what was wrong with the rest.

    Each problem begins with its line: `line 12: ...`.
    """

    feeds: tuple[OpmlFeed, ...]
    problems: tuple[str, ...]


def read_opml(content: bytes, path: str) -> OpmlList:
    """The feeds in the OPML document `content`; `path` is what an error calls it.

    Broken XML is read as far as it goes. Raises ImportProblem when nothing in it is OPML.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(_with_escaped_ampersands(content), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ImportProblem(path, f"is not XML ({error})", REMEDY) from error
    if root is None:
        raise ImportProblem(path, "is not XML that can be read", REMEDY)
    if _name(root) != "opml":
        raise ImportProblem(path, f"is {_name(root)}, not OPML", REMEDY)
    broken = dict.fromkeys(f"line {error.line}: is broken XML" for error in parser.error_log)
    feeds: dict[str, OpmlFeed] = {}
    problems: list[str] = []
    for line, found in _outlines(root):
        if isinstance(found, str):
            problems.append(f"line {line}: {found}")
        else:
            feeds.setdefault(found.feed_url, found)
    return OpmlList(tuple(feeds.values()), (*broken, *problems))


def write_opml(feeds: Iterable[Feed]) -> str:
    """An OPML 2.0 document of the feeds, sorted by folder; what `read_opml` reads back the same."""
    feeds = [feed for feed in feeds if not is_local(feed.feed_url)]
    own = f' xmlns:newsreader="{NAMESPACE}"' if any(feed.selector for feed in feeds) else ""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<opml version="2.0"{own}>']
    lines += ["  <head><title>newsreader subscriptions</title></head>", "  <body>"]
    open_folders: list[str] = []
    for feed in sorted(feeds, key=lambda feed: feed.folder.split("/") if feed.folder else []):
        folders = feed.folder.split("/") if feed.folder else []
        lines += _move(open_folders, folders)
        open_folders = folders
        lines.append(_indent(folders) + _feed_outline(feed))
    return "\n".join([*lines, *_move(open_folders, []), "  </body>", "</opml>", ""])


def _with_escaped_ampersands(content: bytes) -> bytes:
    """The document with bare ampersands escaped; UTF-16 is left as it is."""
    return content if b"\0" in content[:4] else _BARE_AMPERSAND.sub(b"&amp;", content)


def _outlines(root: etree._Element) -> Iterator[tuple[int, OpmlFeed | str]]:
    """Every feed, or what is wrong with one, with its line; a stack, as files nest at will."""
    stack: list[tuple[etree._Element, tuple[str, ...]]] = [(root, ())]
    while stack:
        element, folders = stack.pop()
        inside = folders
        if _name(element) == "outline":
            values = {str(key).lower(): str(value) for key, value in element.attrib.items()}
            title = clean_line(values.get("title") or values.get("text") or "")
            if "xmlurl" in values:
                yield element.sourceline or 0, _feed(values, title, folders)
            elif values.get("type", "").lower() in ("rss", "atom"):
                yield element.sourceline or 0, f"{title or 'an outline'} has no feed address"
            elif title:
                inside = (*folders, *(part.strip() for part in title.split("/") if part.strip()))
        stack.extend((child, inside) for child in reversed(element))


def _feed(values: dict[str, str], title: str, folders: tuple[str, ...]) -> OpmlFeed | str:
    address = _web_address(values["xmlurl"])
    if not address:
        return f"{clean_line(values['xmlurl']) or 'an empty address'} is no web address"
    if not folders:
        # OPML 2.0: category is a list of slash-delimited paths, for files that do not nest.
        first = clean_line(values.get("category", "")).split(",")[0]
        folders = tuple(part.strip() for part in first.split("/") if part.strip())
    site = _web_address(values.get("htmlurl", ""))
    return OpmlFeed(
        address,
        site,
        "/".join(folders),
        "" if title == address else title,
        clean_line(values.get(f"{{{NAMESPACE}}}selector", "")),
    )


def _web_address(text: str) -> str:
    """The http or https address, `feed:` prefixes undone; empty for anything else."""
    address = without_feed_scheme(clean_line(text).strip())
    return address if is_web_address(address) else ""


def _name(element: etree._Element) -> str:
    """The element's name without namespace, in lower case; empty for what is no element."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _move(now: list[str], then: list[str]) -> list[str]:
    """The lines that close the folders of `now` and open those of `then`."""
    shared = 0
    while shared < min(len(now), len(then)) and now[shared] == then[shared]:
        shared += 1
    closing = [_indent(now[:depth]) + "</outline>" for depth in range(len(now) - 1, shared - 1, -1)]
    opening = [
        f"{_indent(then[:depth])}<outline text={quoteattr(then[depth])}>"
        for depth in range(shared, len(then))
    ]
    return closing + opening


def _indent(folders: list[str]) -> str:
    return "  " * (len(folders) + 2)


def _feed_outline(feed: Feed) -> str:
    name = quoteattr(clean_line(feed.name))  # XML allows no control characters, even escaped
    site = f" htmlUrl={quoteattr(feed.site_url)}" if feed.site_url else ""
    url = quoteattr(feed.feed_url)
    own = f" newsreader:selector={quoteattr(feed.selector)}" if feed.selector else ""
    return f'<outline type="rss" text={name} title={name} xmlUrl={url}{site}{own}/>'
