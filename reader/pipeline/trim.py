"""Cutting a feed of very many entries down before feedparser, which takes a millisecond for each.

The marks of entries are found by what they look like and not by a parser: so a document that is
broken, or ends in the middle of an entry, gives its whole entries too, and a large one takes no
more memory than its bytes. Runs in worker processes.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.parsers import expat

from reader.pipeline.dates import parse_stamp

_ENTRY = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s/>]")
# In comments and CDATA sections nothing is a mark; what is not closed reaches to the end.
_MARK = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)"
    rb"|<(?P<closes>/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])[^<>]*(?P<empty>(?<=/))?>",
    re.DOTALL,
)
_DATE = re.compile(
    rb"<(?:[\w.-]+:)?(?:pubDate|published|issued|updated|modified|date)(?:\s[^<>]*)?>"
    rb"\s*(?:<!\[CDATA\[)?([^<\]]*)"
)
_NEVER = datetime.min.replace(tzinfo=UTC)


def trim_entries(document: bytes, limit: int, *, is_cut: bool = False) -> tuple[bytes, int]:
    """The document with its newest `limit` entries, and how many it had (0 if no more than that).

    Newest by their dates where most have one, else the first: feeds put the newest first. One that
    `is_cut` at its end is ended after its last whole entry; it is empty where none is whole.
    """
    if not is_cut and _has_at_most(document, limit):
        return document, 0
    starts, ends = _spans(document)
    if is_cut:
        if not ends:
            return b"", 0
        document = document[: ends[-1]] + _closing(document[: starts[0]])
    if len(starts) <= limit:
        return document, 0
    kept, at = [], 0
    for index in sorted(_oldest(document, starts, ends, limit)):
        kept.append(document[at : starts[index]])
        at = ends[index]
    return b"".join([*kept, document[at:]]), len(starts)


def _has_at_most(document: bytes, limit: int) -> bool:
    """Whether there are no more marks than that; most feeds do not have the words as often."""
    if document.count(b"item") + document.count(b"entry") <= limit:
        return True
    return sum(1 for _ in _ENTRY.finditer(document)) <= limit


def _spans(document: bytes) -> tuple[Sequence[int], Sequence[int]]:
    """Where the whole entries begin and end; one that stands in another belongs to that."""
    starts, ends = array("Q"), array("Q")
    depth = start = 0
    for mark in _MARK.finditer(document):
        if mark["closes"] is None or (mark["closes"] and not depth):
            continue
        if not depth:
            start = mark.start()
        if mark["closes"]:
            depth -= 1
        elif mark["empty"] is None:
            depth += 1
        if not depth:
            starts.append(start)
            ends.append(mark.end())
    return starts, ends


def _oldest(
    document: bytes, starts: Sequence[int], ends: Sequence[int], limit: int
) -> Sequence[int]:
    """The places of the entries to leave out."""
    dates = [_date(document, *span) for span in zip(starts, ends, strict=True)]
    if sum(date is not None for date in dates) * 2 < len(dates):
        return range(limit, len(dates))
    order = sorted(range(len(dates)), key=lambda index: dates[index] or _NEVER, reverse=True)
    return order[limit:]


def _date(document: bytes, start: int, end: int) -> datetime | None:
    found = _DATE.search(document, start, end)
    return parse_stamp(found[1].decode("utf-8", "replace")) if found else None


def _closing(head: bytes) -> bytes:
    """The end tags of the elements that are open after the beginning of a document."""
    around: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, _: around.append(name)
    parser.EndElementHandler = lambda _: around.pop()
    try:
        parser.Parse(head, False)
    except expat.ExpatError:
        return b""  # it is broken, and stays so
    return "".join(f"</{name}>" for name in reversed(around)).encode()
