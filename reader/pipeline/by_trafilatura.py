"""The text of a page as trafilatura finds it, as Markdown.

Its tree is written by `markdown`, because its own writer drops the marks of quotes and the blank
lines of code. Runs in worker processes; trafilatura is loaded here only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive.text import line_joint
from reader.methods import Method
from reader.pipeline.name_paragraphs import keep_captions, name_paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

# A page with more is not extracted a second time for comparison: what trafilatura asks lxml for
# (`.//p//text()`) takes time by the square of their number, 10 s for 20,000, at each extraction.
_MANY_PARAGRAPHS = 3000
OPTIONS: dict[str, Any] = {
    "output_format": "markdown",
    "include_comments": False,
    "include_links": True,
    "include_tables": True,
    "include_formatting": True,
    "include_images": False,
}
"""What trafilatura is always asked for."""

# A paragraph of so many characters that is this much of a text is a page without paragraphs.
_LUMP, _MOST_OF_TEXT = 300, 0.7


def trafilatura_text(tree: HtmlElement, base: str, method: Method) -> str:
    """The text of a page; one that is all one paragraph is read as paragraphs again.

    `tree` is changed.
    """
    keep_captions(tree)
    _mark_code(tree)
    _join_lines(tree)
    text = _extracted(tree, base, method)
    if is_lumped(text) and name_paragraphs(tree):
        return _extracted(tree, base, method) or text
    return text


def is_lumped(text: str) -> bool:
    """Whether most of a text is one paragraph, as trafilatura makes of pages without any."""
    longest = max(map(len, text.split("\n")), default=0)
    return longest > _LUMP and longest > len(text) * _MOST_OF_TEXT


def _extracted(tree: HtmlElement, base: str, method: Method) -> str:
    """What trafilatura takes for the text of a page, as Markdown; the tree stays as it is."""
    import trafilatura
    from trafilatura.settings import Document

    from reader.pipeline.markdown import write_markdown
    from reader.pipeline.table_aligns import give_back_aligns, note_aligns

    aligns = note_aligns(tree)
    is_long = sum(1 for _ in tree.iter("p")) > _MANY_PARAGRAPHS
    document = trafilatura.bare_extraction(
        tree,
        **OPTIONS,
        fast=is_long,
        favor_recall=method == "more",
        favor_precision=method == "less",
    )
    if not isinstance(document, Document):
        return ""
    body = _as_html(document.body)
    give_back_aligns(body, aligns)
    return write_markdown(body, base)


_TAGS = {
    "item": "li", "quote": "blockquote", "lb": "br", "graphic": "img", "ref": "a", "row": "tr",
}  # fmt: skip
_SHAPES = {"#b": "strong", "#i": "em", "#t": "code", "#sup": "sup", "#sub": "sub"}


def _mark_code(tree: HtmlElement) -> None:
    """Preformatted text as plain `<code>`: most of it trafilatura takes for quotes and reflows."""
    from reader.pipeline.markdown import code_language, verbatim

    for block in list(tree.iter("pre")):
        language = code_language(block)
        text = verbatim(block)
        block.clear(keep_tail=True)
        block.tag, block.text = "code", text
        if language:
            block.set("class", f"language-{language}")


_LINE_BREAK = re.compile(r"(?<=([^\x00-\x7f]))[ \t\r]*\n[ \t\r\n]*(?=([^\x00-\x7f]))")


def _join_lines(tree: HtmlElement) -> None:
    """Line breaks as what they stand for: trafilatura makes spaces of them, between Chinese too."""
    for element in tree.iter("*"):
        if element.text and "\n" in element.text and element.tag != "code":
            element.text = _LINE_BREAK.sub(lambda at: line_joint(at[1], at[2]), element.text)
        if element.tail and "\n" in element.tail:
            element.tail = _LINE_BREAK.sub(lambda at: line_joint(at[1], at[2]), element.tail)


def _as_html(body: _Element) -> _Element:
    """Trafilatura's tree (TEI's names) with the tags of HTML."""
    for element in body.iter("*"):
        tag, kind = element.tag, element.get("rend") or ""
        if tag == "head":
            element.tag = kind if re.fullmatch("h[1-6]", kind) else "h2"
        elif tag == "list":
            element.tag = kind if kind in ("ol", "dl") else "ul"
        elif tag == "item" and kind[:2] in ("dt", "dd"):
            element.tag = kind[:2]
        elif tag == "hi":
            element.tag = _SHAPES.get(kind, "span")
        elif tag == "cell":
            element.tag = "th" if element.get("role") == "head" else "td"
        elif tag in _TAGS:
            element.tag = _TAGS[str(tag)]
        if target := element.get("target"):
            element.set("href", target)
    return body
