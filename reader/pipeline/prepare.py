"""A page's tree without what is never its text, by tags, by names and by what is hidden.

What is most of a page stays, whatever it is called. Runs in worker processes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from reader.pipeline.furniture_words import kind_of
from reader.pipeline.measures import INLINE, Extents, is_own_anchor, measure, weight_of
from reader.pipeline.names import Kind, is_named, kind_of_names

if TYPE_CHECKING:
    from lxml.etree import XPath
    from lxml.html import HtmlElement

_NEVER = frozenset({
    "script", "style", "template", "iframe", "object", "embed", "applet", "svg", "canvas", "math",
    "button", "input", "select", "textarea", "datalist", "option", "audio", "video", "map", "nav",
    "dialog", "noframes", "link", "meta", "progress", "meter", "frameset",
})  # fmt: skip
_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog",
    "menu", "menubar", "toolbar", "tablist", "alert",
})  # fmt: skip
_NOTES = re.compile(r"(?i)note|tip|warning|caution|admonition|danger|important|info|callout|hint")
# What asks for words is no text: a field for an address, a search.
_FIELDS = frozenset({"", "email", "text", "search", "password", "tel"})
_CODE = frozenset({"code", "pre", "kbd", "samp"})
_LONGEST_FORM = 700
_LONGEST_SMALL, _LONGEST_BYLINE = 220, 130
_LONGEST_CLOCK = 12
_TEXT_OF_COLUMN = 5
_CLOCK = re.compile(r"\d{1,2}(?:[:.h]\d\d)?(?:\+\d+)?\s*(?:['’′]|h|uhr|am|pm|hrs)?", re.IGNORECASE)
_LONG_SPAN = 40
_LONGEST_REPLY, _FEWEST_COMMENTS = 24, 2
_MOST_OF_PAGE = 0.35
_ENOUGH_OUTSIDE = 150
_POST_CLASS = re.compile(r"\b(?:category|tag|author|format)-[\w-]+")


def prepare(body: HtmlElement) -> float:
    """Takes that out of `body`, and tells how much its characters weigh (`weight_of`)."""
    _drop_forms(body)
    _drop_never(body)
    factor = weight_of(body)
    extents = measure(body, factor)
    for element in _suspects()(body):
        if _is_sidebar(element) and _stands_beside(element, extents, body):
            _take_out(element)
        elif _is_unseen(element) or _is_aside(element):
            _drop(element, extents, body)
    _drop_threads(body, extents)
    _drop_named(body, extents)
    return factor


def _drop_threads(body: HtmlElement, extents: Extents) -> None:
    """What readers say below a text: boxes of one kind, most of which can be replied to."""
    groups: defaultdict[tuple[HtmlElement, str, str], set[HtmlElement]] = defaultdict(set)
    for element in list(body.iter("a", "span", "button", "div", "li", "p")):
        if len(element) or not element.text or len(element.text) > _LONGEST_REPLY:
            continue
        if kind_of(element.text) != "reply":
            continue
        for box in element.iterancestors("div", "li", "article", "section", "dd", "tr"):
            around = box.getparent()
            if around is not None:
                groups[around, str(box.tag), box.get("class") or ""].add(box)
    for (around, _, _), boxes in groups.items():
        before = extents[body].prose - extents[around].prose
        if len(boxes) < _FEWEST_COMMENTS or around is body or before < _ENOUGH_OUTSIDE:
            continue
        if next(around.iter("h1", "h2", "main"), None) is None and _follows_text(around, extents):
            _take_out(around)


def _follows_text(thread: HtmlElement, extents: Extents) -> bool:
    """Whether most of what is no part of the thread stands before it."""
    return any(
        extents[other].prose > 0
        for one in (thread, *thread.iterancestors())
        for other in one.itersiblings(preceding=True)
        if other in extents
    )


def names_of(element: HtmlElement) -> str:
    """The class and the id of an element; without the subjects that WordPress puts there."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _POST_CLASS.sub("", names) if "hentry" in names or "type-post" in names else names


def _drop_forms(body: HtmlElement) -> None:
    """Boxes with a field to fill in, small ones with all their words."""
    for field in list(body.iter("input", "textarea")):
        if (field.get("type") or "").lower() not in _FIELDS:
            continue
        box = field.getparent()
        if box is None or box.tag in ("body", "main", "article", "td"):
            continue
        wider = box.getparent()
        while wider is not None and wider.tag in ("div", "form", "p", "section", "aside", "label"):
            if len(wider.text_content()) > _LONGEST_FORM or _holds_text(wider):
                break
            box, wider = wider, wider.getparent()
        if len(box.text_content()) <= _LONGEST_FORM and not _holds_text(box):
            _take_out(box)


def _holds_text(element: HtmlElement) -> bool:
    return next(element.iter("h1", "article", "main", "figure", "pre", "table"), None) is not None


def _drop_never(body: HtmlElement) -> None:
    for element in list(body.iter("*")):
        if element.tag in _NEVER:
            _take_out(element)
        elif element.tag == "span":
            _make_block(element)
        elif element.tag in ("ul", "ol") and any(map(_is_column, element)):
            for item in (element, *element.iterchildren("li")):
                item.tag = "div"
    _drop_noscripts(body)


def _make_block(span: HtmlElement) -> None:
    """Spans that are shown as blocks, or stand where blocks would, as blocks."""
    if "display:block" in (span.get("style") or "").replace(" ", ""):
        span.tag = "div"
        return
    around = span.getparent()
    if not span.text or len(span.text) < _LONG_SPAN or around is None:
        return
    if (around.text or "").strip() or len(around) < 2:
        return
    if all(one.tag in ("span", "div") and not (one.tail or "").strip() for one in around):
        for one in around:
            one.tag = "div"


