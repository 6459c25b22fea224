"""The ends of a page's text: what stands between its heading and its paragraphs, and below them.

Standfirsts, captions, lists and tables stand there, and bylines, buttons and links. Runs in worker
processes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

from archive.characters import clean_line
from reader.pipeline.asking import asks
from reader.pipeline.blocks import SENTENCE_END
from reader.pipeline.bylines import author_of
from reader.pipeline.furniture_words import MOST_CHARACTERS, lead_kind
from reader.pipeline.measures import INLINE, Extent, Extents, Make, make_of
from reader.pipeline.names import Kind, kind_of_names
from reader.pipeline.prepare import names_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAVES = frozenset({
    "p", "ul", "ol", "dl", "blockquote", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6",
    "figcaption", "details",
})  # fmt: skip
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_MOST_BUTTONS = 12
_FEWEST_LINKED = 2
_MOST_LINKED = 0.4
_MOST_BEFORE = 0.2
_ALMOST_ALL, _LONGEST_TEASER = 0.7, 300
_SENTENCE_WORDS = 5
_NOTHING = Extent(0, 0, 0.0, 0, 0, True)


def find_ends(
    root: HtmlElement,
    heading: HtmlElement | None,
    extents: Extents,
    found: Container[HtmlElement],
) -> dict[HtmlElement, str]:
    """What stands at the ends of `root` and is not of the text, each with what it is.

    `found` is furniture already.
    """
    ends: dict[HtmlElement, str] = {}
    leaves = list(_leaves(root, heading, found))
    prose = [at for at, leaf in enumerate(leaves) if _extent(leaf, extents).prose]
    if not prose:
        return ends
    start = leaves.index(heading) if heading in leaves else -1
    before = sum(_extent(leaf, extents).prose for leaf in leaves[: max(start, 0)])
    if before > extents[root].prose * _MOST_BEFORE or _is_one_of_several(heading, root):
        start = -1
    first = _first_paragraph([at for at in prose if at > start], leaves)
    first = _first_part(leaves, start, first, extents)
    last = _last(leaves, prose, start, extents)
    inside = Counter(make_of(leaf) for leaf in leaves[first : last + 1])
    keeps = False
    for at in range(len(leaves) - 1, -1, -1):
        leaf = leaves[at]
        if first <= at <= last:
            is_kept = True
        elif at < start:
            is_kept = False
        elif not _extent(leaf, extents).chars:
            continue
        elif leaf.tag in _HEADINGS:
            is_kept = (keeps and not _known(leaf)) or _extent(leaf, extents).prose > 0
        else:
            is_kept = (
                (_is_repeated(leaf, inside, extents) and not _known(leaf))
                or (_belongs(leaf, extents, start) if at < first else _ends(leaf, extents))
                or (keeps and _heads(leaf, leaves[at + 1 : at + 2], extents))
            )
        keeps = keeps or is_kept
        if not is_kept and leaf is not heading:
            ends[leaf] = _known(leaf) or ("above the text" if at < first else "below the text")
    return ends


def _is_one_of_several(heading: HtmlElement | None, root: HtmlElement) -> bool:
    """Whether it heads a part of the text of which there are more, as on pages of several."""
    around = heading.getparent() if heading is not None else None
    if heading is None or around is None or not around.get("class") or around is root:
        return False
    others = (other.getparent() for other in root.iter(str(heading.tag)) if other is not heading)
    return any(
        other is not None and other is not around and make_of(other) == make_of(around)
        for other in others
    )


def _first_part(leaves: Sequence[HtmlElement], start: int, first: int, extents: Extents) -> int:
    """Where the text begins if that is with a heading of its own."""
    for at in range(start + 1, min(first, len(leaves) - 1)):
        leaf, below = leaves[at], leaves[at + 1]
        is_heading = leaf.tag in _HEADINGS and not _extent(leaf, extents).prose
        if author_of([_line(leaf)]) or _known(leaf):
            continue
        if is_heading and start >= 0 and not _is_linked(leaf, extents):
            is_text = below.tag in ("p", "dl", "pre", "ol", "ul", "table")
            if is_text and not below.get("class") and not _is_linked(below, extents):
                return at
    return first


def _items(element: HtmlElement) -> list[str]:
    return [_line(item) for item in element.iterchildren("li")]


def _line(element: HtmlElement) -> str:
    return clean_line("".join(element.itertext())[:400])


def _known(element: HtmlElement) -> str:
    """What kind of furniture an element is by its words."""
    words = clean_line("".join(element.itertext())[:200])
    if not words or (kind := lead_kind(words)):
        return kind if words else ""
    pieces = [piece for each in element.itertext() if (piece := clean_line(each[:200]))]
    kinds = [lead_kind(piece) for piece in pieces[:_MOST_BUTTONS]]
    return kinds[0] if all(kinds) else ""


def _is_repeated(element: HtmlElement, inside: Counter[Make], extents: Extents) -> bool:
    """Whether lines that are made alike stand between the paragraphs; of links some must."""
    fewest = _FEWEST_LINKED if _is_linked(element, extents) else 1
    return bool(make_of(element)[1]) and inside[make_of(element)] >= fewest


def _is_linked(element: HtmlElement, extents: Extents) -> bool:
    extent = _extent(element, extents)
    return extent.links > extent.chars * _MOST_LINKED


def _leaves(
    root: HtmlElement, heading: HtmlElement | None, found: Container[HtmlElement]
) -> Iterator[HtmlElement]:
    """The blocks of `root` that hold no others, in order."""
    for child in root:
        if child in found:
            continue
        if child is heading or child.tag in _LEAVES or not _holds_blocks(child):
            yield child
        else:
            yield from _leaves(child, heading, found)


def _holds_blocks(element: HtmlElement) -> bool:
    return any(child.tag not in INLINE for child in element.iterdescendants("*"))


def _first_paragraph(prose: Sequence[int], leaves: Sequence[HtmlElement]) -> int:
    """Where the text goes on after its standfirst, if that is made unlike its paragraphs."""
    if not prose:
        return len(leaves)
    first = leaves[prose[0]]
    if len(prose) > 1 and (kind_of_names(names_of(first)) is Kind.LEAD or first.tag in _HEADINGS):
        return prose[1]
    if len(prose) > 2 and make_of(first) != make_of(leaves[prose[1]]) == make_of(leaves[prose[2]]):
        return prose[1] if make_of(leaves[prose[1]])[1] else prose[0]
    return prose[0]


def _last(leaves: Sequence[HtmlElement], prose: Sequence[int], start: int, extents: Extents) -> int:
    """Where the text ends: at its last paragraph, or above the head of what follows it.

    That is the head of comments, or of a related list with nothing but teasers in it.
    """
    amounts = [_extent(leaf, extents).prose for leaf in leaves]
    seen, whole = 0.0, sum(amounts)
    for at in range(start + 1, len(leaves)):
        seen += amounts[at]
        if not seen or amounts[at] or _extent(leaves[at], extents).chars > MOST_CHARACTERS:
            continue
        kind = _known(leaves[at])
        is_late = seen >= whole * _ALMOST_ALL and max(amounts[at:]) < _LONGEST_TEASER
        if kind == "comments" or (kind == "related" and is_late):
            return max(place for place in prose if place < at)
    return prose[-2] if len(prose) > 1 and _takes_leave(leaves, prose[-1]) else prose[-1]


def _takes_leave(leaves: Sequence[HtmlElement], at: int) -> bool:
    """Whether a short paragraph below a rule asks the reader for something."""
    line = _line(leaves[at])
    return leaves[at - 1].tag == "hr" and len(line) <= MOST_CHARACTERS and asks(line)


def _belongs(element: HtmlElement, extents: Extents, start: int) -> bool:
    """Whether a block between the heading and the text is a part of the text."""
    extent = _extent(element, extents)
    if _is_linked(element, extents):
        return False
    if element.tag in ("figcaption", "table", "pre", "blockquote", "dl"):
        return True
    if element.tag in ("ul", "ol"):
        return bool(extent.prose) or (not extent.links and not author_of(_items(element)))
    if start < 0 and element.tag == "p" and not element.get("class"):
        return not extent.links and not _known(element)
    named = kind_of_names(names_of(element))
    if _is_caption(element):
        return True
    if named is Kind.LEAD or extent.prose:
        return named is not Kind.SMALL
    words = clean_line("".join(element.itertext())[:400])
    return len(words.split()) >= _SENTENCE_WORDS and bool(SENTENCE_END.search(words))


def _is_caption(element: HtmlElement) -> bool:
    """Whether a line stands alone below a picture."""
    before = element.getprevious()
    return (
        before is not None
        and element.getnext() is None
        and next(before.iter("img"), None) is not None
        and not "".join(before.itertext()).strip()
    )


def _ends(element: HtmlElement, extents: Extents) -> bool:
    """Whether a block below the last paragraph is a part of the text."""
    if _is_linked(element, extents):
        return False
    if element.tag == "p":
        return not element.get("class") and not asks(_line(element))
    return element.tag in ("figcaption", "table", "pre", "blockquote", "dl", "ul", "ol")


def _heads(element: HtmlElement, below: Sequence[HtmlElement], extents: Extents) -> bool:
    """Whether a line is the head of a list that belongs to the text."""
    return (
        bool(below)
        and below[0].tag in ("ul", "ol", "table", "dl")
        and below[0].getparent() is not None
        and not _extent(element, extents).links
        and not author_of([_line(element)])
    )


def _extent(element: HtmlElement, extents: Extents) -> Extent:
    return extents.get(element, _NOTHING)
