"""A watched page, whatever its state: entries, or one clause that says why there are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.pipeline.parse import Entry
from reader.pipeline.watch import watch_page
from reader.pipeline.workers import Refused

URL = "http://a.example/news/"
_PIECES = st.sampled_from(
    ["<a href=", '"/x"', ">", "</a>", "<li>", "<h2>", "<b", "&#27;", "\x1b]0;", "词", "<!--", "]]>",
     "<time datetime=2026-13-45>", "javascript:x", "<base href=//b>", "\x00", "&#xd800;", "words "]
)  # fmt: skip


def watch(html: str, selector: str) -> tuple[Entry, ...]:
    return watch_page(html.encode("utf-8", "replace"), "text/html", URL, selector).entries


def test_links_are_absolute_and_told_once_by_the_words_beside_the_picture() -> None:
    page = '<a href="a?x=1"><img src=i.png></a> <a href="a?x=1"> A\n title </a> <a href="/b">B</a>'

    entries = watch(page, "a")

    assert [(entry.url, entry.title) for entry in entries] == [
        ("http://a.example/news/a?x=1", "A title"),
        ("http://a.example/b", "B"),
    ]
    assert [entry.entry_id for entry in entries] == [entry.url for entry in entries]


def test_a_heading_within_a_link_has_that_link() -> None:
    assert watch('<a href="/x"><h2>Inside</h2><p>More</p></a>', "h2")[0].url == "http://a.example/x"


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///etc/passwd", "exec:x", "mailto:a"]
)
def test_a_link_that_is_no_web_address_is_none(href: str) -> None:
    (entry,) = watch(f'<a href="{href}">Words</a>', "a")

    assert (entry.url, entry.title) == ("", "Words")


@given(st.lists(_PIECES, max_size=60).map("".join), st.sampled_from(["a", "li", "*", "h2 > a"]))
def test_any_page_is_read_or_refused(html: str, selector: str) -> None:
    try:
        entries = watch(html, selector)
    except Refused:
        return
    assert all(entry.url.startswith("http") or entry.summary_html for entry in entries)
    assert all(entry.title.isprintable() for entry in entries)
    assert len({entry.entry_id for entry in entries}) == len(entries)
