"""Jump mode: letters on panes and rows, which go there."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.tui.screens.jump import JumpScreen
from tests.tui.driving import Driver, running


def at_row(driver: Driver, words: str) -> str:
    """The letters that stand on the first row with these words, at its left end."""
    (line,) = [line for line in driver.lines() if words in line][:1]
    before = line[: line.index(words)]
    return "".join(before.rpartition("▕")[2].split()[:1])[:2]


async def test_letters_go_to_a_feed_and_to_an_article_and_numbers_to_panes(
    stocked: Library,
) -> None:
    async with running(stocked, (130, 40)) as driver:
        await driver.press(",")
        assert isinstance(driver.app.screen, JumpScreen)
        assert driver.lines()[0].startswith("1")
        name = at_row(driver, "Report 7 on")
        assert len(name) == 2
        await driver.type(name)
        assert not isinstance(driver.app.screen, JumpScreen)
        assert driver.desk.panes.current == "articles"
        assert driver.desk.active_list.current.title == "Report 7 on the harvest"
        await driver.press(",")
        await driver.type(at_row(driver, "Plain Letters"))
        assert driver.desk.panes.current == "feeds"
        assert driver.desk.widgets.feeds.status.feed.title == "Plain Letters"
        await driver.press(",", "3")
        assert driver.desk.panes.current == "text"
        await driver.press(",", "2")
        assert driver.desk.panes.current == "articles"


async def test_rows_that_were_scrolled_away_have_no_letters_and_those_in_sight_are_right(
    stocked: Library,
) -> None:
    async with running(stocked, (60, 14)) as driver:
        await driver.press("Enter", "G", ",")
        await driver.type(at_row(driver, "Report 42 on"))

        assert driver.desk.active_list.current.title == "Report 42 on the orchard"


async def test_results_of_two_lines_are_jumped_to_by_their_first(stocked: Library) -> None:
    async with running(stocked, (80, 24)) as driver:
        await driver.press("/")
        await driver.type("ferry")
        await driver.press("Tab", "j", ",")
        await driver.type(at_row(driver, "Report 16 on"))

        assert driver.desk.panes.current == "search"
        assert driver.desk.active_list.current.title == "Report 16 on the ferry"


async def test_panes_out_of_sight_are_gone_to_by_the_numbers_that_the_last_line_names(
    stocked: Library,
) -> None:
    async with running(stocked, (40, 12)) as driver:
        await driver.press("Enter", "Enter", ",")
        assert "1 Feeds  2 Articles  3 Text" in driver.lines()[-1]
        assert "A row" not in driver.text()
        await driver.press("1")
        assert driver.desk.panes.current == "feeds"
        await driver.press(",")
        assert "a-z A row" in driver.lines()[-1]
        await driver.press("3", "Z", ",", "2")
        assert driver.desk.panes.current == "articles"


@pytest.mark.parametrize("key", ["Escape", "9", "C-p", "Enter"])
async def test_any_other_key_leaves(stocked: Library, key: str) -> None:
    async with running(stocked, (80, 24)) as driver:
        await driver.press("Enter", ",", key)

        assert driver.desk.panes.current == "articles"
        assert driver.app.screen is driver.app.main
