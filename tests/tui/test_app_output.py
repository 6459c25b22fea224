"""Terminals that show less: ASCII marks, text in another charset, and no colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment

from archive.archive import Archive
from reader.config import Settings
from reader.library import Library
from reader.locales import shows_unicode
from reader.tui.output import ascii_of
from tests.tui.conftest import FEEDS, article
from tests.tui.driving import Driver, running

TITLE = "Café 新闻 “naïve” Żółć"


@pytest.fixture
def titled(archive_folder: Path, settings: Settings) -> Iterator[Library]:
    """A library whose newest article has a title in several scripts."""
    with Archive.open(archive_folder) as archive:
        newest = archive.get(archive.list(limit=1)[0].article_id)
        archive.save([replace(newest, title=TITLE)])
    with Library.open(archive_folder, settings) as library:
        yield library


def segments(driver: Driver) -> list[Segment]:
    return [part for strip in driver.app.screen._compositor.render_strips() for part in strip]


def styled(driver: Driver, text: str) -> Segment:
    return next(part for part in segments(driver) if text in part.text)


async def test_the_setting_draws_marks_in_ascii_and_leaves_text_alone(titled: Library) -> None:
    async with running(titled, (130, 30), Settings(ascii=True)) as driver:
        await driver.press("Enter", "m", "v", "k")
        screen = driver.text()

        assert "新闻" in screen
        assert not set(screen) & set("●★▌▾…│▕─━≡·")
        assert "- Coast" in screen
        first = next(line for line in driver.lines() if "新闻" in line)
        assert "> o" in first.replace(">o", "> o")
        assert " * " in first


async def test_where_the_locale_is_not_utf_8_every_sign_is_ascii(
    titled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.ISO-8859-1")
    async with running(titled, (130, 30)) as driver:
        for keys in (("Enter",), ("Enter",), ("U",), ("Escape", "?"), ("Escape", "C-p")):
            await driver.press(*keys)

            assert driver.text().isascii(), keys
        await driver.press("Escape")
        assert "Cafe ???? " in driver.text()


def test_quotes_and_dashes_are_those_of_a_typewriter() -> None:
    text = "What’s “new” – the GLM‑5.1 — in 2024‒25, ‘really’ «so»"

    assert ascii_of(text) == """What's "new" - the GLM-5.1 - in 2024-25, 'really' "so\""""


async def test_a_title_with_typographic_signs_is_read_in_ascii(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    title = "What’s “new” – GLM‑5.1 • more…"
    library._archive.add_feed(FEEDS[0])
    library._archive.save([replace(article(0), title=title)])
    async with running(library, (130, 30)) as driver:
        assert """What's "new" - GLM-5.1 * more~""" in driver.text()


@pytest.mark.parametrize("text", [TITLE, "…●★", "①½ﬁ", "👩‍👩‍👧‍👦", "한국어"])
def test_a_line_keeps_its_cells_in_ascii(text: str) -> None:
    assert ascii_of(text).isascii()
    assert len(ascii_of(text)) >= cell_len(text)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, True),
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "en_GB.utf8"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "de_DE.ISO-8859-1", "LC_ALL": ""}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
    ],
)
def test_the_locale_says_what_the_terminal_shows(environ: dict[str, str], expected: bool) -> None:
    assert shows_unicode(environ) is expected


async def test_without_colour_every_state_has_a_weight_or_a_sign(
    titled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(titled, (130, 30)) as driver:
        await driver.press("Enter")
        colours = {
            colour.name
            for part in segments(driver)
            if part.style
            for colour in (part.style.color, part.style.bgcolor)
            if colour is not None
        }
        assert colours <= {"default"}
        assert styled(driver, "Café").style.reverse
        assert not styled(driver, "Report 1 ").style.reverse
        assert styled(driver, "Report 1 ").style.bold
        assert styled(driver, " Starred").style.reverse is not True
        assert (
            styled(driver, "Unread  ").style.underline or styled(driver, "● Unread").style.underline
        )
        titles = driver.desk.widgets.titles
        assert titles["articles"].rich_style.reverse
        assert not titles["feeds"].rich_style.reverse
