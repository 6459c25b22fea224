from __future__ import annotations

import pytest

from reader.pipeline.clean import clean_markup, clean_url


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a&#27;b&#x1B;c&#0;d", "abcd"),
        ("a&#xd800;b&#57343;c", "abc"),
        ("a&#1114112;b&#xFFFFFFFF;c&#xfffe;d", "abcd"),
        ("tab&#9;line&#10;", "tab&#9;line&#10;"),
        ("&#8217;&#x1F600;&amp;&lt;", "&#8217;&#x1F600;&amp;&lt;"),
        ("&#146;&#x97;", "’—"),
        ("raw\x1b\x00\x9b\ud800\ufffe.", "raw."),
        ("no reference: &#; &#x; &#12a", "no reference: &#; &#x; a"),
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
