"""What is public does not lead to private addresses; what a person typed may be one.

A public outlet is one that a proxy of the environment stands for: nothing here asks the network.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Feed
from reader.config import Settings
from reader.errors import FeedUnusable
from reader.library import Library
from reader.outcomes import FeedRefreshed
from reader.pipeline.fetch_reach import is_private, is_private_number
from tests.servers import NewsSite, Server

PAGE = (
    "<html><body><article><h1>Inside</h1><p>Nobody else may read this.</p></article></body></html>"
)
FEED_URL = "http://harbour.example/feed"
REFUSED = "is an address of a private network, where nothing public may lead"


@pytest.fixture
def inside() -> Iterator[Server]:
    """A server of one's own network."""
    with Server() as server:
        server.put("/secret", PAGE)
        yield server


def publish(proxy: Server, link: str, url: str = FEED_URL) -> str:
    """A public feed with an entry that has that link."""
    rss = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title><item>'
        f"<guid>{link}</guid><title>Come in</title><link>{link}</link>"
        "<description>Look inside.</description></item></channel></rss>"
    )
    proxy.put(url, rss, "application/rss+xml")
    return url


def refresh(library: Library, url: str) -> FeedRefreshed:
    library._archive.add_feed(Feed(url))
    (outcome,) = library.refresh([url])
    return outcome


def the_note(library: Library) -> str:
    (row,) = library.list()
    return " ".join(library.get(row.article_id).notes)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "[::1]"])
def test_an_entry_of_a_public_feed_links_to_nothing_private(
    library: Library, proxy: Server, inside: Server, name: str
) -> None:
    outcome = refresh(library, publish(proxy, f"http://{name}:{inside.port}/secret"))

    assert (outcome.new_count, outcome.failed_pages) == (1, 1)
    assert inside.paths() == []
    assert REFUSED in the_note(library)


@pytest.mark.parametrize("link", [
    "http://10.0.0.1/", "http://192.168.1.1:8080/x", "http://169.254.169.254/latest/meta-data",
    "http://100.64.0.1/", "http://[fd00::1]/", "http://[::ffff:10.0.0.1]/", "http://0xa000001/",
    "http://[64:ff9b::a00:1]/", "http://0/",
])  # fmt: skip
def test_no_proxy_is_asked_for_a_private_address(
    library: Library, proxy: Server, link: str
) -> None:
    refresh(library, publish(proxy, link))

    assert proxy.paths() == [FEED_URL]
    assert REFUSED in the_note(library)


def test_a_public_feed_is_not_redirected_to_a_private_address(
    library: Library, proxy: Server, inside: Server
) -> None:
    proxy.redirect(FEED_URL, inside.url("/secret"), 301)

    assert refresh(library, FEED_URL).error == f"127.0.0.1:{inside.port} {REFUSED}"
    assert inside.paths() == []


def test_a_public_page_is_not_redirected_to_a_private_address(
    library: Library, proxy: Server, inside: Server
) -> None:
    page = "http://harbour.example/page"
    proxy.redirect(page, inside.url("/secret"))
    refresh(library, publish(proxy, page))
    (saved,) = library.save_pages([page])

    assert REFUSED in the_note(library)
    assert REFUSED in saved.error
    assert inside.paths() == []


