"""Where the entries of an XML feed stand in its bytes, so that known ones are cut out unparsed.

expat reads the document as feedparser's own parser does, at a fiftieth of the cost, and tells byte
offsets, which lxml does not: what is left after cutting is byte for byte what the feed sent.
Runs in worker processes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from reader.pipeline.traces import trace

_ENTRIES = frozenset({"item", "entry"})


class _Unfit(Exception):
    """The document cannot be cut."""


@dataclass(frozen=True, slots=True)
class Element:
    """An entry's element from byte `start` to `end`; `trace` changes with anything in it.

    Also with the attributes of the elements around it, from which it has its base and language.
    """

    start: int
    end: int
    trace: bytes


def find_elements(document: bytes) -> list[Element]:
    """The entries of a well-formed document, in order; none of another, or of one with entities.

    `document` is in UTF-8 and states no encoding.
    """
    found = _Finder(document)
    try:
        found.parser.Parse(document, True)
    except (expat.ExpatError, _Unfit):
        return []
    return found.elements


def cut_out(document: bytes, elements: Collection[Element]) -> bytes:
    """The document without these elements."""
    kept, at = [], 0
    for element in elements:
        kept.append(document[at : element.start])
        at = element.end
    return b"".join([*kept, document[at:]])


class _Finder:
    """The handlers of one pass over a document."""

    def __init__(self, document: bytes) -> None:
        self.elements: list[Element] = []
        self._document = document
        self._around: list[str] = []
        self._start = 0
        self._depth = 0  # within an entry, 1 at the entry itself
        # With a separator it minds namespaces: an undeclared prefix is an error, as to feedparser.
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._refuse

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._depth:
            self._depth += 1
        elif self._around and name.rpartition(" ")[2].lower() in _ENTRIES:
            self._depth = 1
            self._start = self.parser.CurrentByteIndex
        else:
            self._around.append(f"{name} {sorted(attributes.items())}")

    def _end(self, _: str) -> None:
        if not self._depth:
            self._around.pop()
            return
        self._depth -= 1
        if not self._depth:
            self._add(self.parser.CurrentByteIndex)

    def _add(self, closing: int) -> None:
        """Note the entry whose end tag begins at that byte."""
        if not self._document.startswith(b"</", closing):
            raise _Unfit  # `<item/>` has no end tag to go by
        end = self._document.index(b">", closing) + 1
        own = self._document[self._start : end]
        self.elements.append(Element(self._start, end, trace(own, *self._around)))

    def _refuse(self, *_: object) -> None:
        raise _Unfit
