"""Lists that are open while another process builds the index anew, with other row numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.models import MarkChange
from reader.config import Settings
from reader.library import Library
from tests.archive.making import build_anew, make_article, make_crowded
from tests.tui.driving import Driver, running

COUNT = 4_799


@pytest.fixture
def crowded(tmp_path: Path) -> Iterator[Library]:
    make_crowded(tmp_path / "crowded")
    with Library.open(tmp_path / "crowded", Settings()) as library:
        yield library


def numbers(driver: Driver) -> list[int]:
    """The numbers that are in the titles of the loaded rows."""
    return [int(row.title.split()[-1]) for row in driver.desk.widgets.articles.loaded]


async def test_the_cursor_stays_on_its_article(crowded: Library) -> None:
    async with running(crowded) as driver:
        articles = driver.desk.widgets.articles
        await driver.press("Enter", *"jjjjj")
        before = articles.current
        assert before is not None
        assert before.title == "Harvest report 6"

        build_anew(crowded.path, [make_article(number) for number in range(5_000, 5_003)])
        assert await driver.until(lambda: articles.total == COUNT + 3)
        await driver.settle()

        assert articles.current is not None
        assert articles.current.article_id == before.article_id
        assert articles.current.row_id > 2 * before.row_id
        assert articles.cursor == 8
        assert numbers(driver)[:200] == [5_002, 5_001, 5_000, *range(1, 198)]


async def test_an_article_that_was_read_keeps_its_place(
    crowded: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.screens.main.WATCH_EVERY", 3600)
    async with running(crowded) as driver:
        articles = driver.desk.widgets.articles
        await driver.press("Enter", *"jjj", "N", "j")
        assert await driver.until(lambda: crowded.count("is:read") == 1)

        build_anew(crowded.path)
        await driver.press("End")
        assert await driver.until(lambda: articles.current is not None)

        assert articles.total == COUNT
        assert [row.title for row in articles.loaded if row.read] == ["Harvest report 4"]
        assert articles.current == crowded.list(limit=1, offset=COUNT - 1)[0]


async def test_rows_that_are_asked_for_go_on_where_the_loaded_ones_end(
    crowded: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.screens.main.WATCH_EVERY", 3600)
    async with running(crowded) as driver:
        articles = driver.desk.widgets.articles
        await driver.press("Enter")
        assert len(articles.loaded) == 200

        build_anew(crowded.path)
        articles.move_to(210)
        assert await driver.until(lambda: len(articles.loaded) == 400)

        assert articles.total == COUNT
        assert numbers(driver)[:299] == list(range(1, 300))


async def test_the_nearest_unread_article_is_found(
    crowded: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.screens.main.WATCH_EVERY", 3600)
    crowded.mark([row.article_id for row in crowded.list(limit=250)], MarkChange(read=True))
    async with running(crowded) as driver:
        articles = driver.desk.widgets.articles
        await driver.press("j", "j", "Enter")
        assert driver.desk.listing.view.query == ""

        build_anew(crowded.path)
        await driver.press("n")

        assert await driver.until(lambda: articles.cursor == 250)
        assert articles.current is not None
        assert articles.current.title == "Harvest report 251"
