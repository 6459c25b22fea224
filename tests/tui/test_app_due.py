"""The app refreshes by itself what is due, and nobody who reads is disturbed by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archive.models import Feed
from reader.config import Settings
from reader.library import Library
from reader.tui.app import NewsreaderApp, run
from tests.servers import BRIDGE, NewsSite, Server, Story
from tests.tui.driving import Driver, running


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.tui.control.refreshing.DUE_FIRST", 0.05)
    monkeypatch.setattr("reader.tui.control.refreshing.DUE_EVERY", 0.05)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as opened:
        yield opened


def subscribe(library: Library, url: str) -> None:
    library._archive.add_feed(Feed(url, title="Harbour"))


def put_off(library: Library, until: timedelta) -> None:
    states = library._archive.fetch_states().values()
    at = datetime.now(UTC) + until
    library._archive.save_fetch_states([replace(one, next_refresh_at=at) for one in states])


def idle(driver: Driver) -> bool:
    return not driver.desk.refreshing.running


async def test_a_feed_that_is_due_is_refreshed_and_shown(
    library: Library, outlet: NewsSite
) -> None:
    subscribe(library, outlet.rss_url)
    async with running(library, (100, 24), refreshes=True) as driver:
        assert await driver.until(lambda: library.totals().article_count == 3, 40)
        assert await driver.until(lambda: BRIDGE.title[:20] in driver.text())
        assert await driver.until(lambda: idle(driver))
        assert "3 new" in driver.lines()[-1]
        asked = len(outlet.server.requests)
        await driver.settle()

        assert len(outlet.server.requests) == asked
        assert driver.notices() == []


async def test_focus_cursor_and_text_stay_where_they_are(
    library: Library, outlet: NewsSite
) -> None:
    subscribe(library, outlet.rss_url)
    list(library.refresh())
    put_off(library, timedelta(hours=1))
    async with running(library, (120, 24), refreshes=True) as driver:
        await driver.press("l", "j", "Enter")
        read = driver.desk.reading.summary
        assert read is not None
        place = (driver.desk.panes.current, driver.desk.active_list.current, driver.app.focused)
        outlet.publish(Story("market", "A market on the quay", "<p>Every Friday, fish."))
        put_off(library, -timedelta(hours=1))
        driver.desk.archive_changed()
        assert await driver.until(lambda: library.totals().article_count == 4, 40)
        assert await driver.until(lambda: idle(driver) and driver.desk.active_list.total == 4)
        await driver.settle()

        current = driver.desk.active_list.current
        assert driver.desk.panes.current == place[0]
        assert current is not None
        assert place[1] is not None
        assert current.article_id == place[1].article_id
        assert driver.app.focused is place[2]
        assert driver.desk.reading.summary is not None
        assert driver.desk.reading.summary.article_id == read.article_id


async def test_a_failure_that_nobody_asked_for_makes_no_notice(library: Library) -> None:
    with Server() as server:
        subscribe(library, server.put("/rss.xml", "", status=500))
    async with running(library, refreshes=True) as driver:
        assert await driver.until(lambda: bool(library.feeds()[0].state.error))
        assert await driver.until(lambda: idle(driver))
        await driver.settle()

        assert driver.notices() == []


async def test_a_refresh_by_key_follows_one_that_came_by_itself(
    library: Library, server: Server
) -> None:
    site = NewsSite(server).publish(BRIDGE)
    subscribe(library, site.rss_url)
    server.put_raw("/rss.xml", 0.5)
    async with running(library, refreshes=True) as driver:
        assert await driver.until(lambda: bool(server.paths()))
        server.put("/rss.xml", site.rss(), "application/rss+xml")
        await driver.press("R")

        assert await driver.until(lambda: library.totals().article_count == 1, 40)
        assert await driver.until(lambda: idle(driver))


@pytest.mark.parametrize(("way", "expected"), [("due", True), ("manual", False)])
def test_the_setting_decides(
    library: Library, monkeypatch: pytest.MonkeyPatch, way: str, expected: bool
) -> None:
    made: list[NewsreaderApp] = []

    def note(app: NewsreaderApp) -> None:
        made.append(app)

    monkeypatch.setattr(NewsreaderApp, "run", note)
    run(library, Settings(refresh=way))

    assert [app._refreshes for app in made] == [expected]


async def test_a_feed_that_moves_stays_under_the_cursor(library: Library, outlet: NewsSite) -> None:
    subscribe(library, outlet.rss_url)
    list(library.refresh())
    new_url = outlet.server.put("/new.xml", outlet.rss(), "application/rss+xml")
    outlet.server.redirect("/rss.xml", new_url, 301)
    list(library.refresh())
    async with running(library, (120, 24)) as driver:
        await driver.press("G")
        assert driver.desk.widgets.feeds.view is not None
        await driver.press("r")
        assert await driver.until(lambda: library.feeds()[0].feed.feed_url == new_url)
        assert await driver.until(lambda: idle(driver))
        await driver.settle()

        view = driver.desk.widgets.feeds.view
        assert view is not None
        assert (view.kind, view.feed_urls) == ("feed", (new_url,))
        assert driver.desk.active_list.total == 3
