"""Several feeds of one site in the app: the person picks one."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.tui.screens.choices import ChoicesScreen
from tests.servers import NewsSite
from tests.tui.driving import Driver, running

NASTY = "[/sport] [b]Sport[/b] 体育 \x1b]0;x\x07"


@pytest.fixture
def page(outlet: NewsSite) -> str:
    """A home page that announces two feeds, the second with a hostile title."""
    outlet.server.put("/sport.xml", outlet.rss().replace(outlet.name, "Harbour Sport"), "text/xml")
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{path}">'
        for path, title in (("/rss.xml", "All"), ("/sport.xml", NASTY))
    )
    return outlet.server.put("/", f"<head>{links}</head>")


async def offered(driver: Driver, page: str) -> None:
    await driver.press("a")
    await driver.type(page)
    await driver.press("Enter")
    assert await driver.until(lambda: isinstance(driver.app.screen, ChoicesScreen), 40)
    await driver.settle()


async def test_the_feed_that_is_picked_is_subscribed_to(
    library: Library, outlet: NewsSite, page: str
) -> None:
    async with running(library) as driver:
        await offered(driver, page)
        screen = driver.text()
        assert "2 feeds are there: which one?" in screen
        assert "[/sport] [b]Sport[/b] 体育" in screen
        await driver.press("j", "Enter")

        assert await driver.until(lambda: len(library.feeds()) == 1, 40)
        assert library.feeds()[0].feed.name == "Harbour Sport"
        assert await driver.until(lambda: driver.desk.active_list.total == 3, 40)


async def test_the_first_is_taken_without_being_looked_at_again(
    library: Library, outlet: NewsSite, page: str
) -> None:
    async with running(library) as driver:
        await offered(driver, page)
        await driver.press("Enter")

        assert await driver.until(lambda: len(library.feeds()) == 1, 40)
        assert library.feeds()[0].feed.feed_url == outlet.rss_url


@pytest.mark.parametrize("key", ["q", "Escape"])
async def test_the_list_can_be_left(library: Library, page: str, key: str) -> None:
    async with running(library) as driver:
        await offered(driver, page)
        await driver.press(key)

        assert driver.app.screen is driver.app.main
        assert library.feeds() == []
