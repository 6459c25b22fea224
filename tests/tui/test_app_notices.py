"""Notices: one takes the place of the last, errors stay, and none lies over what is typed into."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets._toast import Toast

from reader.library import Library
from reader.tui.habits import HabitsFile
from reader.tui.screens.prompts import Confirm, LinePrompt
from tests.tui.driving import Driver, running


def toasts(driver: Driver) -> list[Toast]:
    """The notices that are drawn on the screen in use."""
    return list(driver.app.screen.query(Toast))


async def test_a_question_is_not_covered_by_what_was_said_before(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("t", "e")
        await driver.erase(20)
        await driver.type("ships")
        await driver.press("Enter")
        assert driver.notices() == ["boats is now ships (2 articles)."]
        await driver.press("d")

        assert isinstance(driver.app.screen, Confirm)
        assert driver.notices() == []
        assert "is now" not in driver.text()


async def test_what_is_said_while_a_prompt_is_open_follows_when_it_is_closed(
    stocked: Library,
) -> None:
    async with running(stocked) as driver:
        await driver.press("a")
        driver.desk.say("A refresh is under way.")
        await driver.settle()
        assert isinstance(driver.app.screen, LinePrompt)
        assert "under way" not in driver.text()
        await driver.press("Escape")

        assert await driver.until(lambda: "A refresh is under way." in driver.text())


async def test_an_error_comes_again_after_the_dialog_that_it_made_room_for(
    stocked: Library,
) -> None:
    async with running(stocked) as driver:
        driver.desk.say("The disk is full.", severity="error")
        await driver.press("?")
        assert "The disk is full." not in driver.text()
        await driver.press("q")

        assert await driver.until(lambda: "The disk is full." in driver.text())


async def test_a_notice_takes_the_place_of_the_last_and_errors_stay(stocked: Library) -> None:
    async with running(stocked) as driver:
        driver.desk.say("The disk is full.", severity="error")
        driver.desk.say("The disk is full.", severity="error")
        await driver.press("u", "u")

        first, last = driver.notices()
        assert first == "The disk is full."
        assert last.startswith("Undone")
        assert len(toasts(driver)) == 2


@pytest.mark.parametrize("size", [(40, 20), (44, 20), (60, 24), (80, 24), (160, 48)])
async def test_a_notice_wraps_inside_the_terminal_above_hint_and_footer(
    stocked: Library, tmp_path: Path, size: tuple[int, int]
) -> None:
    habits = HabitsFile(tmp_path / "hints.json")
    async with running(stocked, size, habits=habits) as driver:
        words = "The demo: three sample outlets on this machine, of which nothing at all is kept."
        driver.desk.say(words)
        await driver.settle()
        (notice,) = toasts(driver)
        hint = driver.desk.widgets.hint_line

        assert hint.display
        assert notice.region.bottom <= hint.region.y
        assert notice.region.x >= 0
        assert notice.region.right <= size[0]
        lines = [line[notice.region.x :].strip(" ▌▎▊│") for line in driver.lines()]
        assert words in " ".join(filter(None, lines[notice.region.y : notice.region.bottom]))


async def test_all_notices_are_kept_newest_first_with_their_time_and_without_control_characters(
    stocked: Library,
) -> None:
    async with running(stocked, (80, 24)) as driver:
        driver.desk.say("The disk is full.", severity="error")
        driver.desk.say(
            "a [red]feed[/red] said \x1b]52;c;aGk=\x07\u202eso\nand more" + " long" * 40
        )
        driver.desk.say("Marks cannot be kept.", severity="warning")
        await driver.press("gm")
        lines = driver.lines()

        assert lines[0].split() == ["Notices", "3"]
        warned, said, failed = (
            next(at for at, line in enumerate(lines) if words in line)
            for words in ("Marks cannot", "a [red]feed[/red] said ]52;c;aGk=so and", "The disk is")
        )
        assert warned < said < failed
        assert re.match(r" +\d\d:\d\d:\d\d +warning +Marks", lines[warned])
        assert re.match(r" +\d\d:\d\d:\d\d +error +The", lines[failed])
        assert failed - said > 2, "a long one wraps"
        driver.desk.say("And this came meanwhile.")
        assert await driver.until(lambda: "came meanwhile" in driver.text())
        assert driver.text().index("came meanwhile") < driver.text().index("Marks cannot")
        await driver.press("q")
        assert await driver.until(lambda: driver.notices()[-1] == "And this came meanwhile.")


async def test_the_notices_can_be_opened_by_name_and_are_empty_at_first(stocked: Library) -> None:
    async with running(stocked, (60, 20)) as driver:
        await driver.press(":")
        await driver.type("notices")
        await driver.press("Enter")
        assert "Nothing was said yet." in driver.text()
