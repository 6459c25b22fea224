"""The text of a page, as Markdown: found in its tree, or where little is there by trafilatura.

Runs in worker processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.characters import clean_line
from archive.text import count_words
from reader.methods import Method
from reader.pipeline.blocks import Cleaned
from reader.pipeline.container import find_text
from reader.pipeline.edges import find_ends
from reader.pipeline.html_tree import parse_fragment, parse_page
from reader.pipeline.markdown import write_cleaned, write_markdown
from reader.pipeline.markdown_escapes import escape_block_start, escape_text
from reader.pipeline.measures import measure
from reader.pipeline.part_headings import name_headings
from reader.pipeline.prepare import prepare
from reader.pipeline.prune import find_boxes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from reader.pipeline.page_facts import PageFacts

# With fewer words a text is looked for a second time, by other means.
_FEW_WORDS = 30
_SHORT = 250
_MUCH_LONGER = 2


def main_text(
    tree: HtmlElement, markup: str, base: str, method: Method, facts: PageFacts
) -> Cleaned:
    """The text of the page that `markup` is and `tree` was made of; `tree` is changed.

    The usual method finds it in the tree; more and less of it are trafilatura's.
    """
    if method != "usual":
        return Cleaned(_second_opinion(markup, base, method))
    found = _found(tree, base, facts.heading or facts.title)
    if len(facts.body) > _MUCH_LONGER * len(found.text) + _SHORT:
        return Cleaned(stated_text(facts.body))
    if count_words(found.text) < _FEW_WORDS:
        other = _second_opinion(markup, base, method)
        return Cleaned(other) if len(other) > _MUCH_LONGER * len(found.text) else found
    return found


def _found(tree: HtmlElement, base: str, title: str) -> Cleaned:
    body = tree.find("body")
    if body is None:
        return Cleaned("")
    factor = prepare(body)
    extents = measure(body, factor)
    root, heading, is_cleared = find_text(body, extents, title)
    if is_cleared:
        extents = measure(root, factor)
    name_headings(root, extents)
    found = find_boxes(root, extents)
    found |= find_ends(root, heading, extents, found)
    return write_cleaned(root, base, found)


def _second_opinion(markup: str, base: str, method: Method) -> str:
    from reader.pipeline.by_trafilatura import trafilatura_text

    tree = parse_page(markup)
    return "" if tree is None else trafilatura_text(tree, base, method)


def stated_text(body: str) -> str:
    """A text as the data of a page have it, in HTML or in plain paragraphs, as Markdown."""
    if "</" in body or "<br" in body:
        tree = parse_fragment(body)
        return "" if tree is None else write_markdown(tree, "")
    paragraphs = (clean_line(line) for line in body.split("\n"))
    return "\n\n".join(escape_block_start(escape_text(line)) for line in paragraphs if line)
