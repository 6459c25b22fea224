"""Stories in the app: who else tells what is being read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.archive import Archive
from archive.models import Article, Origin
from reader.library import Library
from reader.tui.control.telling import ALONE
from reader.tui.screens.pick import PickScreen
from tests.tui.conftest import FEEDS
from tests.tui.driving import running

TOLD = (
    (
        "Dam at Lake Orvel breaches after a week of rain",
        (
            "The Orvel dam in the Tarn valley breached on Wednesday and sent water through Lesk and"
            " Marwen. Engineer Ilka Brandt, who had warned of cracks in January, said the spillway"
            " gates were stuck. About 2,300 people were taken to schools in Tarn. Governor Piet"
            " Solheim promised an inquiry."
        ),
    ),
    (
        "2,300 flee as Orvel dam [gives] way",
        (
            "More than two thousand people left Lesk and Marwen as the dam at Lake Orvel gave way."
            " Ilka Brandt, an engineer who wrote a report on its cracks in January, told this paper"
            " that the gates of the spillway no longer moved. Governor Piet Solheim saw the Tarn"
            " valley at noon."
        ),
    ),
)


def told(number: int) -> Article:
    title, text = TOLD[number]
    feed = FEEDS[number]
    at = datetime.now(UTC) - timedelta(minutes=10 - number)
    return Article(
        url=f"{feed.feed_url.removesuffix('/rss')}/dam",
        title=title,
        text=text,
        archived_at=at,
        published_at=at,
        origins=(Origin(feed.feed_url, "dam"),),
        feed_title=feed.title,
        language="en",
        word_count=len(text.split()),
    )


def save(folder: Path, *articles: Article) -> None:
    with Archive.open(folder) as archive:
        archive.save(articles)


async def test_who_else_tells_it_is_listed_and_read(stocked: Library, archive_folder: Path) -> None:
    save(archive_folder, told(0), told(1))
    stocked.stories.group()
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "Enter")
        assert await driver.until(lambda: "no longer moved" in driver.text())
        await driver.press("gs")
        assert await driver.until(lambda: isinstance(driver.app.screen, PickScreen))
        assert "2 outlets tell this" in driver.text()
        assert "2,300 flee as Orvel dam [gives] way" in driver.text()
        await driver.press("k", "Enter")

        assert await driver.until(lambda: "promised an inquiry" in driver.text())
        assert stocked.count("orvel is:read") == 2


async def test_what_nobody_else_tells_says_so(stocked: Library, archive_folder: Path) -> None:
    save(archive_folder, told(0))
    stocked.stories.group()
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "Enter")
        assert await driver.until(lambda: "promised an inquiry" in driver.text())
        await driver.press("gs")

        assert await driver.until(lambda: ALONE in driver.text())
