"""add --select: a page without a feed is watched by what matches a CSS selector."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers import BRIDGE, FERRY, LIBRARY, NewsSite, Server, Story


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with Server() as server:
        yield NewsSite(server).publish(FERRY, BRIDGE, LIBRARY)


def list_page(site: NewsSite, *stories: Story, extra: str = "") -> str:
    """A page that lists stories as cards; returns its address."""
    cards = "".join(
        f'<li class="card"><a href="/news/{story.slug}"><img src="/x.jpg" alt=""></a>'
        f'<time datetime="2026-03-0{number}">March</time>'
        f'<h2><a href="/news/{story.slug}">{story.title}</a></h2><p>Three minutes</p></li>'
        for number, story in enumerate(stories, start=1)
    )
    return site.server.put("/list", f"<title>What is new</title><ul>{cards}</ul>{extra}")


def test_links_that_match_become_articles(run: Run, site: NewsSite) -> None:
    page = list_page(site, FERRY, BRIDGE, extra='<a href="/about">About us</a>')

    added = run("add", page, "--select", ".card a")

    assert (added.code, added.err) == (0, "")
    assert added.lines == [f"f1  What is new  {page}", "What is new: 2 new"]
    articles = {row["url"]: row for row in run("list", "--json").json}
    assert articles[site.url_of(FERRY)]["title"] == FERRY.title
    assert articles[site.url_of(FERRY)]["text_from"] == "page"
    assert all(row["feed_url"] == page for row in articles.values())


def test_elements_are_told_by_their_first_link_and_called_by_their_heading(
    run: Run, site: NewsSite
) -> None:
    run("add", list_page(site, FERRY, BRIDGE), "--select", "li.card", "--no-refresh")
    run("refresh", "--no-pages")

    listed = run("list", "--json").json

    assert {row["title"] for row in listed} == {FERRY.title, BRIDGE.title}
    assert {row["published_at"] for row in listed} == {
        "2026-03-01T00:00:00Z",
        "2026-03-02T00:00:00Z",
    }


def test_only_what_is_new_on_the_page_comes_at_the_next_look(run: Run, site: NewsSite) -> None:
    run("add", list_page(site, FERRY, BRIDGE), "--select", "h2")
    list_page(site, LIBRARY, FERRY, BRIDGE)

    (outcome,) = run("refresh", "--json").json

    assert (outcome["new_count"], outcome["error"]) == (1, None)
    assert run("refresh", "--json").json[0]["new_count"] == 0


def test_an_element_without_a_link_is_an_article_of_its_words(run: Run, site: NewsSite) -> None:
    page = site.server.put("/status", "<title>Status</title><p class=now>All boats sail.</p>")
    run("add", page, "--select", ".now")
    site.server.put("/status", "<title>Status</title><p class=now>No boat sails.</p>")
    run("refresh")

    assert {row["title"] for row in run("list", "--json").json} == {
        "All boats sail.",
        "No boat sails.",
    }


def test_a_selector_that_no_longer_fits_is_an_error_of_the_feed(run: Run, site: NewsSite) -> None:
    page = list_page(site, FERRY)
    run("add", page, "--select", ".card")
    site.server.put("/list", "<title>New design</title>")

    result = run("refresh")

    assert result.code == 1
    assert "has nothing with words that matches the selector .card" in result.err


@pytest.mark.parametrize(
    ("selector", "code", "words"),
    [
        ("li..card", 2, "is no CSS selector"),
        ("(" * 500, 2, "is no CSS selector"),
        ("a " * 600, 2, "is too long"),
        (":not(" * 150 + "a" + ")" * 150, 2, "is no CSS selector"),
        (".nothing", 1, "has nothing with words that matches"),
    ],
)
def test_a_selector_that_cannot_be_used_is_told_in_a_line(
    run: Run, site: NewsSite, selector: str, code: int, words: str
) -> None:
    result = run("add", list_page(site, FERRY), "--select", selector)

    assert result.code == code
    assert words in result.err
    assert result.err.count("\n") == 1
    assert run("feeds", "--json").json == []


def test_adding_again_gives_another_selector(run: Run, site: NewsSite) -> None:
    page = list_page(site, FERRY, BRIDGE)
    run("add", page, "--select", "li:first-child")

    run("add", page, "--select", "li", "--no-refresh")
    list_page(site, FERRY, BRIDGE, extra="<p>Changed</p>")

    assert run("refresh", "--json").json[0]["new_count"] == 1


def test_a_watched_page_goes_to_another_archive_with_its_selector(
    run: Run, site: NewsSite, tmp_path: Path
) -> None:
    page = list_page(site, FERRY)
    run("add", page, "--select", 'li[class="card"] > h2', "--no-refresh")
    file = tmp_path / "feeds.opml"
    run("export", "--format", "opml", "-o", str(file))

    there = ("--archive", str(tmp_path / "other"))
    run("import", str(file), *there)

    assert run("refresh", "--json", *there).json[0]["new_count"] == 1
