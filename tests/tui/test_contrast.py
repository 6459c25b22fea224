"""How well text is told from what it stands on, in the themes of our own (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.widget import Widget

from archive.models import Mark
from archive.query import parse
from reader.config import Settings
from reader.library import Library
from reader.tui.themes import THEMES
from reader.tui.widgets.side_list import SideList, SideRow
from tests.tui.driving import Driver, running
from tests.tui.hosts import WidgetHost, article, new_list, new_text, summary
from tests.tui.screen_text import styled_lines

LEAST = 4.5
LEAST_BAR = 1.4
"""Between a bar or a field and what it lies on; enough for the whole width of a pane."""
LINES = range(0x2500, 0x25A0)
"""Box drawing and blocks: rules and bars that say nothing by themselves."""

EVERY_BLOCK = "\n\n".join(
    (
        *(f"{'#' * level} Heading {level}" for level in range(1, 7)),
        "*a* **b** `c` ~~d~~ [e](https://f.g) and hit",
        "> quoted `code` and [link](https://h.i)",
        "- item",
        "```\n" + "code " * 30 + "\n```",
        '```python\ndef name(one):  # remark\n    return "text" or 12\n```',
        "|head|\n|-|\n|cell|",
        "![picture](u)",
    )
)


@pytest.fixture(autouse=True)
def _in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(params=[theme.name for theme in THEMES])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def contrast(one: Color, other: Color) -> float:
    """The ratio of two colours' luminances, as WCAG defines it."""
    darker, lighter = sorted(_luminance(color) for color in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def ground(segment: Segment) -> Color:
    assert segment.style is not None
    assert segment.style.bgcolor is not None
    return Color.from_rich_color(segment.style.bgcolor)


def hard_to_read(lines: Iterable[Iterable[Segment]]) -> set[tuple[str, float]]:
    """The words with less contrast than they must have, each with what it has."""
    found = set()
    for segment in (segment for line in lines for segment in line):
        words = "".join(letter for letter in segment.text if ord(letter) not in LINES).strip()
        if words and segment.style is not None:
            assert segment.style.color is not None
            written = Color.from_rich_color(segment.style.color)
            on = ground(segment)
            if segment.style.reverse:
                written, on = on, written
            if segment.style.dim:
                written = written.blend(on, 0.5)
            if (ratio := contrast(written, on)) < LEAST:
                found.add((words[:40], round(ratio, 2)))
    return found


def screen_of(driver: Driver, widget: Widget | None = None) -> Iterator[list[Segment]]:
    """What the terminal shows, or of it what lies in a widget's region."""
    region = (widget or driver.app.screen).region
    for strip in driver.app.screen._compositor.render_strips()[region.y : region.bottom]:
        yield list(strip.crop(region.x, region.right))


async def test_every_row_of_a_list_can_be_read_on_every_bar(theme: str) -> None:
    widget = new_list()
    rows = [
        summary(index, title="A hit", snippet="one hit", read=index % 2 == 0, starred=index < 2)
        for index in range(4)
    ]
    async with WidgetHost(widget, theme).run_test(size=(80, 12)) as pilot:
        widget.show_snippets = True
        widget.load(rows, 5, hits=parse("hit"))
        faults = set()
        for _ in range(2):
            for index in range(4):
                for act in (widget.focus, widget.blur):
                    widget.move_to(index)
                    act()
                    await pilot.pause()
                    faults |= hard_to_read(styled_lines(widget)[:8])
            widget.select_loaded()

        assert faults == set()


async def test_every_row_at_the_side_can_be_read_on_every_bar(theme: str) -> None:
    widget = SideList()
    looks = ("unread", "quiet", "folder", "error")
    async with WidgetHost(widget, theme).run_test(size=(40, 12)) as pilot:
        widget.load([SideRow(look, look, 12, "!", look=look) for look in looks])
        faults = set()
        for index in range(len(looks)):
            for act in (widget.focus, widget.blur):
                widget.move_to(index)
                act()
                await pilot.pause()
                faults |= hard_to_read(styled_lines(widget))

        assert faults == set()


async def test_every_style_of_a_text_can_be_read(theme: str) -> None:
    widget = new_text()
    async with WidgetHost(widget, theme).run_test(size=(80, 70)) as pilot:
        mark = Mark(starred=True, tags=("t",), note="n")
        shown = article(EVERY_BLOCK, notes=("note",))
        widget.show(shown, mark, outlet="Outlet", hits=parse("hit OR quoted"))
        widget.next_hit()
        widget.draw_letters(dict.fromkeys(list(widget.links_in_sight)[:1], "a"))
        await pilot.pause()

        assert hard_to_read(styled_lines(widget)) == set()


async def test_every_style_can_be_read_where_it_is_highlighted_told_or_chosen(theme: str) -> None:
    widget = new_text()
    async with WidgetHost(widget, theme).run_test(size=(80, 70)) as pilot:
        widget.show(article(EVERY_BLOCK), Mark(), outlet="Outlet", hits=parse("hit OR quoted"))
        faults = set()
        everything = (0, len(EVERY_BLOCK))
        for draw in (
            lambda: widget.highlight([everything]),
            lambda: widget.choose(everything),
            lambda: widget.choose(None),
            lambda: widget.dim([everything]),
        ):
            draw()
            await pilot.pause()
            faults |= hard_to_read(styled_lines(widget))

        assert faults == set()


async def test_bars_and_the_line_to_search_in_are_seen(theme: str, stocked: Library) -> None:
    async with running(stocked, (100, 40), Settings(theme=theme)) as driver:
        await driver.press("/")
        await driver.type("report")
        for key in ("Tab", "/"):
            await driver.press(key)
            widgets = driver.desk.widgets
            plain = Color.parse(driver.app.theme_variables["background"])
            seen = {
                name: contrast(plain, ground(next(iter(screen_of(driver, widget)))[0]))
                for name, widget in (
                    ("feeds", widgets.feeds),
                    ("line", widgets.search_line),
                    ("results", widgets.results),
                )
            }

            assert {name: ratio for name, ratio in seen.items() if ratio < LEAST_BAR} == {}


@pytest.mark.parametrize(
    ("keys", "part"),
    [
        ((), ""),
        (("Enter", "v", "j", "Enter"), ""),
        (("t",), ""),
        (("/",), ""),
        (("?",), "#help"),
        (("C-p",), ".page"),
        (("P",), ".page"),
        (("a",), "#prompt"),
        (("I",), "#prompt"),
        (("Enter", "+"), "#prompt"),
        (("n", "n", "d"), "#prompt"),
    ],
)
async def test_everything_on_the_screen_can_be_read(
    theme: str, stocked: Library, keys: tuple[str, ...], part: str
) -> None:
    async with running(stocked, (160, 48), Settings(theme=theme)) as driver:
        await driver.press(*keys)
        widget = driver.app.screen.query(part).first() if part else None

        assert hard_to_read(screen_of(driver, widget)) == set()
