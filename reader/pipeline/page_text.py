"""All words of a page, furniture and all: for looking at it as it was. Runs in worker processes."""

from __future__ import annotations

from dataclasses import dataclass

from reader.pipeline.charset import decode
from reader.pipeline.workers import Refused


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's own title, and its text in Markdown."""

    title: str
    text: str


def page_text(body: bytes, url: str, content_type: str) -> PageText:
    """Everything that the page in `body` says; nothing is judged to be furniture."""
    from reader.pipeline.extract import is_binary
    from reader.pipeline.html_tree import base_of, parse_page
    from reader.pipeline.markdown import write_markdown
    from reader.pipeline.page_facts import read_facts

    markup = decode(body, content_type)
    if is_binary(markup):
        raise Refused("is no text but binary data")
    tree = parse_page(markup)
    if tree is None:
        return PageText("", "")
    base = base_of(tree, url)
    return PageText(read_facts(tree, base).title, write_markdown(tree, base))
