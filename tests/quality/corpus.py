"""The pages that the text stage is judged by: `pages/GROUP/NAME.html`, beside each its `NAME.json`.

The pages are written by hand in the manner of real outlets; outlets, people and events are
invented. A `.json` says what a reader should make of its page:

    outlet, url      who publishes it, and where: pages of one outlet share their furniture
    title            what the feed calls it
    author, published, language
                     what the page states (a date alone, or an instant); null: it states none,
                     absent: it is not judged
    kind             article, roundup, listing, or what must never be taken for an article:
                     stub (of a paid text), wall (cookies, login), script, error
    sections         how many items a roundup or a listing has
    source_url_host  the host of the original that the page names
    content_type     the header that it is served with (none: HTML in UTF-8)
    encoding         the one that its bytes are really in (none: UTF-8)
    feed             HTML that its feed states of it: `summary`, `content`
    keep             what its text consists of, in order: [kind, words]; the kinds are p, h, li,
                     q (quote), td (cell), dt, dd, cap (caption), code
    drop             furniture that must not be in the text
    optional         what may be in the text or not: it is not judged

A page that is no article has an empty `keep`, and nothing of it may be in the text: the reader
gets what the feed says. All words stand as a browser shows them, with white space folded.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import html

PAGES = Path(__file__).parent / "pages"
NO_ARTICLES = frozenset({"stub", "wall", "script", "error"})


@dataclass(frozen=True)
class Page:
    """A page and what a reader should make of it."""

    group: str
    name: str
    body: bytes
    facts: dict[str, Any]

    @property
    def label(self) -> str:
        return f"{self.group}/{self.name}"

    @property
    def url(self) -> str:
        return str(self.facts["url"])

    @property
    def outlet(self) -> str:
        return str(self.facts["outlet"])

    @property
    def title(self) -> str:
        return str(self.facts["title"])

    @property
    def author(self) -> str:
        return str(self.facts["author"] or "")

    @property
    def content_type(self) -> str:
        return str(self.facts.get("content_type", "text/html; charset=utf-8"))

    @property
    def is_article(self) -> bool:
        return self.facts["kind"] not in NO_ARTICLES

    @property
    def feed(self) -> dict[str, str]:
        return dict(self.facts.get("feed", {}))

    @property
    def blocks(self) -> list[list[str]]:
        """What the page's text consists of, each with its kind; none of what is no article."""
        return list(self.facts["keep"])

    @property
    def drop(self) -> list[str]:
        return list(self.facts["drop"])

    @property
    def optional(self) -> list[str]:
        return list(self.facts.get("optional", []))

    @cached_property
    def keep(self) -> list[str]:
        """The blocks of the text that a reader should get, in order."""
        if self.is_article:
            return [words for _, words in self.blocks]
        return self.stated

    @cached_property
    def stated(self) -> list[str]:
        """The paragraphs that the feed has of it: the whole content, else the summary."""
        html = self.feed.get("content") or self.feed.get("summary") or ""
        return words_of_html(html) if html else []


def load_pages(folder: Path = PAGES) -> list[Page]:
    """All pages, by group and name."""
    return [
        Page(
            path.parent.name,
            path.stem,
            path.read_bytes(),
            json.loads(path.with_suffix(".json").read_text(encoding="utf-8")),
        )
        for path in sorted(folder.glob("*/*.html"))
    ]


def words_of_html(markup: str) -> list[str]:
    """The paragraphs of a piece of HTML, each as one line of words."""
    tree = html.fragment_fromstring(markup, create_parent="div")
    texts = [tree.text or ""] + [one.text_content() + (one.tail or "") for one in tree]
    return [words for text in texts if (words := re.sub(r"\s+", " ", text).strip())]
