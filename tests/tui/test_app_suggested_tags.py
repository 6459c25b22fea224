"""Suggested tags in the prompt for tags: first to be completed, with why; taken by the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from archive.archive import Archive
from reader.config import Settings
from reader.library import Library
from tests.archive.making import clock, make_article
from tests.archive.subjects import fill_with_subjects, text_about
from tests.tui.driving import running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Archive.open(tmp_path / "archive", now=clock) as archive:
        fill_with_subjects(archive)
        archive.save([make_article(1000, text=text_about("ai/models", Random(1)))])
    with Library.open(tmp_path / "archive", Settings()) as opened:
        yield opened


async def test_a_suggested_tag_is_completed_first_and_says_why(library: Library) -> None:
    (newest,) = library.list(limit=1)
    (found,) = library.tagging.suggest(newest.article_id)
    async with running(library, (100, 30)) as driver:
        await driver.press("Enter", "+")
        why = f"ai/models  because: {', '.join(found.because)}"
        assert await driver.until(lambda: why in driver.text())
        assert library.mark_of(newest.article_id).tags == ()
        await driver.press("Tab", "Enter")

        assert await driver.until(lambda: library.mark_of(newest.article_id).tags == ("ai/models",))
        await driver.press("+")
        assert await driver.until(lambda: "Tags, parted by commas." in driver.text())
        assert "because" not in driver.text()


async def test_of_several_articles_nothing_is_suggested(library: Library) -> None:
    async with running(library, (100, 30)) as driver:
        await driver.press("Enter", "v", "v", "+")
        assert await driver.until(lambda: "2 selected articles" in driver.text())

        assert "because" not in driver.text()