def test_a_name_that_comes_to_mean_a_private_address_gains_nothing(
    library: Library, proxy: Server, inside: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by DNS rebinding: what a name meant before does not count, only what is connected to."""
    look_up = socket.getaddrinfo

    def rebound(host: str, *rest: object) -> object:
        return look_up("127.0.0.1" if host == "harbour.example" else host, *rest)

    refresh(library, publish(proxy, "http://harbour.example/page"))
    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    monkeypatch.setenv("no_proxy", "harbour.example")
    link = f"http://harbour.example:{inside.port}/secret"
    other = publish(proxy, link, "http://valley.example/feed")
    refresh(library, other)

    assert inside.paths() == []
    (row,) = library.list(f"feed:{library.find_feed(other).feed_id}")
    assert REFUSED in " ".join(library.get(row.article_id).notes)


def test_a_typed_name_may_mean_a_private_address_and_so_may_its_pages(
    library: Library, monkeypatch: pytest.MonkeyPatch, inside: Server
) -> None:
    look_up = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest: look_up("127.0.0.1" if host == "intranet.example" else host, *rest),
    )
    monkeypatch.setenv("no_proxy", "*")
    base = f"http://intranet.example:{inside.port}"
    publish(inside, f"{base}/secret", "/feed")
    outcome = refresh(library, f"{base}/feed")

    assert (outcome.error, outcome.failed_pages) == ("", 0)
    assert inside.paths() == ["/feed", "/secret"]


def test_a_private_feed_may_lead_to_other_private_addresses(
    library: Library, inside: Server
) -> None:
    with Server("127.0.0.2") as other:
        outcome = refresh(
            library, publish(other, inside.url("/secret"), "/feed") and other.url("/feed")
        )

        assert (outcome.error, outcome.failed_pages) == ("", 0)
        assert inside.paths() == ["/secret"]


def test_a_connection_that_a_private_feed_left_open_is_not_lent_to_a_public_one(
    library: Library, proxy: Server, inside: Server
) -> None:
    publish(inside, inside.url("/secret"), "/feed")
    refresh(library, inside.url("/feed"))
    refresh(library, publish(proxy, inside.url("/secret?more")))

    assert inside.paths() == ["/feed", "/secret"]


def test_a_public_page_announces_no_private_feed(
    library: Library, proxy: Server, inside: Server
) -> None:
    publish(inside, inside.url("/secret"), "/feed")
    link = f'<link rel="alternate" type="application/rss+xml" href="{inside.url("/feed")}">'
    proxy.put("http://harbour.example/", f"<html><head>{link}</head></html>")

    with pytest.raises(FeedUnusable):
        library.subscribe("http://harbour.example/")
    assert inside.paths() == []


def test_a_private_site_announces_its_feed_and_saves_its_pages(
    library: Library, outlet: NewsSite
) -> None:
    feed = library.subscribe(outlet.server.url("/"))
    (saved,) = library.save_pages([outlet.server.url("/news/ferry")])

    assert (feed.feed_url, saved.error) == (outlet.rss_url, "")


def test_pages_are_looked_at_again_as_they_were_reached(
    tmp_path: Path, proxy: Server, inside: Server
) -> None:
    with Library.open(tmp_path / "archive", Settings()) as library:
        list(library.save_pages([inside.url("/secret")]))
        refresh(library, publish(proxy, inside.url("/other")))
    with Library.open(tmp_path / "archive", Settings()) as library:
        list(library.refresh(recheck=True))

    assert inside.paths() == ["/secret", "/secret"]


@pytest.mark.parametrize("address", [
    "10.1.2.3", "172.16.0.1", "192.168.0.1", "127.8.8.8", "169.254.1.1", "100.127.0.1", "0.0.0.0",
    "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "::", "::1", "fe80::1%eth0",
    "fd12::1", "fec0::1", "ff02::1", "64:ff9b:1::808:808", "::ffff:192.168.0.1", "2002:a00:1::1",
    "64:ff9b::7f00:1",
])  # fmt: skip
def test_addresses_that_are_private(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", [
    "8.8.8.8", "172.32.0.1", "100.128.0.1", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8",
    "64:ff9b::808:808", "2002:808:808::1",
])  # fmt: skip
def test_addresses_that_are_public(address: str) -> None:
    assert not is_private(address)


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_the_same_in_every_spelling(address: ipaddress.IPv4Address) -> None:
    private = is_private(str(address))
    number = int(address)

    assert is_private(f"::ffff:{address}") == private
    assert is_private(str(ipaddress.IPv6Address((0x64FF9B << 96) | number))) == private
    assert is_private(str(ipaddress.IPv6Address((0x2002 << 112) | number << 80))) == private
    assert is_private_number(str(number)) == private
    assert is_private_number(hex(number)) == private


@pytest.mark.parametrize(
    "host", ["example.org", "ten.example", "10.example", "", "münchen.example"]
)
def test_a_name_is_no_number(host: str) -> None:
    assert not is_private_number(host)
