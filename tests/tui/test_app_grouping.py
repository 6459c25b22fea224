"""Stories of what came by the hundred: grouped in the background, with its progress told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article
from reader.library import Library
from tests.tui.driving import Driver, running
from tests.tui.test_app_stories import told

COUNT = 260
"""Articles beside the story: more than are grouped along with other work."""


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses for a person's sake, shorter; long enough between handfuls to see them."""
    monkeypatch.setattr("reader.tui.control.grouping.FIRST_LOOK", 0.01)
    monkeypatch.setattr("reader.tui.control.grouping.QUIET", 0.01)
    monkeypatch.setattr("reader.tui.control.grouping.PAUSE", 0.1)


def others() -> list[Article]:
    one = told(0)
    return [
        replace(
            one,
            url=f"https://gauge.example/{number}",
            title=f"Gauge {number}",
            text=f"Level {number} at noon.",
            published_at=one.published_at and one.published_at - timedelta(days=number),
            origins=(),
        )
        for number in range(1, COUNT)
    ]


def names_one_story(library: Library) -> bool:
    one, other = library.list("orvel")
    return one.story_id is not None and one.story_id == other.story_id


async def grouped(driver: Driver) -> bool:
    assert await driver.until(lambda: "Grouping stories, " in driver.text())
    return await driver.until(lambda: "Grouping stories, " not in driver.text())


async def test_what_waits_is_grouped_when_the_app_starts(
    stocked: Library, archive_folder: Path
) -> None:
    with Archive.open(archive_folder) as archive:
        archive.save([told(0), told(1), *others()])
    assert not names_one_story(stocked)
    async with running(stocked, (120, 40)) as driver:
        assert await grouped(driver)
        assert await driver.until(lambda: "×2 ●2" in driver.text())

        assert names_one_story(stocked)


async def test_what_is_imported_in_the_app_is_grouped_then(
    stocked: Library, tmp_path: Path
) -> None:
    stocked.stories.group()
    lines = [
        {
            "url": each.url,
            "title": each.title,
            "text": each.text,
            "outlet": f"Outlet {each.url}",
            "published_at": f"{each.published_at:%Y-%m-%dT%H:%M:%SZ}",
        }
        for each in (told(0), told(1), *others())
    ]
    file = tmp_path / "lines.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    async with running(stocked, (120, 40)) as driver:
        await driver.press("I")
        await driver.type(str(file))
        await driver.press("Enter")
        assert await grouped(driver)

        assert names_one_story(stocked)
