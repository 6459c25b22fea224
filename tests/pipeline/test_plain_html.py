"""Plain HTML is read without a tree, and nobody can tell by what comes of it."""

from __future__ import annotations

import gc
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.pipeline.extract import markdown_and_pictures
from reader.pipeline.plain_html import read_plain
from reader.pipeline.plain_tree import PlainElement

URL = "https://x.example/dir/page"
NOT_PLAIN = "<!-- -->"
"""What says nothing of a text, and is not plain."""
LONG = "Quite long words of a paragraph, which tell one from another. "
WORDS = [
    *("word", "Two", "three words", "a", "*", "_x_", "**", "`c`", "1. ", "# h", "- l", "> q", LONG),
    *("&amp;", "&lt;b&gt;", "&nbsp;", "&#8217;", "&#39;", "&apos;", "&copy", "&bogus;", "&#8203;"),
    *("é", "中文", "。", "“so”", "\u200b", "[x]", "(y)", "](z)", "\\", "~~", "|", "=", "---", "1)"),
    *("  ", "\n", "\n\n", " ", "\t", ".", ",", "AT&T", "R & D", "\u3000", "\xa0", "e\u0301", "!"),
]
ADDRESSES = [
    *("https://e.example/1", "/x/y", "#top", "mailto:a@b.example", "", "javascript:x", "page#a"),
    *("http://e.example/a(b)", "https://e.example/?a=1&amp;b=2", "https://e.example/?a=1&b=2"),
    *("//cdn.e.example/p.jpg", "img-640x480.jpg", "https://e.example/logo.png", " /s.jpg "),
]
ATTRIBUTES = [
    *(' class="wp-caption x"', ' id="n1"', ' title="t &amp; u"', ' data-x="1"', ' class="advert"'),
    *(' start="3"', ' ALT="x"', ' href="http://z.example/"', " hidden", " lang='en'"),
]
INLINE = ("a", "a", "em", "em", "strong", "b", "i", "code", "span", "s", "del", "cite", "sub")
BLOCKS = ("p", "p", "p", "h2", "h3", "ul", "ol", "blockquote", "div", "figure", "hr", "img", "pre")
BETWEEN = ["", "\n", "\n\n", " ", "\n  ", "\t"]
SPOILT = [
    *("<p>", "</p>", "<", ">", "<li>", "</a>", "<a>", "&", '"', "<br>", "<div>", "</em>", "<ul>"),
    *("\r", "\x0c", "<pre>", "<P>", "'", "<title>", "<center>", "</br>", "<h2>", "<td>", "<x-y>"),
]


