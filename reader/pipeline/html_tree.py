"""HTML text as an lxml tree, whatever its state. Runs in worker processes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reader.pipeline.charset import drop_declaration
from reader.pipeline.clean import clean_markup, clean_url

if TYPE_CHECKING:
    from lxml.html import HtmlElement, HTMLParser

DEEPEST = 100
_MOST_ADDED = 20
_IS_DEEP = f"boolean({'/*' * (DEEPEST + 1)})"
_INLINE = {"a", "b", "big", "em", "font", "i", "small", "span", "strong", "u"}


def parse_page(markup: str) -> HtmlElement | None:
    """The tree of a whole page without comments; None if there is nothing in it."""
    from lxml import etree, html

    # Bytes in UTF-8: lxml refuses text that declares an encoding.
    data = clean_markup(drop_declaration(markup)).encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(data, parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    # Each element has a start tag of its own, but for the few that the parser adds.
    may_be_deep = data.count(b"<") - data.count(b"</") > DEEPEST - _MOST_ADDED
    return _flattened(tree) if may_be_deep else tree


@cache
def _parser() -> HTMLParser:
    from lxml import html

    return html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )


def parse_fragment(markup: str) -> HtmlElement | None:
    """The tree of a piece of HTML, in a body; None if there is nothing in it."""
    return parse_page(f"<html><body>{markup}</body></html>")


def _flattened(tree: HtmlElement) -> HtmlElement:
    """The tree with wrappers below a depth taken away, their content kept: walkers are recursive.

    Unclosed tags nest pages hundreds deep, and libxml2 would drop all below 256 by default.
    """
    from lxml import etree

    if not tree.xpath(_IS_DEEP):
        return tree
    dropped = []
    kept = [0]  # for each open element, how many kept ones are around it
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            kept.pop()
        elif kept[-1] >= 2 * DEEPEST or (kept[-1] >= DEEPEST and _is_wrapper(element)):
            dropped.append(element)
            kept.append(kept[-1])
        else:
            kept.append(kept[-1] + 1)
    for element in dropped:
        element.drop_tag()
    return tree


def _is_wrapper(element: HtmlElement) -> bool:
    """Whether an element parts nothing: it is inline, or holds one other and no words."""
    if element.tag in _INLINE:
        return True
    return len(element) == 1 and not (element.text or "").strip()


def base_of(tree: HtmlElement, url: str) -> str:
    """What relative links of a page are relative to: its `<base>`, else its address."""
    for element in tree.iter("base"):
        if href := element.get("href"):
            return clean_url(href, url) or url
    return url
