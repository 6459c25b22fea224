"""Where on a prepared page its text stands: the lowest element with its heading and its prose.

From what the page itself calls its text, or else from the whole page, down to where the prose parts
into paragraphs. That prose and not markup shows the way is the idea of Arc90's Readability (2009).
Runs in worker processes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.text import fold_tokens
from reader.pipeline.measures import Extents
from reader.pipeline.names import Kind, kind_of_names
from reader.pipeline.prepare import names_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARAGRAPHS = frozenset({
    "p", "li", "ul", "ol", "dl", "dd", "dt", "blockquote", "pre", "table", "h1", "h2", "h3", "h4",
    "h5", "h6", "figure", "figcaption", "tr", "tbody", "details",
})  # fmt: skip
_TABLES = frozenset({"table", "tbody", "tr"})
_TITLES = ("h1", "h2", "h3", "div", "span", "font", "td", "p", "b", "strong", "big")
_LONGEST_TITLE = 400
_HEADINGS = ("h1", "h2", "h3")
_DOMINANT, _MOST, _HALF = 0.8, 0.6, 0.5
_MOST_AROUND = 1.8
_ENOUGH, _FEW_LINKS = 300, 0.1
_ALIKE = 2


def find_text(
    body: HtmlElement, extents: Extents, title: str
) -> tuple[HtmlElement, HtmlElement | None, bool]:
    """The element whose content is the page's text, and in it the heading, if it has one.

    What stands in it before the heading and after the text is taken out; whether anything might be.
    """
    titled = _titled(body, title)
    core = _core(_start(body, extents), extents, titled)
    heading = titled if titled is not None else _nearest(body, core)
    root = _with_heading(core, heading)
    _clear(root, core, heading)
    if root is not core and len(root.text_content()) > _MOST_AROUND * extents[core].chars:
        return core, None, True
    return root, heading, root is not core


def _titled(body: HtmlElement, title: str) -> HtmlElement | None:
    """The first element that says the page's title."""
    wanted = fold_tokens(title[:_LONGEST_TITLE])
    longest = 2 * len(title) + 20
    for element in body.iter(*_TITLES) if wanted else ():
        if element.tag not in _HEADINGS and (len(element) or not element.text):
            continue
        words = "".join(element.itertext()).strip()
        if 0 < len(words) <= longest and fold_tokens(words) == wanted:
            return element
    return None


def _nearest(body: HtmlElement, core: HtmlElement) -> HtmlElement | None:
    """The first `h1` in the text, else the last one above it."""
    found = None
    for element in body.iter("*"):
        if element is core:
            return next(core.iter("h1"), found)
        if element.tag == "h1":
            found = element
    return found


def _start(body: HtmlElement, extents: Extents) -> HtmlElement:
    """What the page itself calls its text, if it is the greater part; else all of it."""
    whole = extents[body].prose
    stated = [
        element
        for element in body.iter("*")
        if element.get("itemprop") == "articleBody" or kind_of_names(names_of(element)) is Kind.TEXT
    ]
    for group in (stated, list(body.iter("article")), _mains(body)):
        greatest = max(group, key=lambda element: extents[element].prose, default=None)
        if greatest is not None and extents[greatest].prose > whole * _HALF:
            return greatest
    return body


def _mains(body: HtmlElement) -> list[HtmlElement]:
    return [one for one in body.iter("*") if one.tag == "main" or one.get("role") == "main"]


def _core(start: HtmlElement, extents: Extents, heading: HtmlElement | None) -> HtmlElement:
    """From `start` down to where the prose parts into paragraphs, or into parts of one kind."""
    around = {heading, *heading.iterancestors()} if heading is not None else set()
    core = start
    while True:
        whole = extents[core].prose
        boxes = [child for child in core if _is_box(child, whole, extents)]
        best = max(boxes, key=lambda child: extents[child].prose, default=None)
        if best is None:
            return core
        if extents[best].prose >= whole * _DOMINANT:
            if _leaves_data(core, best) or _goes_on(best, boxes, extents):
                return core
            core = best
            continue
        if _are_alike(boxes, whole, extents):
            return core
        is_named = best in around or best.tag in ("article", "main")
        others = [child for child in boxes if child is not best]
        if extents[best].prose > whole * _MOST and is_named and _are_beside(others, extents):
            core = best
            continue
        return core


def _is_box(child: HtmlElement, whole: float, extents: Extents) -> bool:
    """Whether an element may hold the text; a table may if next to all of it stands there."""
    extent = extents[child]
    if not extent.prose or not extent.is_block:
        return False
    if child.tag in _TABLES:
        return extent.prose >= whole * _DOMINANT and not _has_heads(child)
    return child.tag not in _PARAGRAPHS


def _goes_on(best: HtmlElement, boxes: Sequence[HtmlElement], extents: Extents) -> bool:
    """Whether the text goes on in a box that is called as the one that holds most of it."""
    named = [box for box in boxes if box is not best and box.get("class") == best.get("class")]
    return bool(best.get("class")) and any(
        extents[box].prose > _ENOUGH and extents[box].links < extents[box].chars * _FEW_LINKS
        for box in named
    )


def _leaves_data(core: HtmlElement, best: HtmlElement) -> bool:
    """Whether tables of data stand beside the box that holds the prose."""
    return any(
        _has_heads(table)
        for table in core.iter("table")
        if table is not best and best not in table.iterancestors() and best not in table.iter()
    )


def _has_heads(table: HtmlElement) -> bool:
    """Whether columns or rows of the table itself have heads, as those of data do."""
    return any(next(head.iterancestors("table"), None) is table for head in table.iter("th"))


def _are_alike(boxes: Sequence[HtmlElement], whole: float, extents: Extents) -> bool:
    """Whether most of the prose stands in several boxes with the same names."""
    groups: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for box in boxes:
        groups[box.tag, box.get("class") or ""].append(extents[box].prose)
    return any(len(each) >= _ALIKE and sum(each) > whole * _MOST for each in groups.values())


def _are_beside(boxes: Sequence[HtmlElement], extents: Extents) -> bool:
    return all(extents[box].links > extents[box].chars * 0.2 for box in boxes)


def _with_heading(core: HtmlElement, heading: HtmlElement | None) -> HtmlElement:
    """The lowest element that holds both."""
    if heading is None or core in heading.iterancestors():
        return core
    around = set(heading.iterancestors())
    return next((one for one in core.iterancestors() if one in around), core)


def _clear(root: HtmlElement, core: HtmlElement, heading: HtmlElement | None) -> None:
    """Takes out of `root` what stands before the heading, and after `core`."""
    if root is core or heading is None:
        return
    around = {core, heading, *core.iterancestors(), *heading.iterancestors()}
    _drop_beside(core, root, around, after=True)
    _drop_beside(heading, root, around, after=False)


def _drop_beside(
    element: HtmlElement, root: HtmlElement, spared: set[HtmlElement], *, after: bool
) -> None:
    """Takes out all that follows an element within `root`, or all that stands before it."""
    while element is not root:
        for other in list(element.itersiblings(preceding=not after)):
            if other not in spared:
                other.drop_tree()
        parent = element.getparent()
        if parent is None:
            return
        element = parent
