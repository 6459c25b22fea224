"""Hints in the app: they come at the right moment, one at a time, and fade with use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.models import MarkChange
from reader.library import Library
from reader.tui.habits import Habits, HabitsFile, read_habits
from reader.tui.hints import HINTS, MOST_SHOWN
from reader.tui.keymap import Keymap
from tests.servers import NewsSite
from tests.tui.conftest import FEEDS, article
from tests.tui.driving import Driver, running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "hints.json"


def words(action: str, pane: str = "") -> str:
    """What the hint about an action says, with its keys."""
    hint = next(h for h in HINTS if h.action == action and (not pane or pane in h.panes))
    return f"Hint: {Keymap().with_keys(hint.words)}"


def hint_on(driver: Driver) -> str:
    """What the line above the footer says; empty when it is not a hint."""
    line = driver.lines()[-2].strip()
    return line if line.startswith("Hint:") else ""


def known(path: Path, *actions: str) -> HabitsFile:
    """The habits of a person who used these actions before."""
    HabitsFile(path).save(Habits(frozenset(actions)))
    return HabitsFile(path)


async def test_each_pane_has_the_hint_that_helps_there(stocked: Library, path: Path) -> None:
    async with running(stocked, habits=HabitsFile(path)) as driver:
        assert hint_on(driver) == words("open") == "Hint: Enter goes to the articles, h back."
        await driver.press("Enter")
        assert hint_on(driver) == words("read_on", "articles")
        await driver.press("Enter")
        assert hint_on(driver) == words("read_on", "text")
        await driver.press("t")

        assert hint_on(driver) == ""


async def test_an_archive_without_articles_has_no_hint_until_the_first_arrive(
    library: Library, outlet: NewsSite, path: Path
) -> None:
    async with running(library, habits=HabitsFile(path)) as driver:
        await driver.press("t", "t")
        assert hint_on(driver) == ""
        library.subscribe(outlet.rss_url)
        await driver.press("R")
        driver.desk.subscriptions.load()
        await driver.settle()
        await driver.press("R")

        assert await driver.until(lambda: driver.desk.active_list.total == 3, 40)
        assert await driver.until(lambda: hint_on(driver) == words("open"))
        assert await driver.until(lambda: not driver.desk.refreshing.running)


async def test_a_hint_goes_at_once_when_its_key_is_used_and_the_next_waits(
    stocked: Library, path: Path
) -> None:
    async with running(stocked, habits=known(path, "open", "read_on")) as driver:
        await driver.press("Enter", "Enter")
        assert hint_on(driver) == words("star")
        height = driver.desk.widgets.text.size.height
        await driver.press("m")
        assert hint_on(driver) == ""
        assert driver.desk.widgets.text.size.height == height
        await driver.press("h", "j", "Enter")

        assert hint_on(driver) == words("tag")


async def test_after_the_first_tag_a_hint_leads_to_all_tags(stocked: Library, path: Path) -> None:
    async with running(stocked, habits=known(path, "open", "read_on", "star")) as driver:
        await driver.press("Enter", "Enter")
        assert hint_on(driver) == words("tag")
        await driver.press("+")
        await driver.type("sea")
        await driver.press("Enter", "h")

        assert hint_on(driver) == words("tags") == "Hint: t shows all tags and their articles."
        await driver.press("t", "t")
        assert hint_on(driver) != words("tags")


async def test_a_key_used_once_is_not_hinted_at_after_another_start(
    stocked: Library, path: Path
) -> None:
    async with running(stocked, habits=HabitsFile(path)) as driver:
        await driver.press("Enter", "Space", "m")
    async with running(stocked, habits=HabitsFile(path)) as driver:
        assert hint_on(driver) == words("refresh_all")
        await driver.press("Enter")
        assert hint_on(driver) == words("search")

        assert read_habits(path).used == {"open", "read_on", "star"}


async def test_a_key_used_before_its_hint_came_has_no_hint(stocked: Library, path: Path) -> None:
    async with running(stocked, habits=HabitsFile(path)) as driver:
        await driver.press("Enter", "m", "/", "Escape")
        await driver.press("Space")

        assert hint_on(driver) == words("tag")


async def test_an_action_run_from_the_palette_counts_as_used(stocked: Library, path: Path) -> None:
    async with running(stocked, habits=known(path, "open", "read_on")) as driver:
        await driver.press("Enter", "Enter", "C-p")
        await driver.type("star")
        await driver.press("Enter")

        assert {"star", "palette"} <= driver.desk.hinting._habits.used
        assert hint_on(driver) == ""


async def test_a_hint_that_nobody_follows_is_shown_a_few_times_over_all_starts(
    stocked: Library, path: Path
) -> None:
    seen = 0
    for _ in range(2):
        async with running(stocked, habits=HabitsFile(path)) as driver:
            while hint_on(driver) == words("open") and seen < 20:
                seen += 1
                if seen == 2:
                    break
                await driver.press("Tab", "Tab", "Tab")

    assert seen == MOST_SHOWN
    assert read_habits(path).shown["open"] == MOST_SHOWN
    async with running(stocked, habits=HabitsFile(path)) as driver:
        assert hint_on(driver) == words("refresh_all")


async def test_a_hint_passed_in_a_moment_does_not_count_as_shown(
    stocked: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.control.hinting.SEEN_AFTER", 60)
    async with running(stocked, habits=HabitsFile(path)) as driver:
        for _ in range(2 * MOST_SHOWN):
            await driver.press("Tab", "Tab", "Tab")

        assert hint_on(driver) == words("open")
    assert HabitsFile(path).is_new


async def test_who_has_read_much_here_never_sees_a_hint(
    stocked: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.control.hinting.EXPERIENCED", 16)
    async with running(stocked, habits=HabitsFile(path)) as driver:
        for keys in ("Tab", "Enter", "h"):
            await driver.press(keys)
            assert hint_on(driver) == ""
    monkeypatch.undo()
    async with running(stocked, habits=HabitsFile(path)) as driver:
        assert hint_on(driver) == ""


async def test_reading_all_at_once_in_the_first_days_does_not_end_the_hints(
    stocked: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.control.hinting.EXPERIENCED", 40)
    async with running(stocked, habits=HabitsFile(path)) as driver:
        await driver.press("Enter", "A")
    assert stocked.totals().unread_count == 0
    async with running(stocked, habits=HabitsFile(path)) as driver:
        assert hint_on(driver) == words("refresh_all")


@pytest.fixture
def damaged(path: Path) -> Path:
    path.parent.mkdir()
    path.write_text('{"used": ["op')
    return path


@pytest.fixture
def unwritable(path: Path) -> Path:
    """A path in a folder that cannot be made."""
    path.parent.touch()
    return path


async def test_a_damaged_memory_gives_hints_anew_and_no_word_of_it(
    stocked: Library, damaged: Path
) -> None:
    async with running(stocked, habits=HabitsFile(damaged)) as driver:
        assert hint_on(driver) == words("open")
        await driver.press("Enter")

        assert driver.notices() == []
    assert read_habits(damaged).used == {"open"}


async def test_a_memory_that_cannot_be_written_lasts_as_long_as_the_program(
    stocked: Library, unwritable: Path
) -> None:
    async with running(stocked, habits=HabitsFile(unwritable)) as driver:
        await driver.press("Enter", "h")

        assert hint_on(driver) == words("refresh_all")
        assert driver.notices() == []


async def test_without_a_memory_there_are_no_hints(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "h", "Enter", "Enter")

        assert hint_on(driver) == ""


async def test_a_narrow_terminal_wraps_a_hint_and_shows_all_of_it(
    stocked: Library, path: Path
) -> None:
    async with running(stocked, (40, 20), habits=HabitsFile(path)) as driver:
        await driver.press("Enter")
        shown = " ".join(line.strip() for line in driver.lines()[-3:-1])

        assert shown == words("read_on", "articles")


async def test_a_low_terminal_keeps_its_lines_for_the_news(stocked: Library, path: Path) -> None:
    async with running(stocked, (80, 13), habits=HabitsFile(path)) as driver:
        await driver.press("Enter")

        assert not driver.desk.widgets.hint_line.display


async def test_a_hint_at_what_is_under_way_goes(stocked: Library, path: Path) -> None:
    async with running(stocked, habits=known(path, "open")) as driver:
        assert hint_on(driver) == words("refresh_all")
        driver.desk.refreshing.running = True
        driver.desk.subscriptions.load()
        await driver.settle()

        assert hint_on(driver) == ""


async def test_a_cursor_that_moves_has_no_hint_chosen(
    stocked: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(stocked, (160, 48), habits=HabitsFile(path)) as driver:
        await driver.press("Enter")
        before = hint_on(driver)
        monkeypatch.setattr("reader.tui.control.hinting.hint_for", None)
        await driver.press("j", "j", "k", "G", "gg", "C-d")

        assert hint_on(driver) == before


async def test_a_notice_does_not_cover_the_hint(stocked: Library, path: Path) -> None:
    async with running(stocked, habits=HabitsFile(path)) as driver:
        driver.desk.say("A notice, long enough to reach over the left half of the terminal. " * 2)
        await driver.settle()

        assert "A notice" in driver.text()
        assert hint_on(driver) == words("open")


async def test_a_hint_whose_action_lost_its_sense_goes(library: Library, path: Path) -> None:
    library._archive.add_feed(FEEDS[0])
    library._archive.save([replace(article(0))])
    library.mark("is:unread", MarkChange(read=True))
    async with running(library, habits=known(path, "open")) as driver:
        assert hint_on(driver) == words("refresh_all")
        library.unsubscribe(library.feeds()[0].feed.feed_id)
        driver.desk.archive_changed()
        await driver.settle()

        assert hint_on(driver) == ""