class Author:
    """Writes pieces of HTML, most of them as they should be."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice

    def piece(self) -> str:
        """A piece of a few blocks, at times spoilt."""
        text = self._many(self._block, 0)
        if self._dice.random() < 0.3:
            at = self._dice.randrange(len(text) + 1)
            text = text[:at] + self._dice.choice(SPOILT) + text[at + self._dice.randrange(3) :]
        return text

    def _many(self, write: object, depth: int) -> str:
        assert callable(write)
        count = self._dice.randrange(4)
        return self._space() + "".join(write(depth + 1) + self._space() for _ in range(count))

    def _space(self) -> str:
        return self._dice.choice(BETWEEN)

    def _text(self) -> str:
        words = self._dice.choices(WORDS, k=self._dice.randrange(4))
        return self._dice.choice(["", " "]).join(words)

    def _attributes(self) -> str:
        return self._dice.choice(ATTRIBUTES) if self._dice.random() < 0.2 else ""

    def _words(self, depth: int) -> str:
        text = self._text()
        for _ in range(self._dice.randrange(3)):
            text += self._inline(depth + 1) + self._text()
        return text

    def _inline(self, depth: int) -> str:
        tag = self._dice.choice(INLINE)
        if self._dice.random() < 0.15:
            return self._dice.choice(["<br>", "<br/>", "<br />", self._picture()])
        link = f' href="{self._dice.choice(ADDRESSES)}"' if tag == "a" else ""
        inside = self._words(depth) if depth < 4 else self._text()
        return f"<{tag}{link}{self._attributes()}>{inside}</{tag}>"

    def _picture(self) -> str:
        source = self._dice.choice(ADDRESSES)
        sizes = (' alt="its words"', ' width="640" height="30"', ' srcset="a.jpg 300w, b.jpg 900w"')
        return f'<img src="{source}"{self._dice.choice(("", *sizes))}{self._dice.choice(">/")}>'

    def _figure(self) -> str:
        picture = self._picture()
        linked = f'<a href="{self._dice.choice(ADDRESSES)}">{picture}</a>'
        caption = f"<figcaption>{self._words(0)}</figcaption>"
        parts = self._dice.choice([picture, linked]), self._dice.choice(["", caption])
        return self._space() + self._space().join(parts)

    def _item(self, depth: int) -> str:
        is_words = self._dice.random() < 0.8 or depth > 3
        return f"<li>{self._words(0) if is_words else self._many(self._block, depth)}</li>"

    def _block(self, depth: int) -> str:
        tag = self._dice.choice(BLOCKS)
        if tag == "hr":
            return self._dice.choice(["<hr>", "<hr/>"])
        if tag == "img":
            return self._picture()
        if tag in ("ul", "ol"):
            inside = self._many(self._item, depth)
        elif tag == "figure":
            inside = self._figure()
        elif tag in ("p", "h2", "h3", "pre") or depth > 3 or self._dice.random() < 0.3:
            inside = self._words(0)
        else:
            inside = self._many(self._block, depth)
        return f"<{tag}{self._attributes()}>{inside}</{tag}>"


@given(st.integers(0, 1 << 60))
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_comes_to_what_its_tree_comes_to(seed: int) -> None:
    piece = Author(Random(seed)).piece()
    if read_plain(piece, URL):
        text, seen = markdown_and_pictures(piece, URL)
        by_tree = markdown_and_pictures(NOT_PLAIN + piece, URL)
        assert (text, list(seen)) == (by_tree[0], list(by_tree[1]))


@pytest.mark.parametrize(
    "piece",
    [
        '<p>See <a title="use href=" class="x" href="https://e.example/">this</a></p>',
        '<p>See <a title="use href=" class="x">this</a></p>',
        '<p>See <a href="/1" href="/2">this</a></p>',
        "<p>&lang;x&rang; &hellip; &euro;</p>",
        '<p>a</p><figure><img src="/big-1.jpg"><br><hr><figcaption>It</figcaption></figure>',
    ],
)
def test_odd_pieces_come_to_what_their_tree_comes_to(piece: str) -> None:
    text, seen = markdown_and_pictures(piece, URL)
    by_tree = markdown_and_pictures(NOT_PLAIN + piece, URL)
    assert (text, list(seen)) == (by_tree[0], list(by_tree[1]))


def test_a_text_that_was_read_leaves_nothing_in_memory() -> None:
    gc.collect()
    gc.disable()
    try:
        _, seen = markdown_and_pictures(f'<p>{LONG}</p><p><img src="/big-1.jpg"></p>', URL)
        left = [each for each in gc.get_objects() if isinstance(each, PlainElement)]
    finally:
        gc.enable()
    assert seen
    assert left == []


def test_very_many_tags_are_left_to_the_tree() -> None:
    assert read_plain("<p>a</p>" + "<hr>" * 100_000, URL) is None


def test_what_blogs_write_is_plain() -> None:
    piece = (
        '<p>Some words <a href="/x?a=1&amp;b=2" rel="nofollow">of a link</a> &#8211; <em>so</em>.'
        '</p>\n<figure class="wp-block-image"><a href="/p.jpg"><img src="/p.jpg" alt="It" /></a>'
        "<figcaption>What it shows</figcaption></figure>\n<ul>\n<li>One</li>\n"
        "<li><strong>Two</strong></li>\n</ul>\n<h2>A head</h2>\n<blockquote>\n<p>Said.</p>\n"
        "</blockquote>\n<p>The end.<br />Really.</p>"
    )
    plain = read_plain(piece, URL)
    assert plain
    assert plain.text == (
        "Some words [of a link](https://x.example/x?a=1&b=2) – *so*.\n\nWhat it shows\n\n"
        "- One\n- **Two**\n\n## A head\n\n> Said.\n\nThe end.  \nReally."
    )
    _, seen = markdown_and_pictures(piece, URL)
    assert [(each.picture.url, each.picture.caption) for each in seen] == [
        ("https://x.example/p.jpg", "What it shows")
    ]


@pytest.mark.parametrize(
    "piece",
    [
        *("words", "<p>one<p>two</p>", "<p>a<div>b</div></p>", "<P>a</P>", "<p>a</p>words", "<p/>"),
        *("<p>a < b</p>", "<p>a &b; c</p>", "<a href=x>a</a>", "<p><a>b<a>c</a></a></p>", "<p>a"),
        *("<p>a</b></p>", "<p>&#128;</p>", "<p>\x9d</p>", "<script>x</script>", "<pre>a</pre>"),
        *("<table><tr><td>a</td></tr></table>", '<base href="/y/"><p>a</p>', "<p></p>", "a</p>"),
        "<div>" * 21 + "<p>a</p>" + "</div>" * 21,
        "<p>" + "<span>" * 3000 + "a" + "</span>" * 3000 + "</p>",
    ],
)
def test_of_anything_else_its_tree_is_asked(piece: str) -> None:
    assert read_plain(piece, URL) is None
