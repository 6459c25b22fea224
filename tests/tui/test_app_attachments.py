"""Files, topics and comments of an article stand in its header, and their addresses are links."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive.archive import Archive
from archive.models import Enclosure
from reader.config import Settings
from reader.library import Library
from tests.tui.driving import running


async def test_the_header_has_them_and_links_lead_to_them(archive_folder: Path) -> None:
    with Archive.open(archive_folder) as archive:
        newest = archive.list(limit=1)[0]
        episode = replace(
            archive.get(newest.article_id),
            text="No link in here.",
            categories=("Canals", "[/b]"),
            enclosures=(Enclosure("https://b.example/7.mp3", "audio/mpeg", 31_415_926),),
            comments_url="https://b.example/7/talk",
            location="Lock 7 (52.4, 4.9)",
            claimed_at=datetime(2099, 1, 1, tzinfo=UTC),
        )
        archive.save([episode])
    with Library.open(archive_folder, Settings()) as library:
        async with running(library) as driver:
            await driver.press("Enter", "Enter")
            screen = driver.text()

            assert "Place: Lock 7 (52.4, 4.9)" in screen
            assert "Topics: Canals, [/b]" in screen
            assert "Sound: https://b.example/7.mp3" in screen
            assert "Comments: https://b.example/7/talk" in screen
            assert "claims 2099-01-01, not believed" in " ".join(screen.split())

            await driver.press(";")
            addresses = set(driver.desk.links._addresses.values())
            assert {"https://b.example/7.mp3", "https://b.example/7/talk"} <= addresses
