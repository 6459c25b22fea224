"""Pages that answer 200 and are no article are recognised, and the feed's words stand in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.models import Article
from reader.config import Settings
from reader.library import Library
from reader.pipeline.extract import extract_page
from reader.pipeline.extracted import ExtractedPage
from tests.servers import NewsSite, Server, Story

TEXT = (
    "The council voted on Monday to keep the ferry, which had lost money for nine winters, and to "
    "pay for it with a toll on the new bridge that opens in the autumn. "
)
FULL = "".join(f"<p>{TEXT}Speaker {n} agreed.</p>" for n in range(12))


def read(body: str, title: str = "T", head: str = "") -> ExtractedPage:
    markup = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return extract_page(markup.encode(), "https://a.example/1", "text/html")


CONSENT = (
    "<div><h2>We value your privacy</h2><p>We and our 812 partners store cookies and process "
    "personal data with your consent.</p><p>You can accept all or reject all, and change your "
    "preferences at any time.</p><p>Some vendors rely on legitimate interest.</p></div>"
)
STUB = f"<article><h1>The ferry</h1><p>{TEXT}</p><p>Subscribe to continue reading.</p></article>"


@pytest.mark.parametrize(
    ("body", "title", "words"),
    [
        (CONSENT, "The Post", "consent"),
        (STUB, "The ferry", "paywall"),
        ("<h1>Page not found</h1><p>Perhaps it was moved, or never was here.</p>", "404", "error"),
        ("<h1>Seite nicht gefunden</h1><p>Das tut uns leid.</p>", "Ups", "error"),
        ("<h1>Página no encontrada</h1><p>Lo sentimos mucho.</p>", "Vaya", "error"),
        ("<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
         "App", "scripts"),
        ("<p>Please verify you are human to go on.</p>", "Just a moment...", "proof"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_said_to_be_none(body: str, title: str, words: str):
    page = read(body, title)

    assert (page.text, words in page.problem) == ("", True), page.problem


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>How cookies, consent and privacy work</h1>{FULL}</article>",
        f"<article><h1>Error 404, a history of the page not found</h1>{FULL}</article>",
        f"<article><h1>Why you must enable JavaScript</h1>{FULL}</article>",
        f"<article><h1>Short</h1><p>{TEXT}</p></article>",
    ],
)
def test_articles_about_such_things_are_articles(body: str):
    assert read(body).problem == ""


def test_a_long_beginning_is_kept_without_the_prompt_and_said_to_be_one():
    page = read(f"<article><h1>The ferry</h1>{FULL}<p>Subscribe to continue reading.</p></article>")

    assert page.is_beginning
    assert "Subscribe" not in page.text
    assert "Speaker 11" in page.text


def taken(tmp_path: Path, page: str, story: Story) -> Article:
    with Server() as server:
        site = NewsSite(server).publish(story)
        server.put(f"/news/{story.slug}", page)
        with Library.open(tmp_path, Settings()) as library:
            library.subscribe(site.rss_url)
            list(library.refresh())
            (row,) = library.list()
            return library.get(row.article_id)


def story(summary: str = "", *, full: bool = False) -> Story:
    when = datetime(2026, 3, 4, tzinfo=UTC)
    return Story("ferry", "The ferry", FULL, when, summary=summary, full_text_in_feed=full)


def test_a_stub_is_never_stored_and_the_article_says_why(tmp_path: Path):
    article = taken(tmp_path, f"<html><body>{STUB}</body></html>", story("The ferry stays."))

    assert (article.text_from, article.text) == ("summary", "The ferry stays.")
    assert "paywall" in article.notes[0]


def test_the_feeds_full_text_wins_over_a_wall(tmp_path: Path):
    article = taken(tmp_path, f"<html><body>{CONSENT}</body></html>", story(full=True))

    assert article.text_from == "feed"
    assert "Speaker 11" in article.text
    assert "consent" in article.notes[0]


def test_a_page_about_something_else_loses_to_the_feeds_text(tmp_path: Path):
    other = "".join(
        f"<p>Grandmother number {n} bakes sweet brown bread beside old windmills every summer "
        "morning, while many children bring fresh berries from nearby forests.</p>"
        for n in range(20)
    )
    page = f"<html><body><article><h1>Bread</h1>{other}</article></body></html>"
    article = taken(tmp_path, page, story(full=True))

    assert (article.text_from, "Speaker 3" in article.text) == ("feed", True)
    assert "next to none" in article.notes[0]
