"""Feeds in the app: the first start, subscribing, refreshing, errors, and giving up a feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from archive.locks import WriterLock
from archive.models import Feed
from reader.library import Library
from reader.tui.screens.prompts import LinePrompt
from tests.servers import BRIDGE, FERRY, NewsSite, Server, Story, raw
from tests.tui.driving import Driver, running


def subscribe(library: Library, *urls: str) -> None:
    for number, url in enumerate(urls):
        library._archive.add_feed(Feed(url, title=f"Feed {number}"))


def refreshed(driver: Driver) -> bool:
    return not driver.desk.refreshing.running


async def test_the_first_start_says_what_to_do(library: Library) -> None:
    async with running(library) as driver:
        screen = driver.text()

        assert "No feeds yet." in screen
        for offer in ("a  subscribe", "I  take in", "P  pick from", "T  try the demo"):
            assert offer in screen
        assert driver.lines()[-1].startswith(" a Add feed")


async def test_a_site_is_subscribed_to_and_its_articles_come(
    library: Library, outlet: NewsSite
) -> None:
    async with running(library) as driver:
        await driver.press("a")
        await driver.type(outlet.server.url("/"))
        await driver.press("Enter")

        assert await driver.until(lambda: driver.desk.active_list.total == 3, 40)
        assert await driver.until(lambda: refreshed(driver))
        await driver.settle()
        screen = driver.text()
        assert "The Harbour Post" in screen
        assert FERRY.title[:30] in screen
        assert "3 new" in driver.lines()[-1]


async def test_what_is_no_feed_is_told_in_the_prompt_and_can_be_mended(
    library: Library, outlet: NewsSite
) -> None:
    async with running(library) as driver:
        await driver.press("a")
        await driver.type(outlet.server.url("/nowhere"))
        await driver.press("Enter")
        prompt = driver.app.screen
        assert isinstance(prompt, LinePrompt)
        assert await driver.until(lambda: "404" in driver.text(), 40)

        await driver.erase(len("nowhere"))
        await driver.type("rss.xml")
        assert "404" not in driver.text()
        await driver.press("Enter")
        assert await driver.until(lambda: len(library.feeds()) == 1)


async def test_a_feed_that_is_known_is_said_to_be_and_gets_the_cursor(
    library: Library, outlet: NewsSite
) -> None:
    library._archive.add_feed(Feed(outlet.rss_url, title="Post", folder="Coast/Inland"))
    async with running(library) as driver:
        feeds = driver.desk.widgets.feeds
        (status,) = feeds.statuses
        await driver.press("j", "j", "j")
        assert "Space Fold" in driver.lines()[-1]
        await driver.press("Space")
        assert "Space Unfold" in driver.lines()[-1]
        await driver.press("gg", "t", "a")
        assert feeds.rows[-1].label == "Coast"
        await driver.type(outlet.server.url("/"))
        await driver.press("Enter")

        assert await driver.until(lambda: feeds.status == status, 40)
        assert driver.desk.panes.current == "feeds"
        assert await driver.until(lambda: bool(driver.notices()))
        assert driver.notices() == [f"Already subscribed to {status.feed.name}."]
        assert not driver.desk.refreshing.running


async def test_a_prompt_that_is_left_while_it_looks_still_subscribes(
    library: Library, outlet: NewsSite
) -> None:
    async with running(library) as driver:
        await driver.press("a")
        await driver.type(outlet.rss_url)
        await driver.press("Enter", "Escape")

        assert await driver.until(lambda: len(library.feeds()) == 1, 40)
        assert driver.app.screen is driver.app.main


async def test_a_failing_feed_is_marked_and_its_error_can_be_read(
    library: Library, outlet: NewsSite
) -> None:
    subscribe(library, outlet.rss_url, outlet.server.url("/gone.xml"))
    async with running(library) as driver:
        await driver.press("R")
        assert await driver.until(lambda: refreshed(driver), 40)
        await driver.settle()
        assert "! Feed 1" in driver.text()
        assert "1 failed" in driver.lines()[0]
        await driver.press("j", "j", "j")

        assert "404" in driver.text()


async def test_what_of_a_feed_was_not_read_is_told_and_its_health_has_it(
    library: Library, outlet: NewsSite
) -> None:
    broken = "<rss version='2.0'><channel><item><title>Salt & bread</title></item></channel></rss>"
    subscribe(library, outlet.server.put("/broken.xml", broken))
    async with running(library) as driver:
        await driver.press("R")
        assert await driver.until(lambda: refreshed(driver), 40)
        await driver.settle()
        assert "broken XML" in driver.text()
        await driver.press("H")

        assert await driver.until(lambda: "Fine: The feed is broken XML" in driver.text(), 20)


async def test_the_next_unread_feed_may_be_one_that_failed(
    library: Library, outlet: NewsSite
) -> None:
    subscribe(library, outlet.rss_url)
    list(library.refresh())
    outlet.server.stop()
    list(library.refresh())
    async with running(library) as driver:
        await driver.press("gg", "n")

        feeds = driver.desk.widgets.feeds
        assert feeds.rows[feeds.cursor].label == outlet.name


async def test_results_flow_in_and_the_cursor_stays_on_its_article(
    library: Library, outlet: NewsSite
) -> None:
    subscribe(library, outlet.rss_url)
    list(library.refresh())
    with Server("127.0.0.3") as server:
        newer = NewsSite(server, name="Hill Courier").publish(
            *(renamed(BRIDGE, number) for number in range(6))
        )
        subscribe(library, newer.rss_url)
        async with running(library) as driver:
            await driver.press("j", "j", "Enter", "j")
            chosen = driver.desk.current.title
            height = driver.desk.active_list.cursor - driver.desk.active_list.scroll_offset.y
            await driver.press("R")
            assert await driver.until(lambda: driver.desk.listing.article_count == 9, 40)
            await driver.settle()

            assert driver.desk.current.title == chosen
            articles = driver.desk.active_list
            assert articles.cursor - articles.scroll_offset.y >= height


def renamed(story: Story, number: int) -> Story:
    """Another story, `number` days younger."""
    return replace(
        story,
        slug=f"story-{number}",
        title=f"Courier report {number}",
        body=story.body.replace("beam", f"beam {number}"),
        published=story.published + timedelta(days=number),
    )


async def test_a_refresh_shows_its_progress(library: Library, outlet: NewsSite) -> None:
    with Server("127.0.0.4") as slow:
        slow.put_raw("/slow.xml", 1.0, raw(b"not here", status="404 Not Found"))
        subscribe(library, outlet.rss_url, slow.url("/slow.xml"))
        async with running(library) as driver:
            await driver.press("R")

            assert await driver.until(lambda: "of 2 feeds" in driver.lines()[-1], 40)
            assert await driver.until(lambda: refreshed(driver), 40)
            assert "3 new" in driver.lines()[-1]


async def test_quitting_during_a_refresh_takes_no_longer_than_a_second(
    library: Library, outlet: NewsSite
) -> None:
    with Server("127.0.0.5") as slow:
        slow.put_raw("/slow.xml", 20.0, b"")
        subscribe(library, outlet.rss_url, slow.url("/slow.xml"))
        async with running(library) as driver:
            await driver.press("R")
            assert await driver.until(lambda: driver.desk.refreshing.running)
            before = monotonic()
            await driver.press("Q")
            assert await driver.until(lambda: not driver.app.is_running)

            assert monotonic() - before < 1


async def test_quitting_waits_for_marks_that_are_being_written(
    stocked: Library, archive_folder: Path
) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter")
        # Another process writes: the mark must wait for it.
        with WriterLock(archive_folder / "lock"):
            await driver.pilot.press("m", "Q")
            await driver.pilot.pause(0.4)
            assert driver.app.is_running
        assert await driver.until(lambda: not driver.app.is_running)

    assert stocked.list(limit=1)[0].starred


async def test_q_goes_back_and_at_the_feeds_asks_to_quit(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "Enter", "q", "q", "q")
        assert "Quit newsreader?" in driver.text()
        await driver.press("n")
        assert driver.app.is_running
        await driver.press("q", "y")

        assert await driver.until(lambda: not driver.app.is_running)


async def test_unsubscribing_keeps_the_articles(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("G", "d", "y")

        assert [status.feed.title for status in stocked.feeds()] == [
            "The Harbour Post",
            "Valley News",
        ]
        assert stocked.totals().article_count == 48
        assert driver.notices() == [
            "Unsubscribed from Plain Letters; its articles stay. u takes that back."
        ]

        await driver.press("u")

        assert await driver.until(lambda: "Plain Letters" in "".join(driver.lines()))
        assert [status.feed.title for status in stocked.feeds()][-1] == "Plain Letters"


async def test_a_folder_lists_the_articles_of_all_feeds_in_it(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("j", "j", "j", "Enter")

        assert driver.lines()[0].split()[1:2] == ["▕"] or "Coast" in driver.lines()[0]
        assert driver.desk.active_list.total == 32


async def test_a_folder_that_is_folded_shows_what_is_unread_in_it(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("j", "j", "j", "Space")

        assert "▸ Coast" in driver.text()
        assert "Valley News" not in "\n".join(line[:25] for line in driver.lines())


async def test_counts_follow_what_is_read(stocked: Library) -> None:
    async with running(stocked) as driver:
        assert "32" in driver.lines()[1]
        await driver.press("Enter", "N")
        assert await driver.until(lambda: "31" in driver.lines()[1][:25])


async def test_a_search_opened_before_the_cursor_rests_on_a_feed_stays(
    stocked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.screens.main.SETTLE", 0.3)
    async with running(stocked, (160, 48)) as driver:
        await driver.press("j", "/")
        await driver.type("ferry")
        await driver.press("Tab")
        await driver.pilot.pause(0.4)
        await driver.press("h")

        assert (driver.desk.panes.middle, driver.desk.panes.current) == ("search", "feeds")


async def test_a_folder_is_refreshed_without_its_gone_feeds_which_are_asked_when_chosen(
    library: Library, outlet: NewsSite
) -> None:
    gone = outlet.server.put("/gone.xml", "closed", status=410)
    library._archive.add_feed(Feed(outlet.rss_url, title="Alive", folder="Coast"))
    library._archive.add_feed(Feed(gone, title="Gone", folder="Coast"))
    list(library.refresh())
    outlet.server.requests.clear()
    async with running(library) as driver:
        await on_row(driver, "Coast")
        await driver.press("r")
        assert await driver.until(lambda: "Nothing new" in driver.lines()[-1], 40)
        assert outlet.server.paths() == ["/rss.xml"]

        await on_row(driver, "Gone")
        await driver.press("r")
        assert await driver.until(lambda: "/gone.xml" in outlet.server.paths(), 40)
        assert await driver.until(lambda: refreshed(driver))


async def test_an_article_of_no_feed_has_none_to_refresh(
    library: Library, outlet: NewsSite
) -> None:
    library._archive.add_feed(Feed(outlet.rss_url, title="Alive"))
    list(library.save_pages([outlet.url_of(FERRY)]))
    outlet.server.requests.clear()
    async with running(library) as driver:
        await driver.press("l", "Enter", "r")
        await driver.settle()

        assert driver.desk.panes.current == "text"
        assert "of no feed that is subscribed to" in " ".join(driver.notices())
        assert outlet.server.paths() == []


async def test_a_folder_of_gone_feeds_only_says_so_and_asks_nobody(
    library: Library, outlet: NewsSite
) -> None:
    gone = outlet.server.put("/gone.xml", "closed", status=410)
    library._archive.add_feed(Feed(gone, title="Gone", folder="Coast"))
    library._archive.add_feed(Feed(outlet.rss_url, title="Alive"))
    list(library.refresh())
    outlet.server.requests.clear()
    async with running(library) as driver:
        await on_row(driver, "Coast")
        await driver.press("r")
        await driver.settle()

        assert "All feeds of this folder are gone" in " ".join(driver.notices())
        assert outlet.server.paths() == []


async def on_row(driver: Driver, name: str) -> None:
    """Puts the cursor of the feeds pane on the row of that name."""
    feeds = driver.desk.widgets.feeds
    await driver.until(lambda: any(name == row.label for row in feeds.rows))
    feeds.move_to(next(at for at, row in enumerate(feeds.rows) if row.label == name))
    await driver.settle()
