"""The screen of figures, on the app's own archive."""

from __future__ import annotations

import pytest

from archive.models import Feed
from reader.config import Settings
from reader.library import Library
from tests.tui.driving import running


async def test_the_figures_are_those_of_the_archive(stocked: Library) -> None:
    async with running(stocked, (100, 60)) as driver:
        await driver.press("gS")
        assert await driver.until(lambda: "Archived by month" in driver.text())
        rows = {line.split("  ")[1].strip(): line for line in driver.lines() if line.count("  ")}

        assert "48 articles" in driver.lines()[0]
        assert rows["All"].endswith("16 of 48")
        assert rows["Coast/Inland"].endswith("0 of 16")
        assert rows["Plain Letters"].endswith("16 of 16")
        assert "16 of 48 articles are read." in driver.text()

        await driver.press("q")
        assert driver.app.screen is driver.app.main


async def test_where_it_is_wide_growth_stands_beside_what_was_read(stocked: Library) -> None:
    async with running(stocked, (200, 60)) as driver:
        await driver.press("gS")
        assert await driver.until(lambda: "Archived by month" in driver.text())
        heads = next(line for line in driver.lines() if "Archived by month" in line)
        assert "Articles a day" in heads

        await driver.pilot.resize_terminal(100, 60)
        assert await driver.until(
            lambda: any(line.strip() == "Archived by month" for line in driver.lines())
        )


async def test_months_before_the_first_article_are_left_out(stocked: Library) -> None:
    async with running(stocked, (100, 60)) as driver:
        await driver.press("gS")
        assert await driver.until(lambda: "Archived by month" in driver.text())
        lines = driver.lines()
        first = next(at for at, line in enumerate(lines) if "Archived by month" in line) + 1

        assert lines[first].split()[-1] != "0"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_it_fits_and_scrolls_at_any_size(stocked: Library, size: tuple[int, int]) -> None:
    async with running(stocked, size) as driver:
        await driver.press("gS")
        assert await driver.until(lambda: "All " in driver.text())
        await driver.press("G")
        assert await driver.until(lambda: "are read." in driver.text())
        await driver.press("g")

        assert "16 of 48" in driver.text()


async def test_ascii_draws_it_in_ascii_and_names_are_text(stocked: Library) -> None:
    feed = stocked.feeds()[0].feed
    stocked.edit_feed(Feed(feed.feed_url, feed.feed_id, user_title="[red]x\x1b[31m"))
    async with running(stocked, (100, 60), settings=Settings(ascii=True)) as driver:
        await driver.press("gS")
        assert await driver.until(lambda: "Archived by month" in driver.text())
        body = "\n".join(driver.lines()[1:-1])

        assert "[red]x" in body
        assert body.isascii()


async def test_an_empty_archive_has_a_page_of_noughts(library: Library) -> None:
    async with running(library, (80, 40)) as driver:
        await driver.press("gS")

        assert await driver.until(lambda: "0 of 0 articles are read." in driver.text())
