from __future__ import annotations

from reader.pipeline.discover import FeedLink, find_feeds
from tests.servers import NewsSite

URL = "http://a.example/blog/"


def find(html: str) -> list[FeedLink]:
    return find_feeds(html.encode(), "text/html", URL)


def test_the_feeds_that_a_page_announces_are_found_in_order(site: NewsSite):
    found = find_feeds(site.home().encode(), "text/html", site.server.url("/"))

    assert found == [
        FeedLink(site.rss_url, "The Harbour Post", "rss"),
        FeedLink(site.atom_url, "Atom", "atom"),
    ]


def test_feeds_of_comments_come_last():
    page = """<link rel="alternate" type="application/rss+xml" title="Comments"
      href="/comments/feed">
      <link rel="ALTERNATE" type="application/feed+json; charset=utf-8" href="feed.json">"""

    assert [(link.url, link.kind) for link in find(page)] == [
        ("http://a.example/blog/feed.json", "json"),
        ("http://a.example/comments/feed", "rss"),
    ]


def test_links_that_look_like_feeds_are_taken_when_none_is_announced():
    page = '<a href="/about">about</a><a href="/rss.xml">RSS</a><a href="https://b.example/feed/">F</a>'

    assert [link.url for link in find(page)] == [
        "http://a.example/rss.xml",
        "https://b.example/feed/",
    ]


def test_a_page_without_feeds_has_none():
    assert find("<link rel=stylesheet href=x><link rel=alternate hreflang=de href=/de><p>x") == []
    assert find("") == []
    assert find('<link rel="alternate" type="application/rss+xml" href="javascript:x">') == []


def test_the_base_of_the_page_counts():
    link = '<link rel="alternate" type="application/atom+xml" href="atom.xml">'
    page = f'<base href="http://c.example/">{link}'

    assert find(page)[0].url == "http://c.example/atom.xml"
