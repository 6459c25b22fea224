"""How the app looks at each size, and that resizing keeps place and focus."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.widget import Widget

from reader.config import Settings
from reader.library import Library
from reader.settings_watch import SettingsWatch
from tests.tui.conftest import FEEDS, article
from tests.tui.driving import Driver, running
from tests.tui.screen_text import screen_lines


def panes_seen(driver: Driver) -> list[str]:
    widgets = driver.desk.widgets
    found = {
        "feeds": widgets.feeds,
        "tags": widgets.tags,
        "articles": widgets.articles,
        "search": widgets.results,
        "text": widgets.text,
    }
    return [name for name, widget in found.items() if widget.region.area]


@pytest.mark.parametrize(
    ("size", "keys", "seen"),
    [
        ((160, 48), (), ["feeds", "articles", "text"]),
        ((120, 30), ("Enter", "Enter"), ["feeds", "articles", "text"]),
        ((80, 24), (), ["feeds", "articles"]),
        ((80, 24), ("Enter", "Enter"), ["text"]),
        ((80, 24), ("t",), ["tags", "articles"]),
        ((80, 24), ("/",), ["feeds", "search"]),
        ((90, 44), (), ["feeds", "articles", "text"]),
        ((90, 44), ("Enter", "Enter"), ["feeds", "articles", "text"]),
        ((50, 20), (), ["feeds"]),
        ((50, 20), ("Enter",), ["articles"]),
        ((50, 20), ("Enter", "Enter"), ["text"]),
        ((50, 20), ("/",), ["search"]),
        ((40, 12), ("t",), ["tags"]),
    ],
)
async def test_as_many_panes_are_seen_as_have_room(
    stocked: Library, size: tuple[int, int], keys: tuple[str, ...], seen: list[str]
) -> None:
    async with running(stocked, size) as driver:
        await driver.press(*keys)

        assert panes_seen(driver) == seen


def right_end(driver: Driver, widget: Widget, line: int) -> int:
    """The column behind the last letter in a line of a widget, its scroll bar aside."""
    width = widget.scrollable_content_region.width
    region = widget.region
    return region.x + len(driver.lines()[region.y + line][region.x :][:width].rstrip())


@pytest.mark.parametrize("size", [(80, 24), (100, 40), (160, 48), (44, 20)])
@pytest.mark.parametrize("pane", ["articles", "search", "tags"])
async def test_what_a_title_notes_ends_where_the_column_below_it_ends(
    stocked: Library, size: tuple[int, int], pane: str
) -> None:
    async with running(stocked, size) as driver:
        await driver.press(*{"articles": ["Enter"], "search": ["/"], "tags": ["t"]}[pane])
        if pane == "search":
            await driver.type("ferry")
            await driver.press("Tab")
        rows = driver.desk.widgets.tags if pane == "tags" else driver.desk.active_list
        title = driver.desk.widgets.titles[pane]

        ends = {right_end(driver, rows, line) for line in (0, 2 if pane == "search" else 1)}
        assert ends == {right_end(driver, title, 0)}
        assert rows.region.right == title.region.right


async def test_counts_stay_in_their_column_when_a_scroll_bar_comes(stocked: Library) -> None:
    async with running(stocked, (80, 24)) as driver:
        before = right_end(driver, driver.desk.widgets.feeds, 0)
        await driver.pilot.resize_terminal(80, 6)
        await driver.settle()

        assert right_end(driver, driver.desk.widgets.feeds, 0) == before


async def test_a_search_says_that_it_is_of_all_articles(stocked: Library) -> None:
    async with running(stocked, (80, 24)) as driver:
        await driver.press("Enter", "/")
        await driver.type("ferry")

        assert "Search · all articles" in driver.text()


@pytest.mark.parametrize("width", [20, 24, 30, 44, 59, 80])
async def test_over_a_text_alone_stand_its_list_and_its_place_in_it(
    stocked: Library, width: int
) -> None:
    async with running(stocked, (width, 20)) as driver:
        await driver.press("j", "j", "Enter", "j", "Enter")

        title = driver.lines()[0]
        assert title.split()[0] == "All"
        assert re.search(r" 2 of 48( · \d+ %( read)?)?$", title)
        assert ("%" in title) == (width >= 30)


async def test_what_stands_over_the_text_follows_a_resize_at_once(stocked: Library) -> None:
    async with running(stocked, (80, 24)) as driver:
        title = driver.desk.widgets.titles["text"]
        await driver.press("j", "j", "Enter", "Enter", "C-d")
        assert title.label == "All articles"
        for size in ((160, 48), (80, 40), (60, 20)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            percent = f"{int(driver.desk.widgets.text.progress * 100)} % read"
            is_beside_its_list = size[1] > 36

            assert title.note.endswith(percent)
            assert title.label == (
                driver.desk.reading.summary.outlet if is_beside_its_list else "All articles"
            )


async def test_a_search_without_results_is_what_stands_over_the_empty_text(
    stocked: Library,
) -> None:
    async with running(stocked, (160, 48)) as driver:
        await driver.press("/")
        await driver.type("zebra")

        assert driver.desk.widgets.titles["text"].label == "Search  ⟩ zebra"
        assert driver.desk.widgets.titles["text"].note == ""


async def test_resizing_keeps_the_place_and_the_focus(stocked: Library) -> None:
    async with running(stocked, (160, 48)) as driver:
        await driver.press("Enter", "j", "j", "Enter", "C-d")
        title = driver.desk.reading.summary.title
        position = driver.desk.widgets.text.position
        for size in ((50, 20), (80, 24), (100, 44), (160, 48)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()

            assert driver.desk.panes.current == "text"
            assert driver.app.focused is driver.desk.widgets.text
            assert driver.desk.reading.summary.title == title
        assert abs(driver.desk.widgets.text.position - position) < 300
        assert driver.desk.active_list.cursor == 2


async def test_where_text_is_seen_the_article_under_the_cursor_is_previewed_and_stays_unread(
    stocked: Library,
) -> None:
    async with running(stocked, (160, 48)) as driver:
        await driver.press("Enter", "j")
        await driver.settle()

        assert "What is new about the bridge" in driver.text()
        assert stocked.totals().unread_count == 32


async def test_widening_shows_the_text_of_the_article_under_the_cursor(stocked: Library) -> None:
    async with running(stocked, (80, 24)) as driver:
        await driver.press("Enter", "j")
        await driver.pilot.resize_terminal(160, 48)
        await driver.settle()

        assert "What is new about the bridge" in driver.text()


@pytest.mark.parametrize("size", [(80, 24), (160, 48), (40, 12), (20, 6)])
async def test_every_screen_fits_its_terminal(stocked: Library, size: tuple[int, int]) -> None:
    async with running(stocked, size) as driver:
        for keys in (("Enter", "Enter"), ("q", "t"), ("/",), ("Escape", "?"), ("q", "a")):
            await driver.press(*keys)

            assert len(driver.lines()) == size[1]


@pytest.mark.parametrize("theme", ["newsreader-dark", "newsreader-light", "gruvbox"])
async def test_the_app_takes_the_theme_of_the_settings(stocked: Library, theme: str) -> None:
    settings = Settings(theme=theme)
    async with running(stocked, settings=settings) as driver:
        await driver.press("Enter", "v", "m")

        assert driver.app.theme == theme
        assert driver.notices() == []


async def test_an_unknown_theme_is_told_and_the_dark_one_taken(stocked: Library) -> None:
    async with running(stocked, settings=Settings(theme="[red]mauve")) as driver:
        assert driver.app.theme == "newsreader-dark"
        assert driver.notices()[0].startswith("There is no theme '[red]mauve'. Known are")


async def test_a_click_opens_what_it_hits(stocked: Library) -> None:
    async with running(stocked, (160, 48)) as driver:
        await driver.pilot.click("#articles", offset=(5, 3))
        await driver.settle()
        assert (driver.desk.panes.current, driver.desk.active_list.cursor) == ("articles", 3)
        await driver.pilot.click("#articles", offset=(5, 3))
        await driver.settle()
        assert driver.desk.panes.current == "text"
        await driver.pilot.click("#feeds", offset=(5, 1))
        await driver.settle()

        assert driver.desk.listing.view.name == "Starred"


async def click_hint(driver: Driver, label: str) -> None:
    """Click on a hint of the last line."""
    at = driver.lines()[-1].index(label)
    await driver.pilot.click("Footer", offset=(at, 0))
    await driver.settle()


async def test_a_click_on_a_hint_does_what_its_key_does(stocked: Library) -> None:
    async with running(stocked, (160, 48)) as driver:
        await click_hint(driver, "Search")
        assert driver.desk.panes.current == "search"
        await driver.type("ferry")
        await click_hint(driver, "To the results")
        await click_hint(driver, "Star")
        assert driver.desk.active_list.current.starred
        await click_hint(driver, "Help")
        assert driver.app.screen is not driver.app.main
        await driver.press("Escape")
        await click_hint(driver, "Open")
        assert driver.desk.panes.current == "text"
        await driver.pilot.click("Footer", offset=(110, 0))
        await driver.settle()

        assert driver.desk.panes.current == "text"


async def test_hints_in_the_search_line_and_over_links_can_be_clicked_too(
    stocked: Library,
) -> None:
    async with running(stocked, (160, 48)) as driver:
        await driver.press("/")
        await click_hint(driver, "Help")
        assert driver.app.screen is not driver.app.main
        await driver.press("Escape")
        await click_hint(driver, "Close")
        assert driver.desk.panes.current == "articles"
        await driver.press("Enter", "G", ";")
        assert driver.desk.links.following
        await click_hint(driver, "Leave")

        assert not driver.desk.links.following


@pytest.mark.parametrize(("width", "shown"), [(80, "Mar"), (100, "4 Mar"), (160, "4 Mar")])
async def test_a_list_dates_by_the_day_where_the_terminal_is_wide(
    library: Library, width: int, shown: str
) -> None:
    at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    library._archive.add_feed(FEEDS[0])
    library._archive.save([replace(article(0), published_at=at, archived_at=at)])
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    async with running(library, (width, 24)) as driver:
        driver.desk.widgets.articles.now = lambda: now
        driver.desk.widgets.articles.redraw()
        await driver.settle()
        (row,) = [line for line in screen_lines(driver.desk.widgets.articles) if "Report 0" in line]

        assert row.rstrip().endswith(f"  {shown}")


async def test_over_the_unread_stands_their_count_beside_what_was_read_here(
    stocked: Library,
) -> None:
    async with running(stocked, (160, 48)) as driver:
        title = driver.desk.widgets.titles["articles"]
        await driver.press("Enter")
        assert title.note == "32"
        await driver.press("Enter", "h")

        assert title.note == "31 · 1 read"
        assert driver.desk.widgets.feeds.counts.unread_count == 31
        await driver.press("u")
        assert title.note == "32"


async def test_compact_leaves_out_frames_gaps_and_snippets(stocked: Library) -> None:
    async with running(stocked, settings=Settings(compact=True)) as driver:
        await driver.press("/", *"ferry", "Tab")
        lines = driver.lines()
        rows = [at for at, line in enumerate(lines) if "Report " in line]
        assert rows == list(range(rows[0], rows[0] + 6))
        assert "▌ferry" in lines[rows[0] - 1]

        await driver.press("Escape", "?")
        assert "╭" not in driver.text()
        assert driver.lines()[0].strip().startswith("Keys in the pane")


async def test_the_compact_mode_comes_and_goes_while_the_app_runs(
    stocked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.screens.main.WATCH_EVERY", 0.05)
    file = tmp_path / "config.toml"
    file.write_text("")
    watch = SettingsWatch(file, lambda _: None)
    async with running(stocked, watch=watch) as driver:
        await driver.press("?")
        assert "╭" in driver.text()
        file.write_text("compact = true\n")

        assert await driver.until(lambda: "╭" not in driver.text())


@pytest.mark.parametrize(("lines", "framed"), [(12, False), (15, False), (16, True), (24, True)])
async def test_a_terminal_of_few_lines_has_no_frames(
    stocked: Library, lines: int, framed: bool
) -> None:
    async with running(stocked, (60, lines)) as driver:
        await driver.press("Enter", "Enter", "U")

        assert ("╭" in driver.text()) == framed


async def test_frames_go_and_come_with_the_lines_of_a_terminal(stocked: Library) -> None:
    async with running(stocked, (60, 24)) as driver:
        await driver.press("Enter", "Enter", "gO")
        for lines, framed in ((12, False), (24, True)):
            await driver.pilot.resize_terminal(60, lines)
            await driver.settle()
            assert ("╭" in driver.text()) == framed


@pytest.mark.parametrize("measure", [70, 90])
async def test_where_it_is_wide_a_text_has_its_measure_and_the_list_has_the_rest(
    stocked: Library, measure: int
) -> None:
    def widths(driver: Driver) -> list[int]:
        parts = driver.desk.widgets.parts
        return [parts[name].region.width for name in ("left", "middle", "right")]

    async with running(stocked, (120, 40), Settings(measure=measure)) as driver:
        narrower = widths(driver)
        await driver.pilot.resize_terminal(200, 60)
        await driver.settle()
        left, middle, right = widths(driver)
        assert left > narrower[0]
        assert middle >= right - 30
        assert driver.desk.widgets.text.painter.measure == measure
        assert left + middle + right == 200

        await driver.pilot.resize_terminal(120, 40)
        await driver.settle()
        assert widths(driver) == narrower
