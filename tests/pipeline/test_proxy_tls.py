"""Proxies of the environment, and TLS that cannot be believed."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.pipeline.fetch import FeedRequest, Fetched, Fetcher
from tests.servers import Server

RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>'
# A certificate that its own key signed, for nobody.example; of no use but here.
SELF_SIGNED = Path(__file__).with_name("self_signed.pem")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def untrusted() -> Iterator[str]:
    """The address of a server whose certificate nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SELF_SIGNED)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                while True:
                    line, _ = listener.accept()
                    try:
                        context.wrap_socket(line, server_side=True).close()
                    except OSError:
                        line.close()
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}/feed"
        listener.shutdown(socket.SHUT_RDWR)


def test_a_certificate_that_nobody_vouches_for_is_refused_in_words(
    fetcher: Fetcher, untrusted: str
) -> None:
    place = untrusted.split("/")[2]
    answer = fetcher.fetch_feed(FeedRequest(untrusted))

    assert answer.error == f"{place} has no valid certificate (self-signed certificate)"


def test_a_redirect_to_it_is_refused_as_well(
    fetcher: Fetcher, untrusted: str, server: Server
) -> None:
    assert "no valid certificate" in fetcher.fetch_page(server.redirect("/", untrusted)).error


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "all_proxy"])
def test_http_goes_through_the_proxy(
    fetcher: Fetcher, server: Server, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, server.url())
    server.put("http://news.example/feed", RSS)

    assert isinstance(fetcher.fetch_feed(FeedRequest("http://news.example/feed")), Fetched)
    assert "proxy-authorization" not in server.requests[0].headers


def test_a_proxy_may_be_named_without_a_scheme(
    fetcher: Fetcher, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"127.0.0.1:{server.port}")
    server.put("http://news.example/feed", RSS)

    assert isinstance(fetcher.fetch_feed(FeedRequest("http://news.example/feed")), Fetched)


def test_a_proxy_gets_the_password_of_its_address_and_no_server_does(
    fetcher: Fetcher, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://me:p%40ss@127.0.0.1:{server.port}")
    server.put("http://news.example/feed", RSS)
    with Server() as direct:
        fetcher.fetch_feed(FeedRequest("http://news.example/feed"))
        fetcher.fetch_feed(FeedRequest(direct.put("/feed", RSS)))

        assert "proxy-authorization" not in direct.requests[0].headers
    sent = server.requests[0].headers["proxy-authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent) == b"me:p@ss"


def test_https_goes_through_a_tunnel_of_the_proxy(
    fetcher: Fetcher, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", server.url())
    server.put("news.example:443", "no", status=407)
    answer = fetcher.fetch_feed(FeedRequest("https://news.example/feed"))

    assert server.paths() == ["news.example:443"]
    assert answer.error == "the proxy that the environment names does not let the request through"


def test_a_proxy_that_is_down_is_told_from_the_server(
    fetcher: Fetcher, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.stop()
    monkeypatch.setenv("http_proxy", server.url())
    answer = fetcher.fetch_feed(FeedRequest("http://news.example/feed"))

    assert answer.error == "the proxy that the environment names refused the connection"


def test_a_proxy_of_another_kind_is_told(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    answer = fetcher.fetch_feed(FeedRequest("http://news.example/feed"))

    assert answer.error == "the proxy that the environment names is none of http or https"


def test_hosts_of_no_proxy_are_asked_directly(
    fetcher: Fetcher, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url())
    monkeypatch.setenv("no_proxy", "news.invalid")
    answer = fetcher.fetch_feed(FeedRequest("http://news.invalid/feed"))

    assert answer.error == "the name news.invalid is not known"
    assert server.paths() == []
