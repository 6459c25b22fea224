"""How much text stands in each element of a page, how much of it in links, and how much is prose.

Source of the idea: Kohlschütter and others, "Boilerplate detection using shallow text features"
(2010): length and link density of blocks tell text from furniture. One pass over the tree. Runs in
worker processes.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "img", "ins", "kbd", "label", "mark", "q", "rb", "ruby", "rt", "rp", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    "nobr", "picture", "source",
})  # fmt: skip
"""Elements that stand in lines, unless they hold blocks."""

_LONG, _SENTENCE = 80, 25
"""So many characters that are no links are prose; with the end of a sentence so many."""
_MOST_LINKED = 0.5
_SENTENCE_END = re.compile(r"[.!?…。！？:：;؟۔।][\"'”’»›)」』\]]*\s*$")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SAMPLE = 2000  # pieces of text
_WIDE_SHARE, _WIDE_FACTOR = 0.15, 2.5


class Extent(NamedTuple):
    """Characters without the white space around pieces of text.

    `chars` of everything, `links` of those within links, `prose` of its paragraphs; `run` and
    `run_links` of the line of text that an inline element is a part of.
    """

    chars: int
    links: int
    prose: float
    run: int
    run_links: int
    is_block: bool


Make = tuple[str, str]
Extents = dict["HtmlElement", Extent]


def measure(body: HtmlElement, factor: float) -> Extents:
    """The extents of `body` and all elements in it; `factor` is its `weight_of`."""
    found: Extents = {}
    for element in reversed(list(body.iter("*"))):
        found[element] = _extent(element, found, factor)
    return found


def make_of(element: HtmlElement) -> Make:
    """How an element is made: its tag, and its first class or else its style."""
    classes = element.get("class")
    return str(element.tag), (
        classes.split(None, 1)[0]
        if classes and not classes.isspace()
        else element.get("style") or ""
    )


def weight_of(body: HtmlElement) -> float:
    """How many Latin characters one of this page's says as much as."""
    sample = "".join(islice(body.itertext(), _SAMPLE))
    return _WIDE_FACTOR if len(_WIDE.findall(sample)) > len(sample.split()) * _WIDE_SHARE else 1.0


def is_own_anchor(link: HtmlElement) -> bool:
    """Whether it leads to where it stands, as the headings and terms of manuals do."""
    target = link.get("href") or ""
    around = link.getparent()
    return target.startswith("#") and around is not None and target[1:] == around.get("id")


def _extent(element: HtmlElement, found: Extents, factor: float) -> Extent:
    tag = element.tag
    chars = run = len(element.text.strip()) if element.text else 0
    links = run_links = 0
    prose = 0.0
    is_block = tag not in INLINE
    for child in element:
        inner = found[child]
        chars += inner.chars
        links += inner.links
        prose += inner.prose
        if inner.is_block:
            is_block = True
        else:
            run += inner.run
            run_links += inner.run_links
        if child.tail and (tail := len(child.tail.strip())):
            chars += tail
            run += tail
    if tag == "a" and not is_own_anchor(element):
        return Extent(chars, chars, 0.0, run, run, is_block)
    if is_block and run:
        prose += _prose(element, run, run_links, factor)
    return Extent(chars, links, prose, run, run_links, is_block)


def _prose(element: HtmlElement, run: int, run_links: int, factor: float) -> float:
    own = (run - run_links) * factor
    if run_links > run * _MOST_LINKED or own < _SENTENCE:
        return 0.0
    if own >= _LONG or _SENTENCE_END.search("".join(element.itertext())[-40:]):
        return run * factor
    return 0.0
