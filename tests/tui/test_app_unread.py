"""Through much that is unread: nothing but it, one by chance, all at once; and orders of lists."""

from __future__ import annotations

from archive.archive import Archive
from archive.models import MarkChange
from reader.config import Settings, parse_settings
from reader.library import Library
from tests.tui.driving import Driver, running

NEWSBOAT = '[keys]\npreset = "newsboat"'
VALLEY = "Valley News"


def newsboat() -> Settings:
    return parse_settings(NEWSBOAT.encode(), "config.toml")


def feeds(driver: Driver) -> list[str]:
    """The labels of the feeds pane below the smart views."""
    rows = driver.desk.widgets.feeds.rows
    return [row.label for row in rows[3:] if row.key]


def read_feed(library: Library, name: str) -> None:
    """Mark all of a feed as read, before the app starts."""
    with Archive.open(library.path) as archive:
        archive.mark(f'feed:"{name}"', MarkChange(read=True))


async def test_feeds_without_unread_articles_are_left_out_and_come_back(stocked: Library) -> None:
    read_feed(stocked, VALLEY)
    async with running(stocked) as driver:
        assert VALLEY in feeds(driver)
        await driver.press("L")
        assert VALLEY not in feeds(driver)
        assert "Feeds ⟩ unread" in driver.lines()[0]
        assert "The Harbour Post" in feeds(driver)

        await driver.press("L")
        assert VALLEY in feeds(driver)
        assert "⟩ unread" not in driver.lines()[0]


async def test_the_feed_under_the_cursor_stays_when_its_last_article_is_read(
    stocked: Library,
) -> None:
    async with running(stocked) as driver:
        await driver.press("L", "G")
        assert driver.desk.widgets.feeds.current.label == VALLEY
        await driver.press("A")
        assert await driver.until(lambda: driver.desk.widgets.feeds.status.unread_count == 0)
        assert driver.desk.widgets.feeds.current.label == VALLEY


async def test_where_no_feed_has_unread_articles_that_is_said(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("C")
        assert "Mark all 32 unread articles as read?" in driver.text()
        await driver.press("y", "L")
        assert await driver.until(lambda: "No feed has unread" in driver.text())
        assert "L shows all." in driver.text()


async def test_everything_read_is_asked_first_and_one_step_to_undo(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("C", "n")
        assert stocked.totals().unread_count == 32
        await driver.press("C", "y")
        assert await driver.until(lambda: stocked.totals().unread_count == 0)
        await driver.press("u")
        assert await driver.until(lambda: stocked.totals().unread_count == 32)


async def test_a_list_shows_only_what_is_unread_within_its_filter(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("j", "j", "Enter", "f")
        await driver.type("bridge OR ferry")
        await driver.press("Enter")
        both = driver.desk.listing.article_count
        await driver.press("L")
        assert driver.desk.listing.article_count == stocked.count("(bridge OR ferry) is:unread")
        assert 0 < driver.desk.listing.article_count < both

        await driver.press("L")
        assert driver.desk.listing.article_count == both


async def test_an_unread_article_by_chance_is_one_of_the_list(stocked: Library) -> None:
    with Archive.open(stocked.path) as archive:
        archive.mark("is:unread -tram", MarkChange(read=True))
        archive.mark("tramway", MarkChange(read=False))
        wanted = {row.title for row in archive.list("is:unread")}
    assert len(wanted) > 1
    async with running(stocked) as driver:
        await driver.press("Enter", "gu")
        assert driver.desk.active_list.current.title in wanted
        await driver.press("Enter", "gu")
        assert driver.desk.reading.summary.title in wanted
        assert driver.desk.panes.current == "text"


async def test_where_nothing_is_unread_chance_says_so(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("C", "y")
        assert await driver.until(lambda: stocked.totals().unread_count == 0)
        await driver.press("Enter", "gu")
        assert "Nothing of this list is unread." in driver.notices()


async def test_feeds_are_ordered_by_what_is_unread(stocked: Library) -> None:
    with Archive.open(stocked.path) as archive:
        some = [row.article_id for row in archive.list('feed:"Valley News" is:unread', limit=5)]
        archive.mark(some, MarkChange(read=True))
    async with running(stocked) as driver:
        await driver.press("go")
        assert "By name" in driver.text()
        await driver.press("j", "Enter")
        counts = [row.count for row in driver.desk.widgets.feeds.rows if row.key[:4] == "feed"]
        in_folders = counts[:2], counts[2:]
        assert all(list(part) == sorted(part, reverse=True) for part in in_folders)
        assert driver.desk.widgets.feeds.order == "unread"


async def test_the_list_is_read_oldest_first_as_a_search_for_it(stocked: Library) -> None:
    async with running(stocked, settings=newsboat()) as driver:
        await driver.press("j", "j", "Enter", "g")
        assert "The order of the articles" in driver.text()
        await driver.press("End", "Enter")
        assert await driver.until(lambda: driver.desk.finding.total == 48)
        assert driver.desk.panes.current == "search"
        assert driver.desk.widgets.results.current.title == "Report 47 on the harvest"
        await driver.press("Down")
        assert driver.desk.widgets.results.current.title == "Report 46 on the library"
        assert "oldest first" in driver.text()


async def test_a_list_in_another_order_has_the_same_articles(stocked: Library) -> None:
    newest, *_, oldest = stocked.list(limit=48)
    stocked.tag([newest.article_id], add=["farm"])
    stocked.tag([oldest.article_id], add=["farmers"])
    async with running(stocked, settings=newsboat()) as driver:
        await driver.press("j", "j", "Enter", ":", *"filter", "Space", *"tag:farm", "Enter")
        assert driver.desk.widgets.articles.total == 1

        await driver.press("g", "End", "Enter")

        assert await driver.until(lambda: driver.desk.finding.total > 0)
        results = driver.desk.widgets.results
        assert [row.article_id for row in results.loaded] == [newest.article_id]

        await driver.press("/", "End", "Backspace")  # what is typed is unfinished, as ever
        assert await driver.until(lambda: driver.desk.finding.total == 2)
