"""A feed goes on listing what the reader's rule removed: it does not come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import Archive, Article, MarkChange, Retention
from reader.config import Settings
from reader.library import Library
from tests.archive.making import Clock
from tests.servers import BRIDGE, FERRY, LIBRARY, NewsSite

START = datetime(2026, 5, 1, 12, tzinfo=UTC)
MONTH = timedelta(days=31)
NEWS = replace(LIBRARY, slug="news", title="The mill turns again after the flood")


@pytest.fixture
def reopened(tmp_path: Path) -> Callable[[Clock], Library]:
    def reopened(clock: Clock) -> Library:
        archive = Archive.open(tmp_path / "archive", now=clock)
        return Library(archive, Settings(connections=4), clock)

    return reopened


@pytest.mark.parametrize("index", ["kept", "lost"])
def test_a_removed_entry_does_not_come_back_even_changed(
    reopened: Callable[[Clock], Library], outlet: NewsSite, tmp_path: Path, index: str
) -> None:
    clock = Clock(START)
    with reopened(clock) as library:
        library.subscribe(outlet.rss_url)
        assert [one.new_count for one in library.refresh()] == [3]
        library.mark("", MarkChange(read=True))
        library.mark("title:beam", MarkChange(starred=True))
        clock.at += MONTH
        removal = library.care.plan_removal(Retention(30))
        assert library.care.remove(removal) == 2
    if index == "lost":
        (tmp_path / "archive/index.sqlite").unlink()
    retold = replace(FERRY, title="The night ferry sails, again", updated=START + timedelta(days=1))
    outlet.publish(retold, BRIDGE, LIBRARY, NEWS)
    clock.at += timedelta(hours=2)

    with reopened(clock) as library:
        (outcome,) = library.refresh()

        assert (outcome.new_count, outcome.changed_count, outcome.error) == (1, 0, "")
        assert sorted(each.title for each in library.list()) == sorted([BRIDGE.title, NEWS.title])
        (status,) = library.feeds()
        assert (status.article_count, status.unread_count) == (2, 1)
        assert library.verify() == []


@pytest.mark.parametrize("index", ["kept", "lost"])
def test_a_removed_entry_does_not_come_back_under_another_id(
    reopened: Callable[[Clock], Library], outlet: NewsSite, tmp_path: Path, index: str
) -> None:
    clock = Clock(START)
    with reopened(clock) as library:
        library.subscribe(outlet.rss_url)
        list(library.refresh())
        clock.at += MONTH
        assert library.care.remove(library.care.plan_removal(Retention(30, unread=True))) == 3
    if index == "lost":
        (tmp_path / "archive/index.sqlite").unlink()
    outlet.publish(NEWS)

    for run in range(2):
        rss = outlet.rss().replace("<description>", "<description>Edited. ")
        for slug in ("ferry", "bridge", "library"):
            rss = rss.replace(f'"false">{slug}<', f'"false">{slug}-{run}<')
        outlet.server.put("/rss.xml", rss, "application/rss+xml")
        with reopened(clock) as library:
            (outcome,) = library.refresh()

            assert outcome.new_count == (0 if run else 1)
            assert [each.title for each in library.list()] == [NEWS.title]


def test_a_page_saved_by_hand_comes_back(
    reopened: Callable[[Clock], Library], outlet: NewsSite
) -> None:
    clock = Clock(START)
    with reopened(clock) as library:
        library.subscribe(outlet.rss_url)
        list(library.refresh())
        clock.at += MONTH
        library.care.remove(library.care.plan_removal(Retention(30, unread=True)))
        assert library.list() == []

        (saved,) = library.save_pages([outlet.url_of(FERRY)])
        list(library.refresh())

        assert [each.article_id for each in library.list()] == [saved.article_id]


def test_a_copy_of_a_removed_article_can_be_read(tmp_path: Path) -> None:
    text = " ".join(f"Mast {number} of the line was mended in the night." for number in range(9))
    clock = Clock(START)
    archive = Archive.open(tmp_path / "archive", now=clock)
    with Library(archive, Settings(), clock) as library:
        archive.save([reprint("herald", text, clock.at)])
        clock.at += MONTH
        copies = [reprint(name, f"{text} By {name}.", clock.at) for name in ("mirror", "echo")]
        first, _ = archive.save(copies)
        library.stories.group()
        assert library.care.remove(library.care.plan_removal(Retention(30, unread=True))) == 1

        assert library.mark([first.article_id], MarkChange(read=True)) == 2
        assert library.count("is:unread") == 0


def reprint(outlet: str, text: str, at: datetime) -> Article:
    """A text as an outlet has it, all published at once."""
    url = f"https://{outlet}.example/masts"
    return Article(url=url, title="Masts", text=text, archived_at=at, published_at=START)
