"""Feeds that a site announces in the header `Link` of its answers (RFC 8288)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import FeedUnusable
from reader.pipeline.discover import FeedLink, announced_beside
from reader.pipeline.fetch import Fetcher
from reader.pipeline.link_header import links_in
from reader.pipeline.subscribe import find_feed
from reader.pipeline.workers import Workers
from tests.servers import NewsSite, raw

URL = "http://a.example/blog/"
RSS = 'rel="alternate"; type="application/rss+xml"'
JSON = 'rel="a alternate"; type="application/feed+json; charset=utf-8"'


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (f"</feed>; {RSS}", [FeedLink("http://a.example/feed", "", "rss")]),
        (f"<feed> ;\t{RSS}; title=News", [FeedLink(URL + "feed", "News", "rss")]),
        (
            f'<https://b.example/a,b;c>; {RSS}; title="Us, \\"quoted\\"; and more"',
            [FeedLink("https://b.example/a,b;c", 'Us, "quoted"; and more', "rss")],
        ),
        (
            f"</one>; {RSS}, </two>; type=application/atom+xml; rel=ALTERNATE",
            [
                FeedLink("http://a.example/one", "", "rss"),
                FeedLink("http://a.example/two", "", "atom"),
            ],
        ),
        (
            f"</f>; {JSON}; title=x; title*=UTF-8'de'Neues%20%C3%BCber%20uns",
            [FeedLink("http://a.example/f", "Neues über uns", "json")],
        ),
        ('</a>; rel="next"; type="application/rss+xml"', []),
        ('</a>; rel="alternate"; type="text/html", </b>; rel=alternate', []),
        (f'</a>; {RSS}; anchor="/elsewhere"', []),
        (f"<javascript:alert(1)>; {RSS}", [FeedLink("", "", "rss")]),
        ("no link at all", []),
        (f'</a>; title="never closed; {RSS}', []),
    ],
)
def test_a_header_announces_feeds(header: str, found: list[FeedLink]) -> None:
    assert announced_beside(header, URL) == found


@given(st.text(alphabet="<>;,=\"\\ abrel*'%\t", max_size=300))
def test_any_header_is_read_to_its_end_or_given_up(header: str) -> None:
    for link in links_in(header):
        assert "<" not in link.target
        assert link.target in header


def test_a_feed_that_only_the_header_names_is_found(
    site: NewsSite, fetcher: Fetcher, workers: Workers
) -> None:
    site.server.remove("/rss.xml")
    site.server.put("/hidden/n.php", site.rss(), "application/rss+xml")
    body = b"<title>Nothing is announced here</title>"
    # Two lines of one name, as servers send them.
    links = ('Link: </style.css>; rel="preload"', f"Link: </hidden/n.php>; {RSS}")
    site.server.put_raw("/page", raw(body, "Content-Type: text/html", *links))

    found = find_feed(site.server.url("/page"), fetcher, workers)

    assert found.feed_url == site.server.url("/hidden/n.php")


def test_a_file_that_is_no_page_may_have_a_feed_beside_it(
    site: NewsSite, fetcher: Fetcher, workers: Workers
) -> None:
    header = {"Link": f'</rss.xml>; {RSS}; title="All", </atom.xml>; {RSS}; title="Häfen"'}
    header["Link"] = header["Link"].encode().decode("latin-1")
    site.server.put("/paper.pdf", b"%PDF-1.7 \x00\xff", "application/pdf", headers=header)

    found = find_feed(site.server.url("/paper.pdf"), fetcher, workers)

    assert found.feed_url == site.rss_url
    assert [(one.url, one.title) for one in found.others] == [(site.atom_url, "Häfen")]


def test_what_a_header_names_is_no_feed_by_that_alone(
    site: NewsSite, fetcher: Fetcher, workers: Workers
) -> None:
    for path in ("/rss.xml", "/atom.xml", "/feed.json"):
        site.server.remove(path)
    page = site.server.put("/page", "<p>x</p>", headers={"Link": f"</none>; {RSS}"})

    with pytest.raises(FeedUnusable, match="no feed was found from there"):
        find_feed(page, fetcher, workers)
    assert "/none" in site.server.paths()
