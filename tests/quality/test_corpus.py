"""The corpus is what it says: its words stand in its pages, which are many, various and hard."""

from __future__ import annotations

import html
import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html

from tests.quality.bare import bare_text
from tests.quality.corpus import NO_ARTICLES, Page, load_pages
from tests.quality.measure import count_run, measure, tokens

PAGES = load_pages()
KINDS = {"p", "h", "li", "q", "td", "dt", "dd", "cap", "code"}
FACTS = {
    "outlet", "url", "title", "author", "published", "language", "kind", "sections",
    "source_url_host", "content_type", "encoding", "feed", "keep", "optional", "drop",
}  # fmt: skip
_TAG = re.compile(r"<!--.*?-->|</?([a-zA-Z][a-zA-Z0-9-]*)[^>]*>", re.DOTALL)
# Between these a browser shows white space.
_APART = frozenset(
    ("br", "p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "dd", "dt", "blockquote")
)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.label)


def folded(text: str) -> str:
    """A text in one line; what stands for a character that may not be is a space."""
    return " ".join(text.replace("\ufffd", " ").split())


def shown(page: Page) -> str:
    """All words of a page in one line, those of its scripts too: some carry the text."""
    source = page.body.decode(page.facts.get("encoding", "utf-8"))
    bare = _TAG.sub(lambda tag: " " if (tag[1] or "").lower() in _APART else "", source)
    return folded(html.unescape(bare))


@every_page
def test_every_expected_word_stands_in_its_page(page: Page) -> None:
    words = shown(page)
    expected = [text for _, text in page.blocks] + page.drop + page.optional

    assert [text for text in expected if folded(text) not in words] == []


@every_page
def test_every_page_says_what_is_expected_of_it_and_nothing_twice_over(page: Page) -> None:
    kept = tokens(" ".join(page.keep))

    assert page.facts.keys() <= FACTS
    assert page.facts["kind"] in {"article", "roundup", "listing", *NO_ARTICLES}
    assert {kind for kind, _ in page.blocks} <= KINDS
    assert bool(page.blocks) is page.is_article
    assert page.keep
    assert page.drop
    assert all(map(tokens, [*page.keep, *page.drop, *page.optional]))
    assert [text for text in page.optional if count_run(kept, tokens(text))] == []


@every_page
def test_a_section_count_and_an_invented_host_belong_to_every_page_that_needs_them(
    page: Page,
) -> None:
    host = urlsplit(page.url).hostname or ""

    assert ("sections" in page.facts) is (page.facts["kind"] in {"roundup", "listing"})
    assert host.endswith(".example")


def test_there_are_many_pages_and_outlets_some_with_several_pages() -> None:
    outlets = Counter(page.outlet for page in PAGES)
    hosts = {(page.outlet, urlsplit(page.url).netloc) for page in PAGES}

    assert len(PAGES) >= 60
    assert len(outlets) >= 50
    assert sum(count >= 3 for count in outlets.values()) >= 5
    assert len({page.url for page in PAGES}) == len(PAGES)
    assert len(hosts) == len({host for _, host in hosts}) == len(outlets)


def skeleton(page: Page) -> list[str]:
    """The first elements of a page's body, each by its tag and class."""
    tree = lxml_html.document_fromstring(page.body)
    elements = list(tree.body.iter("*"))[1:31]
    return [f"{one.tag}.{one.get('class') or ''}" for one in elements]


def test_no_two_outlets_share_a_template() -> None:
    skeletons = [(page, skeleton(page)) for page in PAGES]
    alike = [
        f"{one.label} and {other.label}"
        for (one, first), (other, second) in combinations(skeletons, 2)
        if one.outlet != other.outlet and SequenceMatcher(None, first, second).ratio() > 0.7
    ]

    assert alike == []


def test_many_pages_are_hard_for_bare_trafilatura() -> None:
    measured = [(page, measure(bare_text(page), page.keep).f1) for page in PAGES]
    hard = [page for page, f1 in measured if f1 < 0.9]

    assert len(hard) >= 30
    assert sum(page.is_article for page in hard) >= 25
    assert len({page.outlet for page in hard}) >= 25
