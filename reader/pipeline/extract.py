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
from typing import TYPE_CHECKING, Any

from archive.characters import clean_line
from archive.models import Dropped
from archive.text import line_joint
from reader.methods import Method
from reader.pipeline.blocks import Cleaned, plain_words
from reader.pipeline.charset import decode
from reader.pipeline.clean import clean_url
from reader.pipeline.furniture import Names, drop_known
from reader.pipeline.labels import label_notes
from reader.pipeline.language_vote import language_of
from reader.pipeline.not_article import problem_of_page, words_of_shell
from reader.pipeline.provenance import author_in, citation_in, date_in, source_of
from reader.pipeline.way import Way

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement


USUAL = Way()
RULE_FAILED = "The rule for this outlet's pages finds no text in this one"

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

# How much of a page is looked at to tell it from binary data, in characters.
SAMPLE = 4000
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """A page reduced to its text.

    `heading` is its first heading, `text` Markdown (empty if none was found) without the furniture
    in `removed`. `published_at` is what the page states, in UTC, not yet judged. `language` is the
    text's, `stated_language` what the page calls its own. `source_url` is the original that it
    cites. With `is_beginning` the rest of the text is for sale. `notes` are sentences about it.
    `problem` says in a clause what is wrong with the page: `holds no text that could be found`.
    """

    title: str = ""
    heading: str = ""
    text: str = ""
    author: str = ""
    site_name: str = ""
    published_at: datetime | None = None
    canonical_url: str = ""
    language: str = ""
    stated_language: str = ""
    byline: str = ""
    source_url: str = ""
    is_beginning: bool = False
    removed: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""


def extract_page(body: bytes, url: str, content_type: str, way: Way = USUAL) -> ExtractedPage:
    """The text of the page in `body`, which was fetched from `url`, found in that way."""
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
    shell = words_of_shell(tree)
    found, rule_note = _found(tree, base, way)
    cited = citation_in(tree, found, base)
    names = Names(facts.heading or facts.title, facts.site_name, facts.author)
    cleaned = drop_known(found, names) if way.method != "whole" else Cleaned(found)
    byline = facts.byline or next(
        (each.text for each in cleaned.removed if each.why == "dateline"), ""
    )
    byline = plain_words(byline.replace("\n", " "))
    asks_to_pay = any(each.why == "paywall" for each in cleaned.removed)
    is_paid = facts.is_paid or asks_to_pay
    problem = problem_of_page(shell, (facts.title, facts.heading), cleaned.text, is_paid=is_paid)
    text = "" if problem else cleaned.text
    return ExtractedPage(
        title=facts.title,
        heading=facts.heading,
        text=text,
        author=facts.author or author_in(byline),
        site_name=facts.site_name,
        published_at=facts.published_at or date_in(byline),
        canonical_url=facts.canonical_url,
        language=language_of(text, facts.language),
        stated_language=facts.language,
        byline=byline,
        source_url=source_of(found, cited, facts.metas, facts.canonical_url, url),
        is_beginning=asks_to_pay and not problem,
        removed=cleaned.removed if text else (),
        notes=(
            *rule_note,
            *label_notes(
                plain_words(each.text) for each in cleaned.removed if each.why == "signature"
            ),
        ),
        problem=problem or ("" if text else "holds no text that could be found"),
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


def _found(tree: HtmlElement, base: str, way: Way) -> tuple[str, tuple[str, ...]]:
    """The text of a page by the reader's rule for it, else by a method; what to say of the rule."""
    from reader.pipeline.markdown import write_markdown

    for element in tree.cssselect(way.drop) if way.drop else ():
        if element.getparent() is not None:
            element.drop_tree()
    if way.text and way.method == "usual":
        parts = [write_markdown(element, base) for element in _outermost(tree.cssselect(way.text))]
        if text := "\n\n".join(filter(None, parts)):
            return text, ()
        return _main_text(tree, base, "usual"), (f"{RULE_FAILED}: it was read as usual.",)
    if way.method == "whole":
        return write_markdown(tree, base), ()
    return _main_text(tree, base, way.method), ()


def _outermost(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Of elements in each other the outer ones: no word stands twice."""
    chosen = set(elements)
    return [each for each in elements if chosen.isdisjoint(each.iterancestors())]


def _main_text(tree: HtmlElement, base: str, method: Method) -> str:
    """The text of a page as Markdown; one that is all one paragraph is read as paragraphs again."""
    from reader.pipeline.prepare import name_paragraphs, prepare

    prepare(tree)
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
