"""The page as it was: all its words over the whole screen, safe to look at, and left by a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.archive import Archive
from reader.config import Settings
from reader.library import Library
from reader.outcomes import NOT_KEPT
from reader.tui.screens.whole_page import WholePageScreen
from tests.servers import FERRY, NewsSite
from tests.tui.driving import Driver, running

URL = "https://post.example.org/ferry/0"
FURNITURE = "We and our partners store cookies"


@pytest.fixture
def kept(archive_folder: Path, settings: Settings, outlet: NewsSite) -> Iterator[Library]:
    """A library whose newest article has a raw page, with a title that means to harm."""
    html = outlet.page(replace(FERRY, title="[/b] \x1b]0;owned\x07 \u202eferry"))
    html = html.replace("</article>", "<p>Line.</p>" * 200 + "<p>The last line.</p></article>")
    with Archive.open(archive_folder) as archive:
        newest = archive.get(archive.list(limit=1)[0].article_id)
        headers = {"content-type": "text/html; charset=utf-8"}
        ref = archive.pages.append(URL, 200, headers, html.encode(), newest.archived_at)
        archive.save([replace(newest, page=ref)])
    with Library.open(archive_folder, settings) as library:
        yield library


async def look(driver: Driver) -> bool:
    await driver.press("X")
    return await driver.until(lambda: isinstance(driver.app.screen, WholePageScreen))


async def test_the_whole_page_is_shown_with_its_address_and_date(kept: Library) -> None:
    async with running(kept, size=(100, 30)) as driver:
        await driver.press("Enter")

        assert await look(driver)
        await driver.settle()
        screen = driver.text()
        assert "The page as it was" in screen
        assert "fetched " in driver.lines()[0]
        assert URL in screen
        assert FURNITURE in screen
        assert "[/b] ]0;owned ferry" in screen
        assert not set("\x1b\x07\u202e") & set(screen)


@pytest.mark.parametrize("key", ["q", "Escape", "X"])
async def test_it_scrolls_and_a_key_goes_back(kept: Library, key: str) -> None:
    async with running(kept, size=(100, 30)) as driver:
        await driver.press("Enter", "Enter")
        before = driver.text()
        assert await look(driver)
        await driver.press("G")
        assert "The last line." in driver.text()
        await driver.press("g")
        assert FURNITURE in driver.text()
        await driver.press("Space", "k")
        assert FURNITURE not in driver.text()
        await driver.press(key)

        assert driver.text() == before
        assert driver.desk.panes.current == "text"


async def test_without_a_raw_page_a_line_says_so(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "X")

        assert await driver.until(lambda: NOT_KEPT in driver.notices())
        assert driver.desk.screen.is_current


async def test_a_page_that_cannot_be_read_is_an_error_and_no_screen(kept: Library) -> None:
    (warc,) = kept.path.rglob("*.warc.gz")
    warc.write_bytes(warc.read_bytes()[:-20])
    async with running(kept) as driver:
        await driver.press("Enter", "X")

        assert await driver.until(lambda: any("is cut" in note for note in driver.notices()))
        assert driver.desk.screen.is_current
