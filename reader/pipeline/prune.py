"""Boxes within a page's text that are not of it: related lists, calls to subscribe, pull quotes.

Told by how much of them is links, by the words they begin with, by what they ask for, by words that
the text has anyway; and what is made like such a box is one. Runs in worker processes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from archive.characters import clean_line
from reader.pipeline.asking import asks
from reader.pipeline.furniture_words import kind_of, lead_kind
from reader.pipeline.measures import INLINE, Extents, Make, is_own_anchor, make_of
from reader.pipeline.names import is_named
from reader.pipeline.prepare import names_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEADS = frozenset(
    {"related", "newsletter", "comments", "share", "advertisement", "chrome", "rights", "reply"}
)
_PLAIN = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "figure", "figcaption", "blockquote"}
)
_NO_LETTER = re.compile(r"\W+")
_CELLS = frozenset({"td", "tr", "tbody"})
_LISTS = ("ul", "ol")
_LINKED = 0.7
_LONGEST_BOX, _LONGEST_ASKING, _LONGEST_ASKING_LINE = 900, 500, 220
_MOST_OF_TEXT, _ODD, _ODD_AT_END = 0.3, 0.15, 0.25
_FEWEST_PULLED, _FEWEST_TWICE = 20, 40
_MOST_PARAGRAPHS = 300
_QUOTING = ("blockquote", "aside", "div", "figure", "p", "q", "h2", "td", "section")


def find_boxes(root: HtmlElement, extents: Extents) -> dict[HtmlElement, str]:
    """Such boxes in `root`, the outermost ones, each with what it is."""
    shares = _shares(root, extents)
    found: dict[HtmlElement, str] = {}
    made_alike: dict[Make, str] = {}
    layouts: dict[HtmlElement, bool] = {}
    for element in _boxes(root, extents, found):
        most = _ODD_AT_END if _is_alone_at_end(element) else _ODD
        is_odd = shares[make_of(element)] <= extents[root].prose * most
        if kind := _kind(element, extents, layouts, is_odd):
            found[element] = kind
            is_part = shares[make_of(element)] > extents[root].prose * _MOST_OF_TEXT
            if not is_part and _names(element)[1] and element.tag not in _CELLS:
                made_alike[_names(element)] = kind
    for element in _boxes(root, extents, found) if made_alike else ():
        if _names(element) in made_alike and extents[element].chars <= _LONGEST_ASKING:
            found[element] = made_alike[_names(element)]
    found |= _pulled(root, found)
    return found


def _names(element: HtmlElement) -> Make:
    """All that a box says of how it is made: boxes alike in all of it are of one kind."""
    return str(element.tag), element.get("class") or ""


def _boxes(
    root: HtmlElement, extents: Extents, passed: Container[HtmlElement]
) -> Iterator[HtmlElement]:
    """The blocks of `root` from outside inwards, none that is the greater part of the text.

    Nothing in those that are in `passed` by the time they are come to.
    """
    whole = extents[root]
    waiting = [*reversed(root)]
    while waiting:
        element = waiting.pop()
        extent = extents[element]
        if element in passed or not extent.is_block:
            continue
        is_part = extent.prose <= whole.prose * _MOST_OF_TEXT and extent.chars <= whole.chars * 0.6
        if is_part and element.tag not in _PLAIN:
            yield element
        if element not in passed:
            waiting += reversed(element)


def _shares(root: HtmlElement, extents: Extents) -> Counter[Make]:
    """How much prose stands in elements that are made alike."""
    shares: Counter[Make] = Counter()
    for element in root.iterdescendants("*"):
        shares[make_of(element)] += int(extents[element].prose)
    return shares


def _is_alone_at_end(element: HtmlElement) -> bool:
    """Whether a box of a name that no other beside it has stands last in what it stands in."""
    make = make_of(element)
    return (
        element.getnext() is None
        and bool(make[1])
        and all(make_of(other) != make for other in element.itersiblings(preceding=True))
    )


def _kind(
    element: HtmlElement, extents: Extents, layouts: dict[HtmlElement, bool], is_odd: bool
) -> str:
    """What kind of furniture a box is; empty for a part of the text.

    `layouts` has which tables lay out the page, of those that were looked at.
    """
    extent = extents[element]
    if not extent.chars:
        return ""
    if extent.links > extent.chars * _LINKED and not extent.prose:
        is_box = element.tag not in ("p", "li", "td", "tr")
        is_entry = any(map(is_own_anchor, element.iterdescendants("a")))
        return "links" if is_box and not is_entry and _is_beside(element, extents) else ""
    if element.tag in ("li", "dd", "dt") or (
        element.tag in _CELLS and not _is_in_layout(element, layouts)
    ):
        return ""
    kind = lead_kind(_first_line(element)) if extent.chars <= _LONGEST_BOX else ""
    if kind in _LEADS:
        return kind
    longest = _LONGEST_ASKING_LINE if element.tag == "p" else _LONGEST_ASKING
    if kind == "paywall" or not is_odd or extent.chars > longest:
        return ""  # that a page asks for money for the rest is told later
    return "asks" if asks(clean_line(" ".join(element.itertext()))) else ""


def _is_in_layout(cell: HtmlElement, layouts: dict[HtmlElement, bool]) -> bool:
    """Whether a cell or a row lays out the page, as its table does."""
    table = next(cell.iterancestors("table"), None)
    if table is None:
        return True
    if table not in layouts:
        layouts[table] = _is_layout(table)
    return layouts[table]


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table lays out the page: others stand in it, or headings and paragraphs."""
    inner = next(table.iterdescendants("table", "h1", "h2", "h3", "p", "div"), None)
    return next(table.iter("th"), None) is None and (
        inner is not None or all(len(row) <= 2 for row in table.iter("tr"))
    )


