"""add: from what a person types to the feed behind it, over real sites on loopback."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import pytest

from tests.cli.conftest import Run
from tests.servers import BRIDGE, FERRY, NewsSite, Server


@pytest.fixture
def site() -> Iterator[NewsSite]:
    """An outlet with feeds that its home page does not announce."""
    with Server() as server:
        site = NewsSite(server).publish(FERRY, BRIDGE)
        server.put("/", "<title>Harbour</title><p>Nothing announced.</p>")
        yield site


def announce(site: NewsSite, *links: tuple[str, str]) -> str:
    """Makes the home page announce those paths by title; returns its address."""
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{path}">'
        for path, title in links
    )
    return site.server.put("/", f"<html><head>{head}</head><body>Home</body></html>")


def two_feeds(site: NewsSite) -> str:
    site.server.put("/sport.xml", site.rss().replace(site.name, "Harbour Sport"), "text/xml")
    return announce(site, ("/rss.xml", "Harbour"), ("/sport.xml", "Sport"), ("/c", "Comments"))


class Keyboard(io.StringIO):
    """Standard input on which a person types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("path", ["/feed", "/atom.xml", "/index.xml", "/blog/feed.xml"])
def test_a_site_that_announces_nothing_is_looked_through(
    run: Run, site: NewsSite, path: str
) -> None:
    for known in ("/rss.xml", "/atom.xml", "/feed.json"):
        site.server.remove(known)
    site.server.put(path, site.rss(), "application/rss+xml")
    page = site.server.put("/blog", "<p>No feed is named here.</p>")

    result = run("add", page, "--no-refresh")

    assert (result.code, result.err) == (0, "")
    assert result.lines == [f"f1  The Harbour Post  {site.server.url(path)}"]


def test_a_feed_that_is_only_linked_is_found(run: Run, site: NewsSite) -> None:
    site.server.put("/deep/rss", site.rss(), "application/rss+xml")
    page = site.server.put("/", '<p>Read us by <a href="/deep/rss">RSS</a>.</p>')

    assert run("add", page, "--no-refresh").lines[0].endswith(site.server.url("/deep/rss"))


def test_a_link_is_looked_at_when_what_is_announced_is_gone(run: Run, site: NewsSite) -> None:
    page = announce(site, ("/gone.xml", "Old"))

    result = run("add", page, "--no-refresh")

    assert (result.code, result.lines) == (0, [f"f1  The Harbour Post  {site.rss_url}"])


def test_of_several_feeds_the_first_is_taken_and_the_others_named(run: Run, site: NewsSite) -> None:
    result = run("add", two_feeds(site), "--no-refresh")

    assert (result.code, result.lines) == (0, [f"f1  The Harbour Post  {site.rss_url}"])
    assert result.err.splitlines() == [
        "Took the first of 2 feeds there; add others by their address:",
        f"  Sport  {site.server.url('/sport.xml')}",
    ]


@pytest.mark.parametrize(
    ("typed", "title"),
    [("2\n", "Harbour Sport"), ("\n", "The Harbour Post"), ("7\n1\n", "The ")],
)
def test_on_a_terminal_the_person_chooses(
    run: Run, site: NewsSite, monkeypatch: pytest.MonkeyPatch, typed: str, title: str
) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard(typed))

    result = run("add", two_feeds(site), "--no-refresh", err_is_terminal=True)

    assert result.code == 0
    assert result.lines[0].startswith(f"f1  {title}")
    assert f"  2  Sport  {site.server.url('/sport.xml')}" in result.err


def test_a_person_who_wants_none_of_them_gets_none(
    run: Run, site: NewsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard("0\n"))

    assert run("add", two_feeds(site), err_is_terminal=True).code == 0
    assert run("feeds", "--json").json == []


def test_the_same_feed_in_another_format_is_no_choice(run: Run, outlet: NewsSite) -> None:
    assert run("add", outlet.server.url("/"), "--no-refresh").err == ""


def test_a_handle_of_a_social_server_is_enough(run: Run) -> None:
    with Server() as server:
        site = NewsSite(server).publish(FERRY)
        server.put("/@ada", "<p>The page of Ada needs JavaScript.</p>")
        server.put("/@ada.rss", site.rss(), "application/rss+xml")

        result = run("add", f"@ada@127.0.0.1:{server.port}", "--no-refresh")

        assert result.lines == [f"f1  The Harbour Post  {server.url('/@ada.rss')}"]


@pytest.mark.parametrize("form", ["feed:{}", "FEED:{}", "feed://{bare}"])
def test_the_scheme_of_feeds_is_undone(run: Run, site: NewsSite, form: str) -> None:
    typed = form.format(site.rss_url, bare=site.rss_url.removeprefix("http://"))

    assert run("add", typed, "--no-refresh").lines == [f"f1  The Harbour Post  {site.rss_url}"]


@pytest.mark.parametrize(
    "typed", ["no address", "ftp://example.org/x", "mailto:a@b.example", "http://", "javascript:x"]
)
@pytest.mark.parametrize("command", ["add", "save"])
def test_what_is_no_address_is_wrong_usage(run: Run, command: str, typed: str) -> None:
    result = run(command, typed)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsreader: {typed}: is not a web address. ")
    assert result.err.count("\n") == 1


def test_add_without_anything_to_add_is_wrong_usage(run: Run) -> None:
    result = run("add", "--folder", "x")

    assert result.code == 2
    assert result.err == "newsreader: add: needs an address. Give a URL, a file, or --command.\n"


def test_a_page_without_any_feed_is_told_so_and_asked_for_a_bounded_number_of_places(
    run: Run, site: NewsSite
) -> None:
    for path in ("/rss.xml", "/atom.xml", "/feed.json"):
        site.server.remove(path)
    links = "".join(f'<a href="/{number}/rss">x</a>' for number in range(500))
    page = site.server.put("/many", links)

    result = run("add", page)

    assert result.code == 1
    assert "no feed was found from there. Give the address of the feed itself." in result.err
    assert len(site.server.requests) <= 30
