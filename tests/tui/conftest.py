"""An archive with articles of three feeds, for tests that drive the app on a real library."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, Feed, MarkChange, Origin, Section
from reader.config import Settings
from reader.library import Library
from tests.tui.driving import PAUSES

FEEDS = (
    Feed("https://post.example.org/rss", title="The Harbour Post", folder="Coast"),
    Feed("https://valley.example.org/rss", title="Valley News", folder="Coast/Inland"),
    Feed("https://letters.example.org/rss", title="Plain Letters"),
)
SUBJECTS = ("ferry", "bridge", "orchard", "lighthouse", "market", "tramway", "library", "harvest")
ARTICLE_COUNT = 48


def text_of(subject: str, number: int) -> str:
    opening = f"What is new about the {subject} is told here, in report {number}, in a few words."
    middle = "\n\n".join(
        f"Paragraph {index} goes on about the {subject} and those who care for it, long enough to "
        "fill more than one line of a terminal."
        for index in range(12)
    )
    return f"{opening}\n\n## What is known\n\n{middle}\n\n## What is not\n\nThe rest of it."


def article(number: int) -> Article:
    """The article with that number; 0 is the newest, every third is read from the start."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    feed = FEEDS[number % len(FEEDS)]
    at = datetime.now(UTC) - timedelta(hours=number + 1)
    text = text_of(subject, number)
    return Article(
        url=f"{feed.feed_url.removesuffix('/rss')}/{subject}/{number}",
        title=f"Report {number} on the {subject}",
        text=text,
        archived_at=at,
        published_at=at,
        origins=(Origin(feed.feed_url, f"entry-{number}"),),
        feed_title=feed.title,
        author="Ada Lund",
        language="en",
        word_count=len(text.split()),
        sections=(
            Section(1, "What is known", 2, text.index("## What is known")),
            Section(2, "What is not", 2, text.index("## What is not")),
        ),
    )


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive to copy from."""
    folder = tmp_path_factory.mktemp("stock") / "archive"
    with Archive.open(folder) as archive:
        for feed in FEEDS:
            archive.add_feed(feed)
        saved = archive.save([article(number) for number in range(ARTICLE_COUNT)])
        read = [one.article_id for number, one in enumerate(saved) if number % 3 == 2]
        archive.mark(read, MarkChange(read=True))
        archive.tag([saved[0].article_id, saved[4].article_id], add=["coast", "boats"])
        archive.mark([saved[1].article_id], MarkChange(starred=True))
    return folder


@pytest.fixture
def archive_folder(stock: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "stocked"
    shutil.copytree(stock, folder)
    return folder


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in PAUSES.items():
        monkeypatch.setattr(name, seconds)


@pytest.fixture
def settings() -> Settings:
    return Settings(connections=4)


@pytest.fixture
def stocked(archive_folder: Path, settings: Settings) -> Iterator[Library]:
    """A library of 48 articles in three feeds, 32 of them unread."""
    with Library.open(archive_folder, settings) as library:
        yield library
