from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.characters import clean_text
from reader.pipeline.clean import clean_markup, clean_url
from reader.pipeline.extract import extract_page, html_to_markdown

# What makes and joins up references to control characters, and Markdown's private marks.
HOSTILE = st.lists(
    st.sampled_from(
        ["&#", "&#x", "&", "#", "x", ";", "4", "4;", "27;", "1b;", "6;", "0", "&#4;", "&#1;",
         "&#27;", "&amp;#4;", "&#38;#4;", "\x00", "\x01", "\x04", "\x05", "\x1b", "\x9b", "\u200b",
         "<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<pre>", "</pre>", "<p>", "<br>",
         "<a href='mailto:a&#&#4;4;'>", "<a href='/x&#&#4;4;'>", "</a>", "<sup>", "</sup>", "w "]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a&#27;b&#x1B;c&#0;d", "a b c d"),
        ("a&#xd800;b&#57343;c", "a b c"),
        ("a&#1114112;b&#xFFFFFFFF;c&#xfffe;d", "a b c d"),
        ("tab&#9;line&#10;", "tab&#9;line&#10;"),
        ("&#8217;&#x1F600;&amp;&lt;", "&#8217;&#x1F600;&amp;&lt;"),
        ("&#146;&#x97;", "’—"),
        ("raw\x1b\x00\x9b\ud800\ufffe.", "raw."),
        ("no reference: &#; &#x; &#12a", "no reference: &#; &#x;  a"),
        ("&#&#4;4;&#x&#x4;4;&#&#27;27;", "&# 4;&#x 4;&# 27;"),
        ("a&#00000000000000004;b&#x000000000000001b;c&#00000000055296;d", "a b c d"),
        ("&#0000000000000065;&#" + "9" * 6000 + ";.", "&#0000000000000065; ."),
    ],
)
def test_markup_loses_what_breaks_parsers(markup: str, expected: str):
    assert clean_markup(markup) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/x?y=1#z", "http://a.example/x?y=1#z"),
        (" https://a.example/\n", "https://a.example/"),
        ("HTTP://A.example/", "http://A.example/"),
        ("/p", "http://b.example/p"),
        ("p q", "http://b.example/d/p%20q"),
        ("//c.example/", "http://c.example/"),
        ("http://a.example/ü", "http://a.example/ü"),
        ("http://a.example/\x1b[31m", "http://a.example/%1B[31m"),
        ("http://a.example/\u202egnp.exe", "http://a.example/%E2%80%AEgnp.exe"),
        ("http://a\u200b.example/", ""),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,x", ""),
        ("mailto:a@b.example", ""),
        ("http://a.example:99999/", ""),
        ("http://a.example:x/", ""),
        ("http://[::1/", ""),
        ("http://a b.example/", ""),
    ],
)
def test_addresses_on_a_base(url: str, expected: str):
    assert clean_url(url, "http://b.example/d/e") == expected


@pytest.mark.parametrize(
    "url", ["http://", "http:///path", "https:", "/path", "a.example", "http://:80/"]
)
def test_an_address_needs_a_host(url: str):
    assert clean_url(url) == ""


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_no_hostile_reference_stops_the_conversion_or_reaches_the_text(markup: str):
    text = html_to_markdown(markup, "http://a.example/")
    page = extract_page(
        f"<body><h1>H</h1>{markup}".encode("utf-8", "replace"), "http://a.example/", ""
    )

    assert text == clean_text(text)
    assert page.text == clean_text(page.text)
    assert clean_markup(clean_markup(markup)) == clean_markup(markup)


@pytest.mark.parametrize("markup", ["&#&#4;4;", "<b>&#&#4;4;</b>", "<code>&#&#1;1;</code>"])
def test_a_reference_inside_a_reference_is_no_mark_of_ours(markup: str):
    assert html_to_markdown(f"<p>before {markup} after</p>", "").startswith("before ")
