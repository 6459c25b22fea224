"""The headings of a text's parts where its markup names none, or hides them in lists.

Lines of nothing but a link, of which one stands over each of several paragraphs, and lists whose
items have headings: listings and collections of links are made so. Runs in worker processes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reader.pipeline.measures import Extents, make_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = ("h2", "h3", "h4", "h5")
_FEWEST = 2


def name_headings(root: HtmlElement, extents: Extents) -> None:
    """Gives such lines in `root` the tag of a heading, and takes such lists apart."""
    lines = [element for element in root.iterdescendants("div", "p") if _heads(element, extents)]
    makes = Counter(make_of(element) for element in lines)
    for element in lines:
        if makes[make_of(element)] >= _FEWEST:
            element.tag = "h2"
    for each in list(root.iterdescendants("ul", "ol")):
        items = list(each.iterchildren("li"))
        if len(items) >= _FEWEST and all(_has_heading(item) for item in items):
            for part in (each, *items):
                part.tag = "div"


def _heads(element: HtmlElement, extents: Extents) -> bool:
    extent, below = extents[element], element.getnext()
    return (
        0 < extent.chars == extent.links
        and bool(element.get("class"))
        and below is not None
        and extents[below].prose > 0
        and below.tag not in ("ul", "ol")
        and sum(1 for _ in element.iter("a")) == 1
    )


def _has_heading(item: HtmlElement) -> bool:
    return next(item.iterchildren(*_HEADINGS), None) is not None
