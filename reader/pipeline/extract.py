"""A page's HTML becomes clean text in Markdown, with what the page states about itself.

What it states is read first, then `main_text` finds its text, and `furniture` drops from that what
is none by its words. Runs in worker processes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from archive.characters import clean_line
from reader.pipeline.blocks import Cleaned, plain_words
from reader.pipeline.charset import decode
from reader.pipeline.clean import clean_url
from reader.pipeline.extracted import RULE_FAILED, ExtractedPage
from reader.pipeline.furniture import Names, drop_known
from reader.pipeline.labels import label_notes
from reader.pipeline.language_vote import language_of
from reader.pipeline.not_article import problem_of_page, words_of_shell
from reader.pipeline.provenance import author_in, citations_in, date_in, source_of
from reader.pipeline.way import Way

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from reader.pipeline.page_facts import PageFacts
    from reader.pipeline.page_pictures import Seen


USUAL = Way()

# How much of a page is looked at to tell it from binary data, in characters.
SAMPLE = 4000
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")


def extract_page(body: bytes, url: str, content_type: str, way: Way = USUAL) -> ExtractedPage:
    """The text of the page in `body`, which was fetched from `url`, found in that way."""
    from reader.pipeline.html_tree import base_of, parse_page
    from reader.pipeline.page_facts import read_facts
    from reader.pipeline.page_pictures import placed_pictures, seen_pictures

    markup = decode(body, content_type)
    if is_binary(markup):
        return ExtractedPage(problem="is no text but binary data")
    tree = parse_page(markup)
    if tree is None:
        return ExtractedPage(problem="is empty")
    base = base_of(tree, url)
    facts = read_facts(tree, base)
    citations = citations_in(tree, base)
    author, published_at = _shown(tree, facts)
    seen = seen_pictures(tree, base)
    found, rule_note = _found(tree, markup, base, way, facts)
    cited = next((address for address in citations if address not in found.text), "")
    names = Names(facts.heading or facts.title, facts.site_name, facts.author)
    cleaned = found if way.method == "whole" else drop_known(found, names)
    byline = facts.byline or next(
        (each.text for each in cleaned.removed if each.why == "dateline"), ""
    )
    byline = plain_words(byline.replace("\n", " "))
    asks_to_pay = any(each.why == "paywall" for each in cleaned.removed)
    is_paid = facts.is_paid or asks_to_pay
    heads = (facts.title, facts.heading, facts.first_heading)
    problem = problem_of_page(partial(_shell_of, markup), heads, cleaned.text, is_paid=is_paid)
    text = "" if problem else cleaned.text
    return ExtractedPage(
        title=facts.title,
        heading=facts.heading,
        text=text,
        author=facts.author or author or author_in(byline),
        site_name=facts.site_name,
        published_at=facts.published_at or published_at or date_in(byline),
        canonical_url=facts.canonical_url,
        language=language_of(text, facts.language),
        stated_language=facts.language,
        byline=byline,
        source_url=source_of(found.text, cited, facts.metas, facts.canonical_url, url),
        is_beginning=asks_to_pay and not problem,
        removed=cleaned.removed if text else (),
        pictures=placed_pictures(seen, text, facts.image_url) if text else (),
        notes=(
            *rule_note,
            *label_notes(
                plain_words(each.text) for each in cleaned.removed if each.why == "signature"
            ),
        ),
        problem=problem or ("" if text else "holds no text that could be found"),
    )


def _shown(tree: HtmlElement, facts: PageFacts) -> tuple[str, datetime | None]:
    """Author and date as the page shows them around its title, where its head says nothing."""
    from reader.pipeline.bylines import author_of, date_of, lines_around, signed

    if facts.author and facts.published_at:
        return "", None
    heading = facts.said_by if facts.said_by is not None else next(tree.iter("h1"), None)
    lines = lines_around(heading) if heading is not None else []
    author = "" if facts.author else author_of(lines) or signed(tree)
    return author, None if facts.published_at else date_of(lines)


def _shell_of(markup: str) -> str:
    from reader.pipeline.html_tree import parse_page

    tree = parse_page(markup)
    return "" if tree is None else words_of_shell(tree)


def is_binary(markup: str) -> bool:
    """Whether what was sent as a page is none, by the share of what no text holds."""
    head = markup[:SAMPLE]
    strange = len(_NO_TEXT.findall(head))
    return strange * 20 > len(head)


def html_to_markdown(html: str, base_url: str) -> str:
    """All of a piece of HTML, as feeds have it, as Markdown.

    Nothing is judged to be furniture here: a feed's text is all the outlet's own.
    """
    return markdown_and_pictures(html, base_url)[0]


def markdown_and_pictures(html: str, base_url: str) -> tuple[str, Sequence[Seen]]:
    """The same, and the pictures that are seen in it."""
    from reader.pipeline.html_tree import base_of, parse_fragment
    from reader.pipeline.markdown import write_markdown
    from reader.pipeline.page_pictures import seen_pictures
    from reader.pipeline.plain_html import read_plain
    from reader.pipeline.plain_tree import plain_tree

    if plain := read_plain(html, base_url):
        if not plain.has_pictures:
            return plain.text, ()
        with plain_tree(plain.tokens) as body:
            return plain.text, seen_pictures(body, base_url, in_text_box=True)
    tree = parse_fragment(html) if html.strip() else None
    if tree is None:
        return "", ()
    base = base_of(tree, base_url)
    seen = seen_pictures(tree, base, in_text_box=True)
    return write_markdown(tree, base) or _picture_words(tree, base_url), seen


def _found(
    tree: HtmlElement, markup: str, base: str, way: Way, facts: PageFacts
) -> tuple[Cleaned, tuple[str, ...]]:
    """The text of a page by the reader's rule for it, else by a method; what to say of the rule."""
    from reader.pipeline.main_text import main_text
    from reader.pipeline.markdown import write_markdown

    for element in tree.cssselect(way.drop) if way.drop else ():
        if element.getparent() is not None:
            element.drop_tree()
    if way.text and way.method == "usual":
        parts = [write_markdown(element, base) for element in _outermost(tree.cssselect(way.text))]
        if text := "\n\n".join(filter(None, parts)):
            return Cleaned(text), ()
        text_found = main_text(tree, markup, base, "usual", facts)
        return text_found, (f"{RULE_FAILED}: it was read as usual.",)
    if way.method == "whole":
        return Cleaned(write_markdown(tree, base)), ()
    return main_text(tree, markup, base, way.method, facts), ()


def _outermost(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Of elements in each other the outer ones: no word stands twice."""
    chosen = set(elements)
    return [each for each in elements if chosen.isdisjoint(each.iterancestors())]


def _picture_words(tree: HtmlElement, base_url: str) -> str:
    """For a text that is pictures only, as web comics are: what they are called, as links."""
    from reader.pipeline.markdown_escapes import escape_text

    lines = []
    for picture in tree.iter("img"):
        words = clean_line(" ".join(filter(None, (picture.get("alt"), picture.get("title")))))
        address = clean_url(picture.get("src") or "", base_url)
        if words and address:
            lines.append(f"[{escape_text(words)}]({address})")
    return "\n\n".join(lines)
