from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.urls import url_key


@pytest.mark.parametrize(
    "variant",
    [
        "http://www.news.example/a/story",
        "https://news.example/a/story/",
        "https://NEWS.example:443/a/story#comments",
        "https://user@news.example/a/story?utm_source=rss&utm_medium=feed&fbclid=x",
        " https://news.example./a/story?& ",
    ],
)
def test_variants_of_one_page_have_one_key(variant: str) -> None:
    assert url_key("https://news.example/a/story") == url_key(variant)


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/a/Story",
        "https://news.example/a/story?id=2",
        "https://sub.news.example/a/story",
        "https://news.example:8080/a/story",
        "https://news.example/a/story#!/two",
    ],
)
def test_other_pages_have_other_keys(other: str) -> None:
    assert url_key("https://news.example/a/story") != url_key(other)


def test_parameters_may_come_in_any_order_and_letters_be_escaped_or_not() -> None:
    assert url_key("https://n.example/é?b=2&a=1") == url_key("https://n.example/%c3%a9?a=1&b=2")


@pytest.mark.parametrize(
    "text", ["mailto:a@b.example", "urn:uuid:1", "http://[broken", "https:", ""]
)
def test_what_is_no_web_address_is_its_own_key(text: str) -> None:
    assert text == url_key(text)


@given(st.one_of(st.text(max_size=40), st.text(max_size=40).map(lambda rest: "http://a" + rest)))
def test_any_text_has_a_key(text: str) -> None:
    assert isinstance(url_key(text), str)
