"""Orders of feeds, lists and searches: each is kept for its list, and over restarts."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.library import Library
from reader.tui.orders_file import Orders, OrdersFile
from tests.tui.driving import Driver, running

OLDEST = "Report 47 on the harvest"


def file_of(library: Library, tmp_path: Path) -> OrdersFile:
    return OrdersFile(tmp_path / "state" / "orders.json", library.path)


async def oldest_first(driver: Driver) -> None:
    """Go to all articles, and put them into their order from the oldest on."""
    await driver.press("j", "j", "Enter", "go", "End", "Enter")
    assert await driver.until(lambda: driver.desk.finding.total == 48)


async def test_a_list_has_its_order_again_after_a_restart_and_others_have_their_own(
    stocked: Library, tmp_path: Path
) -> None:
    async with running(stocked, orders=file_of(stocked, tmp_path)) as driver:
        await oldest_first(driver)

    async with running(stocked, orders=file_of(stocked, tmp_path)) as driver:
        await driver.press("j", "j", "Enter")
        assert await driver.until(lambda: driver.desk.finding.total == 48)
        assert driver.desk.widgets.results.current.title == OLDEST
        assert "All articles" in driver.lines()[0]
        assert driver.desk.panes.current == "search"

        await driver.press("q", "k", "k", "Enter")
        assert driver.desk.listing.view.name == "Unread"
        assert driver.desk.panes.current == "articles"


async def test_newest_first_again_is_the_list_as_ever(stocked: Library, tmp_path: Path) -> None:
    async with running(stocked, orders=file_of(stocked, tmp_path)) as driver:
        await oldest_first(driver)
        await driver.press("go", "Home", "Enter", "q", "h", "Enter")
        assert driver.desk.panes.current == "articles"
        assert driver.desk.active_list.total == 48

    assert file_of(stocked, tmp_path).load() == Orders()


async def test_a_list_in_its_order_is_left_for_the_feeds_and_gone_to_with_its_cursor(
    stocked: Library,
) -> None:
    async with running(stocked, (130, 30)) as driver:
        await oldest_first(driver)
        await driver.press("j", "j")
        there = driver.desk.current.title
        await driver.press("h")
        assert driver.desk.panes.current == "feeds"
        await driver.press("Enter")
        assert driver.desk.current.title == there

        await driver.press("q")
        assert driver.desk.panes.current == "feeds"


async def test_unread_articles_of_a_list_in_another_order_are_stepped_through(
    stocked: Library,
) -> None:
    async with running(stocked, (130, 30)) as driver:
        await oldest_first(driver)
        first = driver.desk.current
        await driver.press("m", "n")
        assert driver.desk.current.article_id != first.article_id
        assert not driver.desk.current.read
        await driver.press("p")
        assert "No unread result above." in driver.notices()


async def test_a_search_keeps_the_order_of_searches_and_no_list_has_it(
    stocked: Library, tmp_path: Path
) -> None:
    async with running(stocked, orders=file_of(stocked, tmp_path)) as driver:
        await driver.press("/", *"ferry", "Tab", "S")
        assert driver.desk.finding.note.endswith("most relevant")
        await driver.press("q", "h")
        await oldest_first(driver)

    async with running(stocked, orders=file_of(stocked, tmp_path)) as driver:
        await driver.press("/", *"ferry", "Tab")
        assert await driver.until(lambda: driver.desk.finding.note.endswith("most relevant"))


async def test_feeds_have_their_order_again_after_a_restart(
    stocked: Library, tmp_path: Path
) -> None:
    async with running(stocked, orders=file_of(stocked, tmp_path)) as driver:
        await driver.press("go", "j", "Enter")
        before = [row.key for row in driver.desk.widgets.feeds.rows]

    async with running(stocked, orders=file_of(stocked, tmp_path)) as driver:
        assert driver.desk.widgets.feeds.order == "unread"
        assert [row.key for row in driver.desk.widgets.feeds.rows] == before


async def test_archives_have_orders_of_their_own(stocked: Library, tmp_path: Path) -> None:
    path = tmp_path / "orders.json"
    OrdersFile(path, tmp_path / "another").save(Orders("unread", "rare", {"all": "oldest"}))
    async with running(stocked, orders=OrdersFile(path, stocked.path)) as driver:
        assert driver.desk.widgets.feeds.order == "name"
        await driver.press("go", "End", "Enter")

    assert OrdersFile(path, tmp_path / "another").load().views == {"all": "oldest"}
    assert OrdersFile(path, stocked.path).load().feeds == "news"


@pytest.mark.parametrize(
    "content",
    ["", "[]", "nothing", '{"HERE": 3}', '{"HERE": {"feeds": "best", "search": 1, "views": []}}'],
)
async def test_a_strange_file_is_no_order(stocked: Library, tmp_path: Path, content: str) -> None:
    path = tmp_path / "orders.json"
    path.write_text(content.replace("HERE", str(stocked.path)))
    async with running(stocked, orders=OrdersFile(path, stocked.path)) as driver:
        assert driver.desk.widgets.feeds.order == "name"
        await driver.press("/", *"ferry", "Tab")
        assert driver.desk.finding.note.endswith("newest first")
