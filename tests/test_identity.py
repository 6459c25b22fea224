"""What is one article and what is several, over many fetches of feeds that keep no order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest

from archive.models import Feed, MarkChange
from reader.library import Library
from reader.outcomes import FeedRefreshed
from tests.servers import FERRY, NewsSite, Server

MARKED = MarkChange(starred=True, add_tags=("kept",))


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def put(server: Server, *items: str, path: str = "/rss", note: str = "") -> str:
    """A feed of these items, not the same as the one before for its `note`."""
    document = (
        f'<rss version="2.0"><channel><title>T</title><description>{note}</description>'
        f"{''.join(items)}</channel></rss>"
    )
    return server.put(path, document, "application/rss+xml")


def item(title: str, **fields: str) -> str:
    fields = {"title": title, **fields}
    return "<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in fields.items() if v) + "</item>"


def refresh(library: Library, url: str) -> FeedRefreshed:
    (outcome,) = library.refresh([url], pages=False)
    assert outcome.error == ""
    return outcome


def test_five_fetches_with_new_ids_each_make_no_second_article(library: Library, server: Server):
    def state(fetch: int) -> str:
        return put(
            server,
            *(
                item(f"Story {n}", guid=f"{fetch}-{n}", link=server.url(f"/{n}"), description="x")
                for n in range(3)
            ),
        )

    url = library.subscribe(state(0)).feed_url
    assert refresh(library, url).new_count == 3
    library.mark('"story 1"', MARKED)
    for fetch in range(1, 7):
        state(fetch)
        outcome = refresh(library, url)

        assert (outcome.new_count, outcome.changed_count, outcome.unchanged_count) == (0, 0, 3)
    (marked,) = library.list("is:starred")
    assert (library.count(), marked.title, marked.tags) == (3, "Story 1", ("kept",))
    assert len(library.get(marked.article_id).origins) == 4


def test_a_text_that_changes_with_its_id_is_a_revision(library: Library, server: Server):
    link = server.url("/1")
    url = library.subscribe(put(server, item("Story", guid="a", link=link, description="One two")))
    refresh(library, url.feed_url)
    put(server, item("Story", guid="b", link=link, description="One two and three"))
    outcome = refresh(library, url.feed_url)
    (row,) = library.list()

    assert (outcome.new_count, outcome.changed_count) == (0, 1)
    assert "three" in library.get(row.article_id).text
    assert len(library.get(row.article_id).revisions) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://old.example/2026/boats", "https://www.old.example/2026/boats?utm_source=feed"),
        ("http://old.example/2026/boats", "https://new.example/2026/boats"),
        ("http://old.example/2026/boats/", "http://blog.old.example:8080/2026/boats#start"),
    ],
)
def test_a_feed_whose_links_move_to_another_host_doubles_nothing(
    library: Library, server: Server, before: str, after: str
):
    texts = {"description": "Boats on the canal."}
    url = library.subscribe(put(server, item("Boats", guid=before, link=before, **texts))).feed_url
    refresh(library, url)
    library.mark("boats", MARKED)
    put(server, item("Boats", guid=after, link=after, **texts))
    outcome = refresh(library, url)
    (row,) = library.list()

    assert outcome.new_count == 0
    assert (row.starred, row.tags) == (True, ("kept",))
    assert library.get(row.article_id).revisions == ()
    put(server, item("Boats", guid=after, link=after, **texts), note="again")
    assert refresh(library, url).unchanged_count == 1


def test_a_moved_article_has_its_new_address_and_is_found_by_both(library: Library, server: Server):
    before, after = "http://old.example/2026/boats", "https://new.example/2026/boats"
    url = library.subscribe(put(server, item("Boats", link=before, description="x"))).feed_url
    refresh(library, url)
    put(server, item("Boats", link=after, description="x"))
    refresh(library, url)
    other = library.subscribe(
        put(server, item("Boats again", link=before, description="x"), path="/other")
    ).feed_url
    refresh(library, other)
    (row,) = library.list()

    assert row.url == after
    assert {origin.feed_url for origin in library.get(row.article_id).origins} == {url, other}


def test_one_page_in_two_feeds_is_one_article_with_two_feeds(library: Library, outlet: NewsSite):
    for url in (outlet.rss_url, outlet.json_url):
        library.subscribe(url)
    list(library.refresh())
    (ferry,) = library.list('"night ferry returns"')

    assert library.count() == 3
    assert {origin.feed_url for origin in library.get(ferry.article_id).origins} == {
        outlet.rss_url,
        outlet.json_url,
    }
    assert {status.article_count for status in library.feeds()} == {3}


def test_a_feed_that_repeats_one_id_keeps_all_its_entries(library: Library, server: Server):
    def items(*numbers: int) -> list[str]:
        return [
            item(f"Story {n}", guid="same", link=server.url("/all"), description=f"About {n}")
            for n in numbers
        ]

    url = library.subscribe(put(server, *items(1, 2))).feed_url
    refresh(library, url)
    put(server, *items(3, 1, 2))
    outcome = refresh(library, url)

    assert (outcome.new_count, outcome.changed_count) == (1, 0)
    put(server, *items(5, 4, 3))
    assert refresh(library, url).new_count == 2
    assert sorted(row.title for row in library.list()) == [f"Story {n}" for n in range(1, 6)]
    assert all(library.get(row.article_id).revisions == () for row in library.list())


@pytest.mark.parametrize("has_date", [True, False])
def test_entries_without_link_are_one_by_title_and_date_or_text(
    library: Library, server: Server, has_date: bool
):
    def state(fetch: int, text: str) -> str:
        date = format_datetime(FERRY.published) if has_date else ""
        return put(server, item("Tide", guid=f"g{fetch}", pubDate=date, description=text))

    url = library.subscribe(state(0, "High at noon.")).feed_url
    refresh(library, url)
    for fetch in range(1, 5):
        state(fetch, "High at noon.")
        assert refresh(library, url).new_count == 0
    assert library.count() == 1


def test_an_edited_entry_without_link_is_the_same_by_its_date(library: Library, server: Server):
    date = format_datetime(FERRY.published)
    first = put(server, item("Tide", guid="1", pubDate=date, description="High at noon."))
    url = library.subscribe(first).feed_url
    refresh(library, url)
    put(server, item("Tide", guid="2", pubDate=date, description="High at noon, or later."))
    outcome = refresh(library, url)

    assert (outcome.new_count, outcome.changed_count, library.count()) == (0, 1, 1)


def test_entries_without_link_of_other_dates_are_articles_of_their_own(
    library: Library, server: Server
):
    def daily(day: datetime) -> str:
        return item("Tide", guid=f"{day:%d}", pubDate=format_datetime(day), description=f"{day:%d}")

    days = [FERRY.published + timedelta(days=n) for n in range(3)]
    url = library.subscribe(put(server, *map(daily, days[:2]))).feed_url
    refresh(library, url)
    put(server, *map(daily, days[1:]))

    assert refresh(library, url).new_count == 1
    assert library.count() == 3


def test_entries_with_neither_link_id_nor_title_are_articles_of_their_own(
    library: Library, server: Server
):
    def notes(*numbers: int) -> list[str]:
        return [item("", description=f"Note number {n} of the harbour.") for n in numbers]

    url = library.subscribe(put(server, *notes(1))).feed_url
    refresh(library, url)
    put(server, *notes(2))
    outcome = refresh(library, url)

    assert (outcome.new_count, library.count()) == (1, 2)


def test_a_page_in_eight_feeds_that_are_read_at_once_is_one_article(library: Library):
    with ExitStack() as stack:
        servers = [stack.enter_context(Server(f"127.0.0.{n}")) for n in range(1, 9)]
        for number, server in enumerate(servers):
            own = item(f"Story {number}", guid=f"own {number}", description="x")
            shared = item("Shared", guid=f"g{number}", link="https://a.example/1", description="x")
            library._archive.add_feed(Feed(put(server, own, shared)))
        outcomes = list(library.refresh(pages=False))

    assert sorted(outcome.new_count for outcome in outcomes) == [2] * 8
    assert library.count() == 9
    (row,) = library.list("title:shared")
    assert len(library.get(row.article_id).origins) == 8
    assert [status.feed.title for status in library.feeds()] == ["T"] * 8
    assert [status.article_count for status in library.feeds()] == [2] * 8
