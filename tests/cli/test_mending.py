"""mend: a feed that is gone from its address, found where it is now."""

from __future__ import annotations

import io
import sys

import pytest

from tests.cli.conftest import Run
from tests.servers import NewsSite


@pytest.fixture
def moved(run: Run, outlet: NewsSite) -> NewsSite:
    """An outlet whose feed `f1` has gone from `/old.xml`; its home page names `/rss.xml`."""
    old = outlet.server.put("/old.xml", outlet.rss(), "application/rss+xml")
    assert run("add", old).code == 0
    assert run("tag", "feed:f1", "+kept").code == 0
    outlet.server.put("/old.xml", "gone", status=410)
    return outlet


def test_a_dead_feed_is_found_by_its_site_with_its_articles(run: Run, moved: NewsSite) -> None:
    assert run("refresh").code == 1
    (before,) = run("feeds", "--json").json

    result = run("mend", "f1")

    assert (before["health"], "newsreader mend f1" in before["advice"]) == ("dead", True)
    assert (result.code, result.err) == (0, "")
    assert result.lines == [
        f"f1  The Harbour Post  {moved.rss_url}",
        "The Harbour Post: nothing new",
    ]
    (feed,) = run("feeds", "--json").json
    assert (feed["feed_url"], feed["article_count"]) == (moved.rss_url, 3)
    assert (feed["http_status"], feed["error"]) == (200, None)
    rows = run("list", "feed:f1", "tag:kept", "--json").json
    assert [row["feed_url"] for row in rows] == [moved.rss_url] * 3
    assert run("verify", "--json").json == []


def test_the_address_may_be_given(run: Run, moved: NewsSite) -> None:
    result = run("mend", "harbour", moved.atom_url, "--no-refresh")

    assert result.lines == [f"f1  The Harbour Post  {moved.atom_url}"]
    assert run("feeds", "--json").json[0]["refreshed_at"] is None


def test_of_several_the_first_is_taken_and_the_others_named(run: Run, moved: NewsSite) -> None:
    several(moved)

    result = run("mend", "f1", "--no-refresh")

    assert result.lines[0].endswith(moved.rss_url)
    assert result.err.splitlines() == [
        "Took the first of 2 feeds there; for another: newsreader mend f1 URL:",
        f"  Sport  {moved.server.url('/sport.xml')}",
    ]


def test_on_a_terminal_the_person_chooses(
    run: Run, moved: NewsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(moved)

    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Keyboard("0\n2\n"))

    assert run("mend", "f1", err_is_terminal=True).out == ""
    result = run("mend", "f1", "--no-refresh", err_is_terminal=True)
    assert result.lines[0].endswith("/sport.xml")


def several(site: NewsSite) -> None:
    """Makes the home page announce two feeds."""
    site.server.put("/sport.xml", site.rss(), "application/rss+xml")
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{path}">'
        for path, title in (("/rss.xml", "Harbour"), ("/sport.xml", "Sport"))
    )
    site.server.put("/", f"<head>{links}</head>")


def test_what_cannot_be_mended_says_why(run: Run, moved: NewsSite) -> None:
    run("add", moved.atom_url, "--no-refresh")

    taken = run("mend", "f1", moved.atom_url)
    same = run("mend", "f1", moved.server.url("/old.xml"))
    unknown = run("mend", "nobody")
    no_address = run("mend", "f1", "no address")

    assert (taken.code, "is subscribed to already" in taken.err) == (1, True)
    assert (same.code, "answered 410 Gone" in same.err) == (1, True)
    assert (unknown.code, unknown.out) == (1, "")
    assert (no_address.code, "is not a web address" in no_address.err) == (2, True)


def test_a_site_that_names_nothing_new_is_told_so(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url, "--no-refresh")

    result = run("mend", "f1")

    assert (result.code, result.out) == (1, "")
    assert "names no other address" in result.err
