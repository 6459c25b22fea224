"""Entries become articles in workers: each by itself where one is poison, none as all ends."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.models import Feed
from reader.pipeline.assembling import Taken, assembled
from reader.pipeline.pages import TakenPage
from reader.pipeline.parse import Entry
from reader.pipeline.workers import Workers

NOW = datetime(2026, 3, 4, tzinfo=UTC)
FEED = Feed("https://post.example.org/rss", title="The Harbour Post")


def taken(number: int, html: str) -> Taken:
    url = f"https://post.example.org/{number}"
    entry = Entry(url, url=url, title=f"Report {number}", content_html=html, entry_hash="1")
    return Taken(entry, TakenPage(problem="was not asked for"))


def test_articles_are_made_of_what_the_feed_states(workers: Workers) -> None:
    found = assembled(workers, FEED, [taken(1, "<p>A <b>ferry</b></p>"), taken(2, "")], NOW)

    assert [(one.entry.title, article.text, article.text_from) for one, article in found] == [
        ("Report 1", "A **ferry**", "feed"),
        ("Report 2", "Report 2", "title"),
    ]


def test_a_text_that_no_worker_can_read_costs_its_article_alone() -> None:
    # It takes longer than it may, so that its worker is ended; the next one makes the other.
    poison = "<p>A ferry" * 1_500_000
    with Workers(count=1, deadline=2) as workers:
        given = [taken(1, poison), taken(2, "<p>A bridge</p>")]
        found = [article for _, article in assembled(workers, FEED, given, NOW)]

    assert [(article.title, article.text_from) for article in found] == [
        ("Report 1", "title"),
        ("Report 2", "feed"),
    ]


def test_what_no_worker_came_to_as_the_program_ended_is_left_to_the_next_refresh() -> None:
    workers = Workers(count=1)
    workers.close()

    assert assembled(workers, FEED, [taken(1, "<p>A ferry</p>")], NOW) == []
