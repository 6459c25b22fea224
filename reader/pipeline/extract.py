"""A page's HTML becomes clean text in Markdown, with what the page states about itself.

trafilatura decides what of a page is its text; its tree is then written by `markdown`, because
its own writer drops the marks of quotes and the blank lines of code. Runs in worker processes;
trafilatura is loaded there only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from archive.characters import clean_line
from archive.text import line_joint
from reader.pipeline.charset import decode
from reader.pipeline.clean import clean_url

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement


# A page with more is not extracted a second time for comparison: what trafilatura asks lxml for
# (`.//p//text()`) takes time by the square of their number, 10 s for 20,000, at each extraction.
_MANY_PARAGRAPHS = 3000

# How much of a page is looked at to tell it from binary data, in characters.
SAMPLE = 4000
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """A page reduced to its text.

    `heading` is its first heading, `text` Markdown (empty if none was found). `published_at` is
    what the page states, in UTC, not yet judged. `problem` says in a clause what is wrong with
    the page, as in `holds no text that could be found`.
    """

    title: str = ""
    heading: str = ""
    text: str = ""
    author: str = ""
    site_name: str = ""
    published_at: datetime | None = None
    canonical_url: str = ""
    language: str = ""
    problem: str = ""


def extract_page(body: bytes, url: str, content_type: str) -> ExtractedPage:
    """The text of the page in `body`, which was fetched from `url`."""
    from reader.pipeline.html_tree import base_of, parse_page
    from reader.pipeline.page_facts import read_facts

    markup = decode(body, content_type)
    if is_binary(markup):
        return ExtractedPage(problem="is no text but binary data")
    tree = parse_page(markup)
    if tree is None:
        return ExtractedPage(problem="is empty")
    base = base_of(tree, url)
    facts = read_facts(tree, base)
    text = _main_text(tree, base)
    return ExtractedPage(
        title=facts.title,
        heading=facts.heading,
        text=text,
        author=facts.author,
        site_name=facts.site_name,
        published_at=facts.published_at,
        canonical_url=facts.canonical_url,
        language=facts.language,
        problem="" if text else "holds no text that could be found",
    )


def is_binary(markup: str) -> bool:
    """Whether what was sent as a page is none, by the share of what no text holds."""
    head = markup[:SAMPLE]
    strange = len(_NO_TEXT.findall(head))
    return strange * 20 > len(head)


def html_to_markdown(html: str, base_url: str) -> str:
    """All of a piece of HTML, as feeds have it, as Markdown.

    Nothing is judged to be furniture here: a feed's text is all the outlet's own.
    """
    from reader.pipeline.html_tree import base_of, parse_fragment
    from reader.pipeline.markdown import write_markdown

    tree = parse_fragment(html) if html.strip() else None
    if tree is None:
        return ""
    return write_markdown(tree, base_of(tree, base_url)) or _picture_words(tree, base_url)


def texts_to_markdown(pieces: Sequence[tuple[str, str]]) -> list[str]:
    """The same for many pieces, each with its own base."""
    return [html_to_markdown(html, base_url) for html, base_url in pieces]


def _main_text(tree: HtmlElement, base: str) -> str:
    """What trafilatura takes for the text of a page, as Markdown."""
    import trafilatura
    from trafilatura.settings import Document

    from reader.pipeline.markdown import write_markdown
    from reader.pipeline.table_aligns import give_back_aligns, note_aligns

    _make_links_absolute(tree, base)
    _mark_code(tree)
    _join_lines(tree)
    aligns = note_aligns(tree)
    is_long = sum(1 for _ in tree.iter("p")) > _MANY_PARAGRAPHS
    document = trafilatura.bare_extraction(
        tree,
        url=base,
        output_format="markdown",
        include_comments=False,
        include_links=True,
        include_tables=True,
        include_formatting=True,
        include_images=False,
        fast=is_long,
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


def _make_links_absolute(tree: HtmlElement, base: str) -> None:
    """Trafilatura knows no `<base>`; what is no web address stays, as it counts as a link too."""
    for link in tree.iter("a"):
        href = (link.get("href") or "").strip()
        if target := clean_url(href, base):
            link.set("href", target)


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


def _picture_words(tree: HtmlElement, base_url: str) -> str:
    """For a text that is pictures only, as web comics are: what they are called, as links."""
    from reader.pipeline.markdown_inline import escape_text

    lines = []
    for picture in tree.iter("img"):
        words = clean_line(" ".join(filter(None, (picture.get("alt"), picture.get("title")))))
        address = clean_url(picture.get("src") or "", base_url)
        if words and address:
            lines.append(f"[{escape_text(words)}]({address})")
    return "\n\n".join(lines)
