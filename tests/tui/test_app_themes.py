"""Themes of the reader's own, from their files to the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.terminal_theme import TerminalTheme
from textual.theme import Theme

from reader.config import Settings, load_settings
from reader.library import Library
from reader.settings_watch import SettingsWatch
from reader.tui.app import NewsreaderApp
from reader.tui.few_colours import OF_16
from reader.tui.keymap import keymap_of
from reader.tui.themes import DARK, LIGHT
from reader.tui.user_themes import load_themes
from tests.tui.driving import running
from tests.tui.screen_text import style_of
from tests.tui.test_app_own_keys import write_later

STANDARD = TerminalTheme((0, 0, 0), (0, 0, 0), [STANDARD_PALETTE[number] for number in range(16)])
"""A terminal that draws the colours as Rich reckons with them."""
DUSK = 'background = "#1b1a24"\n\n[variables]\ncursor-bar = "#3d3350"\n'


def test_a_theme_is_some_colours_over_one_of_ours(tmp_path: Path) -> None:
    (tmp_path / "dusk.toml").write_text(DUSK)
    (tmp_path / "noon.toml").write_text("dark = false\n")

    (dusk, noon), problems = load_themes(tmp_path)

    assert problems == []
    assert (dusk.name, dusk.background, dusk.accent) == ("dusk", "#1b1a24", DARK.accent)
    assert dusk.variables == {**DARK.variables, "cursor-bar": "#3d3350"}
    assert (noon.name, noon.dark, noon.background) == ("noon", False, LIGHT.background)


@pytest.mark.parametrize("theme", OF_16, ids=lambda theme: theme.name)
def test_a_terminal_of_16_colours_has_each_colour_of_our_themes_as_it_is(theme: Theme) -> None:
    named = {key: value for key, value in vars(theme).items() if str(value).startswith("#")}
    for name, value in {**named, **theme.variables}.items():
        stated = RichColor.parse(value)
        drawn = stated.downgrade(ColorSystem.STANDARD).get_truecolor(STANDARD)
        assert drawn == stated.triplet, name


async def test_the_bar_of_the_focus_is_told_from_the_other_in_16_colours(
    stocked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with running(stocked, few_colours=True) as driver:
        await driver.press("Enter")
        bars = [
            style_of(widget, words).style.bgcolor.downgrade(ColorSystem.STANDARD).number
            for widget, words in (
                (driver.desk.widgets.articles, "Report 0"),
                (driver.desk.widgets.articles, "Report 1"),
                (driver.desk.widgets.feeds, "Unread"),
            )
        ]

        assert len(set(bars)) == 3


def test_no_folder_is_no_fault(tmp_path: Path) -> None:
    assert load_themes(tmp_path / "none") == ([], [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'acent = "red"', "line 1: there is no colour 'acent'. Did you mean accent?"),
        (b'\naccent = "redish"', "line 2: accent is no colour: 'redish'."),
        (b"accent = 3", "line 1: accent is no colour: 3."),
        (b"dark = 1", "line 1: dark is true or false, not 1."),
        (b"[variables]\nstr = 'red'", "line 2: there is no colour 'str'. Did you mean star?"),
        (b"variables = 3", "line 1: variables is a table."),
        (b"accent = ", "is not TOML"),
        (b"\xff", "is not TOML"),
    ],
)
def test_a_theme_that_is_wrong_is_said_and_the_others_are_there(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "bad.toml").write_bytes(content)
    (tmp_path / "good.toml").write_text(DUSK)

    themes, problems = load_themes(tmp_path)

    assert [theme.name for theme in themes] == ["good"]
    assert f"{tmp_path / 'bad.toml'}" in problems[0]
    assert said in problems[0]


async def test_an_own_theme_is_worn_and_its_changes_show_at_once(
    stocked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, dusk = tmp_path / "config.toml", tmp_path / "themes" / "dusk.toml"
    dusk.parent.mkdir()
    config.write_text('theme = "dusk"\n')
    dusk.write_text(DUSK)
    monkeypatch.setattr("reader.tui.screens.main.WATCH_EVERY", 0.05)
    watch = SettingsWatch(config, keymap_of)
    themes, _ = load_themes(watch.themes_folder)

    async with running(
        stocked, settings=load_settings(config), watch=watch, themes=themes
    ) as driver:
        assert background(driver.app) == "#1B1A24"

        write_later(dusk, DUSK.replace("1b1a24", "24201a"))
        assert await driver.until(lambda: background(driver.app) == "#24201A")

        write_later(dusk, "backgrund = 'red'\n")
        assert await driver.until(lambda: any("background?" in say for say in driver.notices()))


def background(app: NewsreaderApp) -> str:
    return app.screen.styles.background.hex


async def test_without_a_theme_of_that_name_the_nearest_is_named(stocked: Library) -> None:
    async with running(stocked, settings=Settings(theme="newsreader-lite")) as driver:
        assert driver.notices() == [
            "There is no theme 'newsreader-lite'. Did you mean newsreader-light?"
        ]
