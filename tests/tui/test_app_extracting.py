"""The outline of a text, and its text taken out of the page again: shown before it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Dropped
from archive.revisions import revise
from reader.config import Settings
from reader.library import Library
from reader.pipeline.split import split
from reader.replacing import NOT_KEPT
from reader.tui.control.outline import NO_SECTIONS
from reader.tui.screens.pick import PickScreen
from reader.tui.screens.prompts import Confirm
from tests.servers import FERRY, NewsSite
from tests.tui.driving import Driver, running

TEXT = "\n\n".join(
    f"## Part {name} [/b]\n\n" + "\n\n".join(f"{name} line {n}." for n in range(40))
    for name in ("one", "two", "three")
)


@pytest.fixture
def kept(archive_folder: Path, settings: Settings, outlet: NewsSite) -> Iterator[Library]:
    """A library whose newest article has three sections, a dropped line and a raw page."""
    with Archive.open(archive_folder) as archive:
        newest = archive.get(archive.list(limit=1)[0].article_id)
        headers = {"content-type": "text/html; charset=utf-8"}
        page = outlet.page(FERRY).encode()
        ref = archive.pages.append("https://a.example/", 200, headers, page, newest.archived_at)
        dropped = (Dropped("Wind and tide", "repeated by the outlet", len(TEXT)),)
        changed = replace(newest, page=ref, text=TEXT, sections=split(TEXT), removed=dropped)
        archive.save([changed])
    with Library.open(archive_folder, settings) as library:
        yield library


async def picking(driver: Driver, key: str) -> bool:
    await driver.press(key)
    return await driver.until(lambda: isinstance(driver.app.screen, PickScreen))


async def test_the_outline_goes_to_a_section(kept: Library) -> None:
    async with running(kept) as driver:
        await driver.press("Enter", "Enter")
        assert await picking(driver, "gO")
        assert "3 sections" in driver.text()
        assert "Part two [/b]" in driver.text()
        await driver.press("j", "Enter")
        assert "two line 0." in driver.text()
        assert "one line 39." not in driver.text()
        assert await picking(driver, "gO")
        await driver.press("q", "]s")

        assert "three line 0." in driver.text()


async def test_a_text_without_sections_says_so(stocked: Library, archive_folder: Path) -> None:
    with Archive.open(archive_folder) as archive:
        newest = archive.get(archive.list(limit=1)[0].article_id)
        archive.save([replace(newest, text="One piece.", sections=())])
    async with running(stocked) as driver:
        await driver.press("Enter", "Enter", "gO")

        assert await driver.until(lambda: NO_SECTIONS in driver.notices())


async def test_another_text_is_shown_before_it_replaces(kept: Library) -> None:
    article_id = kept.list(limit=1)[0].article_id
    async with running(kept, size=(100, 30)) as driver:
        await driver.press("Enter", "Enter")
        assert await picking(driver, "x")
        await driver.press("Enter")
        assert await driver.until(lambda: isinstance(driver.app.screen, Confirm))
        await driver.settle()
        assert "Replace the text by this one?" in driver.text()
        assert "After eleven years" in driver.text()
        await driver.press("n")
        assert kept.get(article_id).text == TEXT

        assert await picking(driver, "x")
        await driver.press("Enter")
        assert await driver.until(lambda: isinstance(driver.app.screen, Confirm))
        await driver.press("y")
        assert await driver.until(lambda: kept.get(article_id).text != TEXT)
        assert kept.get(article_id).revisions[-1].text == TEXT
        assert await driver.until(lambda: "After eleven years" in driver.text())


async def test_a_dropped_line_comes_back(kept: Library) -> None:
    article_id = kept.list(limit=1)[0].article_id
    async with running(kept, size=(100, 30)) as driver:
        await driver.press("Enter", "Enter")
        assert await picking(driver, "x")
        assert "Put back: Wind and tide (repeated by the outlet)" in driver.text()
        await driver.press("G", "Enter")

        assert await driver.until(lambda: kept.get(article_id).text.endswith("Wind and tide"))
        assert kept.get(article_id).removed == ()


async def test_without_a_page_there_is_nothing_to_extract(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "x")

        assert await driver.until(lambda: NOT_KEPT in driver.notices())


async def test_changes_are_shown_with_their_figures(kept: Library, archive_folder: Path) -> None:
    article_id = kept.list(limit=1)[0].article_id
    with Archive.open(archive_folder) as archive:
        for hours, figure in enumerate(("600 million", "1 billion"), 1):
            known = archive.get(article_id)
            at = known.archived_at + timedelta(hours=hours)
            archive.save([revise(known, known.title, f"Over {figure} [/b] boats.", at)])
    async with running(kept, size=(100, 30)) as driver:
        await driver.press("Enter", "Enter", "gr")
        assert await driver.until(lambda: "What changed" in driver.text())
        await driver.settle()
        assert "600 million → 1 billion" in driver.text()
        assert "[/b] boats." in driver.text()
        await driver.press("q")

        assert driver.desk.screen.is_current