def _is_column(item: HtmlElement) -> bool:
    """Whether an item of a list is a column of the page, as old layouts have it: a titled text."""
    if item.tag != "li" or next(item.iter("h1", "h2", "h3"), None) is None:
        return False
    return any(len(box.findall("p")) >= _TEXT_OF_COLUMN for box in item.iter("div"))


def _drop_noscripts(body: HtmlElement) -> None:
    """What stands there for want of scripts is the text of a page that has no other."""
    found = list(body.iter("noscript"))
    inside = sum(len(element.text_content()) for element in found)
    is_text = inside > _ENOUGH_OUTSIDE and len(body.text_content()) < inside * 2
    for element in found:
        if is_text:
            element.tag = "div"
        else:
            _take_out(element)


def _is_unseen(element: HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if (element.get("role") or "").lower() in _ROLES:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _is_sidebar(element: HtmlElement) -> bool:
    """What says twice that it stands beside the text, however long it is."""
    return element.tag == "aside" and (element.get("role") or "").lower() == "complementary"


def _is_aside(element: HtmlElement) -> bool:
    """Page furniture by tag: what stands beside the text, above and below all of it."""
    if element.tag == "aside":
        return not _NOTES.search(element.get("class") or "")
    if element.tag == "footer":
        return next(element.iterancestors("blockquote", "figure"), None) is None
    return element.tag == "header" and next(element.iter("h1", "h2"), None) is None


def _drop_named(body: HtmlElement, extents: Extents) -> None:
    named = [(element, names) for element in _named()(body) if (names := names_of(element)) != " "]
    kinds = [(element, names, kind_of_names(names)) for element, names in named]
    shares: Counter[str] = Counter()
    for element, names, kind in kinds:
        if kind in (Kind.FURNITURE, Kind.SMALL):
            shares[names] += int(extents[element].prose)
    whole = extents[body].prose
    for element, names, kind in kinds:
        if element.tag in INLINE and _is_in_sentence(element):
            continue
        if kind is Kind.FURNITURE:
            if is_named(names, "comments") and _stands_beside(element, extents, body):
                _take_out(element)
            elif shares[names] <= whole * _MOST_OF_PAGE:
                _drop(element, extents, body)
        elif (
            kind is Kind.SMALL
            and element.tag not in _CODE
            and shares[names] <= whole * _MOST_OF_PAGE
            and _is_small(element, extents)
        ):
            _drop(element, extents, body)


def _is_in_sentence(element: HtmlElement) -> bool:
    """Whether words go on before and after an element, as around a word that is explained."""
    before, around = element.getprevious(), element.getparent()
    if before is not None:
        words = before.tail
    else:
        words = None if around is None else around.text
    return bool((words or "").strip() and (element.tail or "").strip())


def _stands_beside(other: HtmlElement, extents: Extents, body: HtmlElement) -> bool:
    """Whether a page has a text apart from its comments or its sidebar."""
    rest = extents[body].prose - extents[other].prose
    return rest > _ENOUGH_OUTSIDE and next(other.iter("h1", "main"), None) is None


def _is_small(element: HtmlElement, extents: Extents) -> bool:
    extent = extents[element]
    if extent.chars <= _LONGEST_CLOCK and _CLOCK.fullmatch(element.text_content().strip()):
        return False  # what entries of a ticker begin with
    if extent.prose and not _may_be_sentences(names_of(element), extent.chars):
        return False
    if extent.chars > _LONGEST_SMALL or element.tag in ("td", "th", "a", "figure"):
        return False
    inner = element.iter("h1", "h2", "h3", "figcaption", "pre", "table", "blockquote")
    if element.tag in ("h1", "h2", "h3", "figcaption") or next(inner, None) is not None:
        return False
    if _is_entry(element):
        return False
    return all(
        kind_of_names(names_of(one)) is not Kind.LEAD for one in element.iterdescendants("*")
    )


def _is_entry(element: HtmlElement) -> bool:
    """Whether a link leads to where it stands, as to each entry of a manual and its heading.

    An entry has its subject's name as its id (`method.count`), which says nothing of what it is.
    """
    if element.tag in ("h4", "h5", "h6"):
        around = element.getparent()
        beside = around.iterchildren("a") if around is not None else ()
        return any(map(is_own_anchor, [*element.iterchildren("a"), *beside]))
    is_small = kind_of_names(element.get("class") or "") is Kind.SMALL
    return not is_small and any(map(is_own_anchor, element.iterchildren("a")))


def _may_be_sentences(names: str, chars: int) -> bool:
    """Whether what is called so is none of the text though it reads like one."""
    return is_named(names, "apart") or (chars <= _LONGEST_BYLINE and is_named(names, "byline"))


def _drop(element: HtmlElement, extents: Extents, body: HtmlElement) -> None:
    parent = element.getparent()
    if parent is None or element.tag in ("html", "body", "main", "article"):
        return
    extent, whole = extents[element], extents[body]
    if extent.prose > whole.prose * _MOST_OF_PAGE or (
        not whole.prose and extent.chars > whole.chars * _MOST_OF_PAGE
    ):
        return
    if next(element.iter("h1", "article", "main"), None) is None:
        _take_out(element)


def _take_out(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


@cache
def _suspects() -> XPath:
    from lxml.etree import XPath

    return XPath(
        ".//*[@hidden or @aria-hidden or @style or @role or self::aside or self::footer"
        " or self::header]"
    )


@cache
def _named() -> XPath:
    from lxml.etree import XPath

    return XPath(".//*[@class or @id]")
