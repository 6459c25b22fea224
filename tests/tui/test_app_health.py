"""The health of the feeds in the app: looked at, dropped, taken back, mended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.feed_models import FetchState
from archive.models import Article, Feed, Origin
from reader.config import Settings
from reader.library import Library
from reader.tui.cells import cell_len
from reader.tui.screens.choices import ChoicesScreen
from reader.tui.screens.health import HealthScreen
from tests.servers import NewsSite
from tests.tui.driving import Driver, running

NASTY = "[/b] 体育新闻 \x1b[2J @click=app.quit " + "very long " * 30


@pytest.fixture
def feeds(library: Library, outlet: NewsSite) -> Library:
    """A library with four feeds: dead, failing, quiet and fine."""
    now = datetime.now(UTC)
    archive = library._archive
    gone = outlet.server.url("/gone.xml")
    for url, title in (
        (outlet.rss_url, "Fine feed"),
        (gone, "Gone feed"),
        ("http://127.0.0.9/fails", NASTY),
        ("http://127.0.0.9/quiet", "Quiet feed"),
    ):
        archive.add_feed(Feed(url, title=title, added_at=now - timedelta(days=30)))
    archive.save(
        [
            Article(
                f"http://127.0.0.9/{number}",
                f"Article {number}",
                "Words.",
                now,
                origins=(Origin(outlet.rss_url, str(number)),),
                published_at=now - timedelta(days=number + 0.5),
            )
            for number in range(20)
        ]
    )
    archive.save_fetch_states(
        [
            FetchState(outlet.rss_url, refreshed_at=now, http_status=200),
            FetchState(gone, refreshed_at=now, error="answered 410 Gone", http_status=410),
            FetchState(
                "http://127.0.0.9/fails",
                refreshed_at=now - timedelta(hours=2),
                next_refresh_at=now + timedelta(hours=3, minutes=1),
                error="did not answer, " + "word " * 60,
                failure_count=2,
            ),
            FetchState("http://127.0.0.9/quiet", refreshed_at=now, http_status=304),
        ]
    )
    return library


async def opened(driver: Driver) -> HealthScreen:
    await driver.press("H")
    screen = driver.app.screen
    assert isinstance(screen, HealthScreen)
    assert await driver.until(lambda: "Health of" in driver.text())
    await driver.settle()
    return screen


def line_of(driver: Driver, words: str) -> str:
    return next(line for line in driver.lines() if words in line)


async def test_feeds_stand_under_how_they_fare_with_figures(feeds: Library) -> None:
    async with running(feeds) as driver:
        await opened(driver)

        screen = driver.text()
        assert "Health of 4 feeds" in driver.lines()[0]
        assert driver.lines()[0].endswith("1 dead · 1 failing · 1 quiet · 1 fine")
        headings = ("Dead (1)", "Failing (1)", "Quiet (1)", "Fine (1)")
        places = [screen.index(heading) for heading in headings]
        assert places == sorted(places)
        fine = line_of(driver, "Fine feed")
        assert fine.split()[-4:] == ["·········▇██", "6.7", "12h", "due"]
        assert "Dead: answered 410 Gone." in screen


@pytest.mark.parametrize("size", [(80, 24), (160, 48), (44, 20)])
async def test_long_and_hostile_names_and_errors_are_cut(
    feeds: Library, size: tuple[int, int]
) -> None:
    async with running(feeds, size=size) as driver:
        await opened(driver)
        await driver.press("j")

        assert "…" in line_of(driver, "[/b] 体育新闻")
        assert line_of(driver, "Failing: did not answer,").rstrip(" │").endswith("…")
        assert all(cell_len(line) <= size[0] for line in driver.lines())
        headings = line_of(driver, "a week")
        assert headings.index("silent") + 6 == line_of(driver, "never").index("never") + 5


async def test_in_ascii_the_plot_is_ascii(feeds: Library) -> None:
    async with running(feeds, settings=Settings(ascii=True)) as driver:
        await opened(driver)

        fine = line_of(driver, "Fine feed")
        assert fine.isascii()
        assert ".........#@@" in fine


async def test_a_feed_is_dropped_by_one_key_and_taken_back_by_another(feeds: Library) -> None:
    async with running(feeds) as driver:
        await opened(driver)
        await driver.press("d")
        assert await driver.until(lambda: "Health of 3 feeds" in driver.text())
        await driver.settle()

        assert "Dropped Gone feed; its articles stay. u takes it back." in driver.text()
        assert len(feeds.feeds()) == 3
        await driver.press("u")
        assert await driver.until(lambda: "Health of 4 feeds" in driver.text())
        await driver.settle()
        assert "Undone: unsubscribe from Gone feed." in driver.text()
        await driver.press("u")
        assert await driver.until(lambda: "Nothing to undo." in driver.text())


async def test_a_dead_feed_is_mended_from_its_site(feeds: Library, outlet: NewsSite) -> None:
    outlet.server.put("/new.xml", outlet.rss(), "application/rss+xml")
    link = '<link rel="alternate" type="application/rss+xml" title="New" href="/new.xml">'
    outlet.server.put("/", f"<head>{link}</head>")
    async with running(feeds) as driver:
        await opened(driver)
        await driver.press("m")
        assert await driver.until(lambda: isinstance(driver.app.screen, ChoicesScreen), 40)
        await driver.settle()
        assert "Where is Gone feed now?" in driver.text()
        await driver.press("Enter")

        new = outlet.server.url("/new.xml")
        assert await driver.until(
            lambda: new in {status.feed.feed_url for status in feeds.feeds()}, 40
        )
        assert await driver.until(lambda: "1 failing · 1 quiet · 2 fine" in driver.text(), 40)


async def test_a_site_that_names_nothing_new_is_told_so(feeds: Library) -> None:
    async with running(feeds) as driver:
        await opened(driver)
        await driver.press("G", "m")

        assert await driver.until(lambda: "names no other address" in driver.text(), 40)


async def test_enter_lists_the_articles_of_the_feed(feeds: Library) -> None:
    async with running(feeds) as driver:
        await opened(driver)
        await driver.press("G", "Enter")

        assert driver.app.screen is driver.app.main
        assert await driver.until(lambda: driver.desk.active_list.total == 20)
        assert driver.desk.panes.current == "articles"


@pytest.mark.parametrize("key", ["q", "Escape", "H", "h"])
async def test_the_page_can_be_left(feeds: Library, key: str) -> None:
    async with running(feeds) as driver:
        await opened(driver)
        await driver.press(key)

        assert driver.app.screen is driver.app.main


async def test_without_feeds_there_is_nothing_to_look_at(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("H")

        assert driver.app.screen is driver.app.main


async def test_when_all_are_dropped_the_page_says_so(library: Library, outlet: NewsSite) -> None:
    library._archive.add_feed(Feed(outlet.rss_url, title="Only"))
    async with running(library) as driver:
        await opened(driver)
        await driver.press("d")

        assert await driver.until(lambda: "No feeds are left." in driver.text())
        await driver.press("d", "m", "r", "Enter", "j", "G")
        await driver.press("u")
        assert await driver.until(lambda: "Health of 1 feed" in driver.text())
