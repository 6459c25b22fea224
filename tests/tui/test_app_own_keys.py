"""Keys of one's own: presets, the keymap of the settings, counts, the command line, and help."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.widgets import Input

from reader.config import Settings, load_settings, parse_settings
from reader.errors import ConfigError
from reader.library import Library
from reader.settings_watch import SettingsWatch
from reader.tui.actions import BY_ID, PANES
from reader.tui.habits import HabitsFile
from reader.tui.keymap import Keymap, keymap_of, layered
from reader.tui.keys import presses_of
from reader.tui.presets import NARROWED, PRESETS
from tests.tui.driving import Driver, running


def settings_with(keys: str, before: str = "") -> Settings:
    return parse_settings(f"{before}[keys]\n{keys}\n".encode(), "config.toml")


def refused(keys: str) -> str:
    with pytest.raises(ConfigError) as caught:
        keymap_of(settings_with(keys))
    return str(caught.value)


def mark_of_first(driver: Driver) -> tuple[bool, bool]:
    newest = driver.library.list(limit=1)[0]
    return newest.read, newest.starred


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_gives_no_two_actions_one_key_and_forgets_none(preset: str) -> None:
    keymap = keymap_of(settings_with(f'preset = "{preset}"'))

    assert set(PRESETS[preset]) <= set(BY_ID)
    assert [action.id for action in keymap.actions if not action.keys] == []


PRESET_KEYS = [
    (preset, name, key)
    for preset, chosen in PRESETS.items()
    for name, keys in chosen.items()
    for key in keys
]


@pytest.mark.parametrize(("preset", "name", "key"), PRESET_KEYS)
def test_each_key_of_a_preset_means_its_action_in_all_its_panes(
    preset: str, name: str, key: str
) -> None:
    keymap = keymap_of(settings_with(f'preset = "{preset}"'))

    panes = dict(NARROWED.get(preset, {}).get(name, ())).get(key, BY_ID[name].panes)
    meant = {pane: keymap.bindings[pane][presses_of(key)].id for pane in panes}

    assert set(meant.values()) == {name}


@pytest.mark.parametrize(
    ("preset", "keys", "starred"),
    [("newsboat", ("C-b",), True), ("mutt", ("F",), True), ("elfeed", ("n", "p", "r"), False)],
)
async def test_a_preset_is_what_the_keys_of_the_app_do(
    stocked: Library, preset: str, keys: tuple[str, ...], starred: bool
) -> None:
    async with running(stocked, settings=settings_with(f'preset = "{preset}"')) as driver:
        await driver.press("Enter", *keys)

        assert mark_of_first(driver) == (not starred, starred)


async def test_own_keys_act_and_are_said_in_footer_and_help(stocked: Library) -> None:
    settings = settings_with('star = ["B", "C-x s"]\nhide = []')
    async with running(stocked, (100, 40), settings=settings) as driver:
        await driver.press("Enter", "m")
        assert mark_of_first(driver) == (False, False)
        await driver.press("C-x s")
        assert mark_of_first(driver) == (False, True)
        assert "B Star" in driver.lines()[-1]

        await driver.press("?", "/")
        await driver.type("hide the")

        assert ":hide" in driver.text()


def test_the_readers_keys_lie_over_the_presets() -> None:
    keys = settings_with('preset = "mutt"\nstar = "b"').keys

    assert layered(keys)["star"] == ("b",)
    assert layered(keys)["filter"] == ("l",)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (
            '# mine\nstar = "n"',
            (
                "config.toml, line 3: keys.star is 'n', which next has in the pane articles. "
                "Give next another key, or [] for none."
            ),
        ),
        (
            'star = "g"',
            (
                "config.toml, line 2: keys.star is 'g', which meets 'gg' of top in the pane "
                "articles. Give top another key, or [] for none."
            ),
        ),
        (
            'star = "b"\nbrowse = [\n  "b"\n]',
            (
                "config.toml, line 2: keys.star is 'b', which browse has (line 3) in the pane "
                "articles. Give browse another key, or [] for none."
            ),
        ),
        ('sar = "b"', "config.toml, line 2: there is no action 'sar'. Did you mean star?"),
        (
            'preset = "newsbot"',
            "config.toml, line 2: there is no preset 'newsbot'. Did you mean newsboat?",
        ),
        ('star = "Entr"', "config.toml, line 2: keys.star is 'Entr'. Did you mean Enter?"),
        ('star = "ENTER"', "config.toml, line 2: keys.star is 'ENTER'. Did you mean Enter?"),
        (
            'star = "C-i"',
            "config.toml, line 2: keys.star is 'C-i'. A terminal sends Tab for it: write Tab.",
        ),
        (
            'star = "C-xs"',
            "config.toml, line 2: keys.star is 'C-xs'. After C- comes one small letter or a digit.",
        ),
        (
            'star = "5"',
            (
                "config.toml, line 2: keys.star is '5'. Digits are counts, as in 5j; choose "
                "another key."
            ),
        ),
        (
            'star = ""',
            "config.toml, line 2: keys.star is ''. Name a key, or write [] for none.",
        ),
    ],
)
def test_keys_that_cannot_be_are_refused_with_file_line_and_remedy(keys: str, said: str) -> None:
    assert refused(keys) == said


@pytest.mark.parametrize("value", ["3", "[3]", "true"])
def test_a_key_is_a_text_or_a_list_of_them(value: str) -> None:
    with pytest.raises(ConfigError, match=r"line 2: keys\.star is a key or a list of keys"):
        settings_with(f"star = {value}")


async def test_a_count_goes_before_a_key_that_moves(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "5", "j")
        assert driver.desk.active_list.cursor == 5
        await driver.press("1", "0")
        assert "10 times" in driver.lines()[-1]
        assert "j Down" in driver.lines()[-1]
        await driver.press("k")
        assert driver.desk.active_list.cursor == 0
        await driver.press("1", "2", "G")
        assert driver.desk.active_list.cursor == 11
        await driver.press("3", "gg")
        assert driver.desk.active_list.cursor == 2


async def test_a_count_is_dropped_by_escape_and_by_keys_that_take_none(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "4", "m", "j")
        assert driver.desk.active_list.cursor == 1
        await driver.press("4", "v", "j")

        assert driver.desk.active_list.cursor == 3


async def test_the_command_line_runs_actions_by_name_and_beginning(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", ":")
        await driver.type("star")
        await driver.press("Enter")
        assert mark_of_first(driver) == (False, True)

        await driver.press(":")
        await driver.type("toggle")
        await driver.press("Enter")
        assert mark_of_first(driver) == (True, True)

        await driver.press(":", "Up", "Up")
        assert driver.app.screen.query_one(Input).value == "star"
        await driver.press("Enter")
        assert mark_of_first(driver) == (True, False)


async def test_the_command_line_takes_words_for_searches_and_filters(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press(":")
        await driver.type("search orchard")
        await driver.press("Enter")
        assert driver.desk.panes.current == "search"
        assert await driver.until(lambda: driver.desk.finding.total == 6)

        await driver.press("Escape", ":")
        await driver.type("filter ferry")
        await driver.press("Enter")

        assert driver.desk.active_list.total == 4


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("strar", "There is no action 'strar'. Did you mean star?"),
        ("previous", None),
        (
            "pre",
            (
                "pre may be previous_pane, previous, previous_article, previous_section, "
                "previous_highlight."
            ),
        ),
        ("star now", "star takes no words after it."),
        ("sort", "sort does nothing in the pane articles, but in search."),
    ],
)
async def test_what_the_command_line_cannot_run_is_said_in_it(
    stocked: Library, line: str, said: str | None
) -> None:
    async with running(stocked, (110, 24)) as driver:
        await driver.press("Enter", ":")
        await driver.type(line)
        await driver.press("Enter")

        if said is None:
            assert driver.app.screen is driver.app.main
        else:
            assert said in driver.text()


async def test_the_help_finds_keys_by_words_and_keys(stocked: Library) -> None:
    async with running(stocked, (100, 30)) as driver:
        await driver.press("?", "/")
        await driver.type("browser")
        assert "Open the article in a browser." in driver.text()
        assert "Go one line down." not in driver.text()

        await driver.press("Escape")
        assert "Go one line down." in driver.text()
        await driver.press("q")
        assert driver.app.screen is driver.app.main


async def test_changed_settings_show_at_once_and_mistakes_leave_them(
    stocked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = "newsreader-dark"\n')
    monkeypatch.setattr("reader.tui.screens.main.WATCH_EVERY", 0.05)
    watch = SettingsWatch(file, keymap_of)

    async with running(stocked, settings=load_settings(file), watch=watch) as driver:
        write_later(file, 'theme = "newsreader-light"\n[keys]\nstar = "b"\n')
        assert await driver.until(lambda: driver.app.theme == "newsreader-light")
        await driver.press("Enter", "b")
        assert mark_of_first(driver) == (False, True)

        write_later(file, '[keys]\nstar = "n"\n')
        assert await driver.until(lambda: any("line 2" in said for said in driver.notices()))
        await driver.press("b")
        assert mark_of_first(driver) == (False, False)


def write_later(file: Path, text: str) -> None:
    """Put a file in the place of another, whose time of change differs however coarse the clock."""
    later = file.stat().st_mtime_ns + 1_000_000_000
    fresh = file.with_name(".fresh")
    fresh.write_text(text)
    os.utime(fresh, ns=(later, later))
    fresh.replace(file)


def test_without_settings_the_keys_are_those_of_the_registry() -> None:
    assert keymap_of(Settings()).bindings == Keymap().bindings
    assert set(Keymap().bindings) == set(PANES)


async def test_a_hint_that_stands_takes_the_new_keys(
    stocked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.screens.main.WATCH_EVERY", 0.05)
    file = tmp_path / "config.toml"
    file.write_text("")
    watch, habits = SettingsWatch(file, keymap_of), HabitsFile(tmp_path / "hints.json")
    async with running(stocked, habits=habits, watch=watch) as driver:
        assert await driver.until(lambda: "Hint: Enter goes to the articles" in driver.text())
        file.write_text('[keys]\nopen = ["F5", "Enter"]\n')

        assert await driver.until(lambda: "Hint: F5 goes to the articles" in driver.text())
