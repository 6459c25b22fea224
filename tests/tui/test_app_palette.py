"""The command palette: actions found by their words and run, as their keys would."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.tui.action_words import WORDS
from reader.tui.actions import BY_ID, REGISTRY
from reader.tui.screens.help import HelpScreen
from reader.tui.screens.palette import PaletteScreen, fitting_actions
from reader.tui.screens.prompts import LinePrompt
from tests.tui.driving import Driver, running


def rows(driver: Driver) -> list[str]:
    """The listed actions, those that can act first."""
    found = driver.app.screen.query_one("#palette-list").options
    return [option.id for option in found if not option.disabled]


async def test_an_action_is_found_by_its_words_and_run(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "C-p")
        await driver.type("star")
        assert rows(driver)[0] == "star"
        await driver.press("Enter")

        assert driver.app.screen is driver.app.main
        assert await driver.until(lambda: stocked.list(limit=1)[0].starred)


async def test_every_action_is_listed_with_its_key(stocked: Library) -> None:
    async with running(stocked, (100, 30)) as driver:
        await driver.press("C-p")
        listed = driver.app.screen.query_one("#palette-list").options

        expected = {action.id for action in REGISTRY} - {"palette"}
        assert {option.id for option in listed} == expected
        await driver.type("refresh all feeds")
        assert "R            Refresh all feeds." in driver.text()


async def test_what_cannot_act_is_dimmed_and_says_where_it_works(stocked: Library) -> None:
    async with running(stocked, (100, 30)) as driver:
        await driver.press("C-p")
        await driver.type("link")
        assert rows(driver) == []
        assert "List all links of the article." in driver.text()
        assert " text" in driver.text()
        await driver.press("Enter")

        assert isinstance(driver.app.screen, PaletteScreen)


async def test_a_key_finds_its_action(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("C-p")
        await driver.type("?")
        await driver.press("Enter")

        assert isinstance(driver.app.screen, HelpScreen)


async def test_an_action_that_asks_gets_its_prompt(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "C-p")
        await driver.type("untag")
        await driver.press("Escape", "C-p")
        await driver.type("tag the")
        await driver.press("Enter")

        assert isinstance(driver.app.screen, LinePrompt)


async def test_the_list_is_walked_while_one_types(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("C-p")
        await driver.type("page")
        before = driver.app.screen.query_one("#palette-list").highlighted
        await driver.press("Down", "Down", "Up")

        assert driver.app.screen.query_one("#palette-list").highlighted == before + 1


async def test_letters_typed_at_once_after_its_key_reach_the_line(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.pilot.press("ctrl+p", "s", "t", "a", "r")
        await driver.settle()

        assert driver.app.screen.query_one("#palette-line").value == "star"


async def test_a_click_runs_an_action(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("C-p")
        await driver.type("show all keys")
        await driver.pilot.click("#palette-list", offset=(5, 0))
        await driver.settle()

        assert isinstance(driver.app.screen, HelpScreen)


async def test_words_that_fit_nothing_are_told_and_markup_is_text(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("C-p")
        await driver.type("[b]x[/nope]")

        assert "No action has these words." in driver.text()
        assert "[b]x[/nope]" in driver.text()
        await driver.press("Enter")
        assert isinstance(driver.app.screen, PaletteScreen)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("gg", "top"),
        ("Refresh", "refresh"),
        ("next unread", "next"),
        ("read", "toggle_read"),
        ("delete feed", "remove"),
        ("favourite", "star"),
        ("exit", "quit"),
    ],
)
def test_keys_and_whole_words_of_labels_come_first(typed: str, first: str) -> None:
    assert fitting_actions(typed, REGISTRY)[0] is BY_ID[first]


def test_a_word_of_a_label_comes_before_what_only_has_it_within() -> None:
    found = [action.id for action in fitting_actions("read", REGISTRY)]

    assert found[:3] == ["toggle_read", "read_on", "read_all"]


def test_further_words_are_of_actions_that_there_are() -> None:
    assert set(WORDS) <= set(BY_ID)


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [("theme", "theme in config.toml"), ("export", "newsreader export"), ("zzz", "Try fewer")],
)
async def test_what_is_no_action_is_told_where_it_is(
    stocked: Library, typed: str, remedy: str
) -> None:
    async with running(stocked) as driver:
        await driver.press("C-p")
        await driver.type(typed)

        assert remedy in driver.text()
