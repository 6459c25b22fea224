"""Fetching from servers that behave and from servers that do everything else."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from reader.pipeline.fetch import FeedRequest, Fetched, Fetcher, FetchFailed, NotModified
from tests.servers import NewsSite, Server, deaf_server, raw

RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>'
HTML = b"<html><body><p>text</p></body></html>"


def closed_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_feed_comes_with_its_body_its_headers_and_a_hash(fetcher: Fetcher, site: NewsSite):
    answer = fetcher.fetch_feed(FeedRequest(site.rss_url))

    assert isinstance(answer, Fetched)
    assert answer.status == 200
    assert answer.body.read().decode() == site.rss()
    assert answer.headers["content-type"] == "application/rss+xml"
    assert answer.final_url == site.rss_url
    assert answer.moved_to == ""
    assert answer.body.hash


def test_an_unchanged_feed_is_not_modified_by_its_etag(fetcher: Fetcher, site: NewsSite):
    first = fetcher.fetch_feed(FeedRequest(site.rss_url))
    again = fetcher.fetch_feed(FeedRequest(site.rss_url, etag=first.headers["etag"]))

    assert isinstance(again, NotModified)
    assert again.status == 304


def test_an_unchanged_feed_is_not_modified_by_its_hash(fetcher: Fetcher, site: NewsSite):
    first = fetcher.fetch_feed(FeedRequest(site.rss_url))
    again = fetcher.fetch_feed(FeedRequest(site.rss_url, body_hash=first.body.hash))

    assert isinstance(again, NotModified)
    assert again.status == 200


def test_validators_are_sent_as_they_came(fetcher: Fetcher, server: Server):
    url = server.put("/f", RSS)
    fetcher.fetch_feed(
        FeedRequest(url, etag='W/"x"', last_modified="Wed, 04 Mar 2026 11:10:00 GMT")
    )

    sent = server.requests[-1].headers
    assert sent["if-none-match"] == 'W/"x"'
    assert sent["if-modified-since"] == "Wed, 04 Mar 2026 11:10:00 GMT"
    assert sent["user-agent"] == "newsreader/0.1.0 (terminal news reader)"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "answered 404 Not Found"),
        (410, "answered 410 Gone"),
        (403, "answered 403 Forbidden"),
        (500, "answered 500 Internal Server Error"),
        (599, "answered 599"),
        (204, "answered 204 No Content"),
    ],
)
def test_an_error_answer_fails_in_words(fetcher: Fetcher, server: Server, status: int, words: str):
    answer = fetcher.fetch_page(server.put("/p", "oops", status=status))

    assert isinstance(answer, FetchFailed)
    assert (answer.error, answer.status) == (words, status)


def test_a_refused_connection_says_so(fetcher: Fetcher):
    port = closed_port()
    answer = fetcher.fetch_feed(FeedRequest(f"http://127.0.0.1:{port}/"))

    assert answer == FetchFailed(
        f"http://127.0.0.1:{port}/", f"127.0.0.1:{port} refused the connection"
    )


def test_an_unknown_name_says_so(fetcher: Fetcher):
    answer = fetcher.fetch_feed(FeedRequest("http://no-such-host.invalid/feed"))

    assert answer.error == "the name no-such-host.invalid is not known"


def test_a_host_that_accepts_and_says_nothing_is_left_after_the_total_time(
    hasty_fetcher: Fetcher, server: Server
):
    url = server.put_raw("/", 30.0)
    started = time.monotonic()
    answer = hasty_fetcher.fetch_feed(FeedRequest(url))

    assert answer.error == f"127.0.0.1:{server.port} did not answer within 1 second"
    assert time.monotonic() - started < 3


def test_a_host_that_takes_no_connection_is_left_after_the_connect_time(hasty_fetcher: Fetcher):
    with deaf_server() as url:
        answer = hasty_fetcher.fetch_page(url)

    assert answer.error.endswith(" did not answer within 0.5 seconds")


@pytest.mark.parametrize("part", ["headers", "body", "body without a length"])
def test_a_server_that_drips_is_left_after_the_total_time(
    hasty_fetcher: Fetcher, server: Server, part: str
):
    drip: list[bytes | float] = []
    for _ in range(100):
        drip += [b"x", 0.1]
    start = {
        "headers": b"HTTP/1.1 200 OK\r\nX-Slow: ",
        "body": raw(b"<rss>", "Content-Length: 1000"),
        "body without a length": raw(b"<rss>", "Connection: close"),
    }[part]
    url = server.put_raw("/", start, *drip)
    started = time.monotonic()
    answer = hasty_fetcher.fetch_feed(FeedRequest(url))

    assert isinstance(answer, FetchFailed)
    assert answer.error == f"127.0.0.1:{server.port} did not answer within 1 second"
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("bytes_sent", "words"),
    [
        (b"", "closed the connection without an answer"),
        (b"\x00\x01\x02nonsense\r\n\r\n", "did not answer as a web server does"),
        (
            raw(b"5\r\nhello\r\nzz\r\n", "Transfer-Encoding: chunked"),
            "did not answer as a web server does",
        ),
        (
            b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000 + b"\r\n\r\n",
            "did not answer as a web server does",
        ),
    ],
)
def test_what_is_no_http_fails_in_words(
    fetcher: Fetcher, server: Server, bytes_sent: bytes, words: str
):
    answer = fetcher.fetch_feed(FeedRequest(server.put_raw("/", bytes_sent)))

    assert answer.error == f"127.0.0.1:{server.port} {words}"


def test_tls_where_there_is_none_fails_in_words(fetcher: Fetcher, server: Server):
    answer = fetcher.fetch_feed(FeedRequest(f"https://127.0.0.1:{server.port}/"))

    assert answer.error == f"127.0.0.1:{server.port} does not speak TLS as it should"


@pytest.mark.parametrize(
    ("content_type", "words"),
    [
        ("application/pdf", "is a PDF, not a web page"),
        ("image/png", "is a picture, not a web page"),
        ("video/mp4", "is a film, not a web page"),
        ("application/zip", "is of the type application/zip, not a web page"),
    ],
)
def test_what_is_no_page_is_told_by_its_type(
    fetcher: Fetcher, server: Server, content_type: str, words: str
):
    assert fetcher.fetch_page(server.put("/", b"%PDF-1.7 ...", content_type)).error == words


def test_a_pdf_that_calls_itself_html_is_told_by_its_bytes(fetcher: Fetcher, server: Server):
    assert fetcher.fetch_page(server.put("/", b"%PDF-1.7 ...")).error == "is a PDF, not a web page"


def test_redirects_that_last_are_remembered(fetcher: Fetcher, server: Server):
    server.put("/new", RSS)
    server.redirect("/old", "/newer", 301)
    server.redirect("/newer", server.url("/new"), 308)
    answer = fetcher.fetch_feed(FeedRequest(server.url("/old")))

    assert (answer.final_url, answer.moved_to) == (server.url("/new"), server.url("/new"))


def test_one_passing_redirect_makes_the_chain_passing(fetcher: Fetcher, server: Server):
    server.put("/new", RSS)
    server.redirect("/old", "/newer", 301)
    server.redirect("/newer", "/new", 302)
    answer = fetcher.fetch_feed(FeedRequest(server.url("/old")))

    assert (answer.final_url, answer.moved_to) == (server.url("/new"), "")


def test_a_lasting_move_is_seen_on_an_unchanged_feed_too(fetcher: Fetcher, server: Server):
    url = server.put("/new", RSS)
    server.redirect("/old", "/new", 301)
    etag = fetcher.fetch_feed(FeedRequest(url)).headers["etag"]
    answer = fetcher.fetch_feed(FeedRequest(server.url("/old"), etag=etag))

    assert isinstance(answer, NotModified)
    assert answer.moved_to == url


def test_a_redirect_to_an_address_in_other_letters_is_followed(fetcher: Fetcher, server: Server):
    server.put("/%C3%BCber", HTML)
    server.put_raw("/", raw(b"", "Location: /\xc3\xbcber", "Content-Length: 0", status="302 Found"))

    assert isinstance(fetcher.fetch_page(server.url("/")), Fetched)


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)"]
)
def test_redirects_leave_the_web_never(fetcher: Fetcher, server: Server, target: str):
    answer = fetcher.fetch_page(server.redirect("/", target))

    assert answer.error == "leads to an address that is not http or https"


def test_redirects_in_a_circle_end(fetcher: Fetcher, server: Server):
    server.redirect("/a", "/b")
    server.redirect("/b", "/a")

    assert fetcher.fetch_page(server.url("/a")).error == "redirects in a circle"


def test_redirects_without_end_end(fetcher: Fetcher, server: Server):
    for number in range(30):
        server.redirect(f"/{number}", f"/{number + 1}")

    assert fetcher.fetch_page(server.url("/0")).error == "redirects more than 10 times"
    assert len(server.requests) == 11


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "/relative",
        "",
        "http://",
        "http://h:99999/",
        "http://[::1",
    ],
)
def test_what_is_no_web_address_is_not_asked(fetcher: Fetcher, url: str):
    assert fetcher.fetch_page(url).error == "is not an http or https address"


@pytest.mark.parametrize(
    "url",
    [
        "http://exa mple.org/",
        "http://" + "a" * 300 + "/",
        "http://ex..ample/",
        "http://ü" + "x" * 80,
    ],
)
def test_a_strange_host_fails_as_a_value(hasty_fetcher: Fetcher, url: str):
    assert isinstance(hasty_fetcher.fetch_page(url), FetchFailed)


def test_one_host_is_asked_at_most_twice_at_once(fetcher: Fetcher, server: Server):
    url = server.put_raw(
        "/", 0.1, raw(HTML, "Content-Type: text/html", f"Content-Length: {len(HTML)}")
    )
    threads = [threading.Thread(target=fetcher.fetch_page, args=(url,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(server.requests) == 8
    assert server.most_open_at_once == 2


def test_two_servers_are_asked_side_by_side(fetcher: Fetcher, server: Server):
    with Server("127.0.0.2") as other:
        slow = server.put_raw("/", 1.0)
        threads = [threading.Thread(target=fetcher.fetch_page, args=(slow,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        started = time.monotonic()
        answer = fetcher.fetch_page(other.put("/", HTML))
        spent = time.monotonic() - started
        for thread in threads:
            thread.join()

    assert isinstance(answer, Fetched)
    assert spent < 0.8


def test_a_kept_connection_that_the_server_closed_is_opened_again(fetcher: Fetcher, server: Server):
    body = raw(HTML, "Content-Type: text/html", f"Content-Length: {len(HTML)}")
    url = server.put_raw("/", body)  # it says nothing of closing, and closes

    assert [type(fetcher.fetch_page(url)) for _ in range(5)] == [Fetched] * 5


def test_a_proxy_of_the_environment_is_used_but_never_for_loopback(
    monkeypatch: pytest.MonkeyPatch, server: Server, fetcher: Fetcher
):
    monkeypatch.setenv("http_proxy", server.url())
    monkeypatch.delenv("no_proxy", raising=False)
    server.put("http://news.example/feed", RSS)
    with Server() as direct:
        url = direct.put("/feed", RSS)
        answers = [fetcher.fetch_feed(FeedRequest(u)) for u in ("http://news.example/feed", url)]
        assert direct.paths() == ["/feed"]

    assert [type(answer) for answer in answers] == [Fetched, Fetched]
    assert server.paths() == ["http://news.example/feed"]