def _is_beside(element: HtmlElement, extents: Extents) -> bool:
    """Whether links are no part of the text: not those of a list that the text leads to."""
    if element.tag not in _LISTS:
        return next(element.iterdescendants(*_LISTS), None) is None or not _is_led_to(
            element, extents
        )
    return not _is_led_to(element, extents)


def _is_led_to(element: HtmlElement, extents: Extents) -> bool:
    before = element.getprevious()
    while before is not None and before.tag in ("h2", "h3", "h4", "h5", "h6"):
        if kind_of(clean_line("".join(before.itertext()))):
            return False
        if element.getnext() is not None:
            return True
        before = before.getprevious()
    extent = extents.get(before) if before is not None else None
    return extent is not None and extent.prose > 0


def _first_line(element: HtmlElement) -> str:
    """The words of the first line in an element."""
    while not (element.text and element.text.strip()):
        first = next((child for child in element if "".join(child.itertext()).strip()), None)
        if first is None or first.tag in INLINE:
            break
        element = first
    parts = [element.text or ""]
    for child in element:
        if child.tag not in INLINE or child.tag == "br":
            break
        parts += ["".join(child.itertext()), child.tail or ""]
    return clean_line("".join(parts)[:400])


def _pulled(root: HtmlElement, found: Container[HtmlElement]) -> dict[HtmlElement, str]:
    """Quotes set large that stand in the text too, and are made unlike it."""
    paragraphs = islice(_paragraphs(root, found), _MOST_PARAGRAPHS)
    texts = {each: _letters(each) for each in paragraphs}
    whole = "\n".join(texts.values())
    pulled = {}
    for element, words in texts.items():
        fewest = _FEWEST_PULLED if _is_set_apart(element) else _FEWEST_TWICE
        if len(words) >= fewest and whole.count(words) > 1 and _is_within(words, element, texts):
            pulled[element] = "pull quote"
    return pulled


def _paragraphs(root: HtmlElement, found: Container[HtmlElement]) -> Iterator[HtmlElement]:
    """The lowest blocks; of what is set apart all of it as one."""
    within: set[HtmlElement] = set()
    for element in root.iterdescendants(*_QUOTING):
        if element.getparent() in within or element in found:
            within.add(element)
        elif _is_set_apart(element):
            within.add(element)
            within.update(element.iterdescendants("*"))
            yield element
        elif next(element.iterdescendants(*_QUOTING), None) is None:
            yield element


def _is_set_apart(element: HtmlElement) -> bool:
    return element.tag in ("blockquote", "aside", "q") or is_named(names_of(element), "quote")


def _is_within(words: str, element: HtmlElement, texts: dict[HtmlElement, str]) -> bool:
    """Whether a longer paragraph that is made otherwise has those words."""
    return any(
        len(text) > len(words) and words in text and make_of(other) != make_of(element)
        for other, text in texts.items()
    )


def _letters(element: HtmlElement) -> str:
    return _NO_LETTER.sub("", "".join(element.itertext()))
