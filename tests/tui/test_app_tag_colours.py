"""Colours of tags: set in their pane, seen there, in lists and above the text, in every theme."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from archive.models import Mark
from archive.tag_colours import COLOURS, TagColour, TagColours
from reader.config import Settings
from reader.library import Library
from reader.tui.themes import THEMES
from tests.tui.driving import Driver, running
from tests.tui.hosts import WidgetHost, article, new_list, new_text, summary
from tests.tui.screen_text import styled_lines
from tests.tui.test_contrast import LEAST, contrast, hard_to_read

ALL = TagColours(TagColour(colour, colour) for colour in COLOURS)
THEME_NAMES = [*(theme.name for theme in THEMES), *BUILTIN_THEMES]


@pytest.fixture(autouse=True)
def _in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


def painted(driver: Driver, words: str) -> set[str]:
    """The colours of the segments of the screen that are these words."""
    strips = driver.app.screen._compositor.render_strips()
    return {
        segment.style.color.name
        for strip in strips
        for segment in strip
        if segment.text.strip("\xa0 ") == words and segment.style and segment.style.color
    }


async def test_a_tag_is_coloured_in_its_pane_and_drawn_so_everywhere(stocked: Library) -> None:
    (first,) = stocked.list(limit=1)
    stocked.tag([first.article_id], add=["ai/chips", "plain"])
    async with running(stocked, (160, 40)) as driver:
        await driver.press("t")
        assert await driver.until(lambda: "# chips" in driver.text())
        tags = driver.desk.widgets.tags
        tags.move_to(tags.index_of("ai"))
        await driver.press("E")
        assert await driver.until(lambda: "Colour of the tag ai" in driver.text())
        await driver.type("mauve")
        await driver.press("Enter")
        assert await driver.until(lambda: "mauve: is no colour of tags." in driver.text())
        await driver.erase(len("mauve"))
        await driver.type("pu")
        await driver.press("Tab", "Enter")
        assert await driver.until(lambda: stocked.tagging.colours().of("ai/chips") == "purple")
        assert await driver.until(lambda: bool(painted(driver, "# chips")))
        assert "The tag ai is purple." in driver.notices()
        await driver.press("j", "Enter", "Enter")
        assert await driver.until(lambda: bool(painted(driver, "ai/chips")))

        chip, pane, row = (painted(driver, words) for words in ("ai/chips", "# chips", "#"))
        assert "" not in chip | pane | row
        assert painted(driver, "plain") not in (chip, pane)
        assert row  # one sign, of the tag that has a colour
        assert driver.text().count(" #  ") == 1

        await driver.press("u", "u")
        assert await driver.until(lambda: stocked.tagging.colours() == TagColours())
        assert await driver.until(lambda: not painted(driver, "#"))


@pytest.mark.parametrize("theme", THEME_NAMES)
async def test_every_colour_can_be_read_in_every_theme_and_on_every_bar(theme: str) -> None:
    widget = new_list()
    rows = [summary(index, tags=(colour,)) for index, colour in enumerate(COLOURS)]
    async with WidgetHost(widget, theme).run_test(size=(60, 12)) as pilot:
        widget.tag_colours = ALL
        widget.load(rows, len(rows))
        seen = []
        for act in (widget.focus, widget.blur, widget.select_loaded):
            for index in range(len(rows)):
                widget.move_to(index)
                act()
                await pilot.pause()
                seen += [each for line in styled_lines(widget) for each in line if each.text == "#"]

        assert len(seen) >= len(COLOURS)
        assert {each for each in map(_of, seen) if each and each < LEAST} == set()


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_every_colour_can_be_read_above_a_text(theme: str) -> None:
    widget = new_text()
    async with WidgetHost(widget, theme).run_test(size=(80, 12)) as pilot:
        widget.tag_colours = ALL
        widget.show(article("Words."), Mark(tags=COLOURS), outlet="Outlet")
        await pilot.pause()
        lines = styled_lines(widget)
        painted = {
            each.style.color
            for line in lines
            for each in line
            if each.style and each.text.strip("\xa0") in COLOURS
        }

        assert len(painted) == len(COLOURS)
        assert hard_to_read(lines) == set()


def _of(sign: Segment) -> float | None:
    """The contrast of a sign; None where both colours are the terminal's own affair."""
    assert sign.style is not None
    assert sign.style.color is not None
    ground = sign.style.bgcolor
    if ground is None or ground.triplet is None:
        return None
    return contrast(Color.from_rich_color(sign.style.color), Color.from_rich_color(ground))


async def test_without_colour_tags_are_told_by_their_signs(
    stocked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    (first,) = stocked.list(limit=1)
    stocked.tag([first.article_id], add=["ai"])
    stocked.tagging.colour("ai", "red")
    async with running(stocked, (160, 40), Settings(ascii=True)) as driver:
        await driver.press("Enter", "Enter")
        assert await driver.until(lambda: " #  " in driver.text())

        colours = {
            segment.style.color
            for strip in driver.app.screen._compositor.render_strips()
            for segment in strip
            if segment.text.strip() in {"#", "ai"} and segment.style
        }
        assert {each.name for each in colours if each} <= {"default"}
