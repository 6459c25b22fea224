"""Plain RSS is read without feedparser, and nobody can tell by what comes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.pipeline.parse import FeedParseError, ParsedFeed, parse_feed
from reader.pipeline.plain_rss import read_plain

URL = "http://feed.example/d/feed.xml"
HEAD = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:wfw="http://wellformedweb.org/CommentAPI/"><channel>'
)
END = "</channel></rss>"
NOT_PLAIN = "<rating>-</rating>"
"""What says nothing of the entries, and is not plain."""

TEXTS = [
    *("Plain words", "", "  sp  aced\n two ", "日本語", "caf\u00e9 \u2019s", "Ã©lan"),
    *("A &amp;amp; B &lt;b&gt;bold&lt;/b&gt;", "x &amp;eacute; y", "\u0085", "a\u00a0b"),
    *("&#8217;tis", "&#150;", "&amp;lt;"),
    *("<![CDATA[Über &amp; <i>x</i>]]>", "a<!-- c -->b<?pi x?>c", "&lt;nosuch&gt;b&lt;/nosuch&gt;"),
    *("<![CDATA[<p>r</p><img src='/a.jpg'>]]> tail", "&lt;p&gt;a&lt;/p&gt;", "a@b.example (Ann)"),
]  # fmt: skip
LINKS = [
    *("http://a.example/1", "http://a.example/2?a=1&amp;b=2", "http://a.example/?x&amp;amp;y", ""),
    *("/rel/3", "  http://a.example/4 \n", "http:///a.example/5", "javascript:x", "no address"),
    *("http://a.example/é", "http://a.example/?a=1&amp;copy;=2", "http://a.example/Ã©"),
]
PARTS: list[tuple[str, list[str]]] = [
    ("title", TEXTS),
    ("link", LINKS),
    ("description", TEXTS),
    ("content:encoded", TEXTS),
    ("pubDate", ["Mon, 02 Jun 2025 10:00:00 GMT", "yesterday", "", "2025-01-02"]),
    ("category", TEXTS),
    ("category", ["a", "b", "A"]),
    ("category", ["a", "b", "A"]),
    ("dc:creator", TEXTS),
    ("comments", LINKS),
    ("slash:comments", ["3"]),
    ("wfw:commentRss", LINKS),
    ("guid", [*TEXTS, *LINKS]),
    ('guid isPermaLink="false"', [*TEXTS, *LINKS]),
    ('guid isPermaLink="true"', [*TEXTS, *LINKS]),
    ('guid isPermaLink="TRUE"', LINKS),
]
HEADS = [
    "<title>T</title><link>http://a.example/</link><description>-</description>",
    "<title>Ä &amp;amp; &lt;b&gt;B&lt;/b&gt;</title><link>/x</link><language>de-DE</language>",
    '<atom:link href="http://a.example/f" rel="self" type="application/rss+xml"/><ttl>60</ttl>',
    "<image><url>/i.png</url><title>I</title><link>/i</link></image><title>T</title>",
    "<managingEditor>x@y.example (X)</managingEditor><copyright>by &amp; by</copyright>",
]
STRANGE = [
    '<enclosure url="/x.mp3" length="3" type="audio/mpeg"/>', "<title>again</title>", "<item/>",
    "<description>d<b>c</b></description>", '<title xml:lang="de">x</title>', "<guid/>", "<!-- -->",
    '<media:x xmlns:media="http://search.yahoo.com/mrss/">1</media:x>', "<author>x@y.de</author>",
    '<source url="/s">s</source>', '<category domain="d">c</category>', "words", "<image/>",
    '<link xml:base="/b/">p</link>', '<x:y/>', "&nbsp;", "</item><title>late</title><item>",
    "</item></channel><channel><item>", "<TITLE>t</TITLE>", "<language>fr</language>",
]  # fmt: skip


def element(name: str, text: str) -> str:
    return f"<{name}>{text}</{name.partition(' ')[0]}>"


@st.composite
def items(draw: st.DrawFn) -> str:
    """An item with some of the parts, each as often as it stands among them, in any order."""
    chosen = draw(st.lists(st.sampled_from(PARTS), max_size=9, unique_by=PARTS.index))
    parts = [element(name, draw(st.sampled_from(texts))) for name, texts in chosen]
    if draw(st.integers(0, 9)) == 0:
        parts.insert(draw(st.integers(0, len(parts))), draw(st.sampled_from(STRANGE)))
    return f"<item>{draw(st.sampled_from(['', ' ', chr(10)])).join(parts)}</item>"


def read(head: str, inside: str) -> tuple[ParsedFeed, object] | str:
    """What comes of a document, with what equality does not look at."""
    try:
        feed = parse_feed(f"{HEAD}{head}{inside}{END}".encode(), "", URL)
    except FeedParseError as error:
        return str(error)
    return feed, [entry.trace for entry in feed.entries]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(HEADS), st.lists(items(), min_size=1, max_size=4))
@example(
    HEADS[0], ["<item><category>a</category><category>b</category><category>a</category></item>"]
)
@example(HEADS[0], ["<item><guid>http://a.example/g</guid></item>"])
@example(HEADS[0], ["<item><link></link><guid>http://a.example/g</guid></item>"])
def test_it_is_what_feedparser_makes_of_it(head: str, written: list[str]):
    inside = "".join(written)

    assert read(head, inside) == read(head + NOT_PLAIN, inside)


def test_what_most_blogs_send_is_plain():
    item = "".join(element(name, texts[0]) for name, texts in PARTS[:12])
    item = f'<item>{item}<guid isPermaLink="false">1</guid></item>\n'

    for head in HEADS:
        plain = read_plain(f"{HEAD}{head}{item * 2}{END}".encode())
        assert plain is not None
        assert len(plain.items) == 2
        assert plain.around == f"{HEAD}{head}{END}".encode()
        assert read_plain(f"{HEAD}{head}{NOT_PLAIN}{item}{END}".encode()) is None


@pytest.mark.parametrize(
    "strange", [each for each in STRANGE if each not in ("<!-- -->", "words", "<guid/>")]
)
def test_what_is_not_plain_is_left_to_feedparser(strange: str):
    document = f"{HEAD}<title>T</title><item><title>x</title>{strange}</item>{END}"

    assert read_plain(document.encode()) is None


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace("<rss ", '<rss xml:lang="de" '),
        lambda text: text.replace("<channel>", '<channel xml:base="http://b.example/">'),
        lambda text: '<!DOCTYPE rss [<!ENTITY e "x">]>' + text,
        lambda text: text.replace("</rss>", ""),
        lambda text: text.replace("<rss ", '<rss xmlns="http://purl.org/rss/1.0/" '),
        lambda text: text.replace(END, "<title>late</title>" + END),
        lambda text: text.replace("<item>", "</channel></rss>"),
        lambda text: text.replace('xmlns:dc="http://purl.org/dc/elements/1.1/"', 'xmlns:dc="x:y"'),
        lambda text: text.replace("xmlns:slash=", "xmlns:s="),
        lambda text: text.replace("xmlns:atom=", "xmlns:media="),
        lambda text: text.replace("<link>", '<link xmlns:xlink="http://www.w3.org/1999/xlink">'),
    ],
)
def test_a_document_that_bears_on_its_items_is_not_plain(changed: Callable[[str], str]):
    text = f"{HEAD}<title>T</title><item><link>x</link></item>{END}"

    assert read_plain(text.encode()) is not None
    assert read_plain(changed(text).encode()) is None
