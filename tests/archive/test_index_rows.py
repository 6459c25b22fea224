"""Where articles stand in lists when more of them claim one instant than there are rows for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from tests.archive.making import make_article

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CROWD = 4_500
"""More articles than a new index has rows for in a day."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with an article of a morning, then a crowd that all claim the noon before it."""
    folder = tmp_path_factory.mktemp("crowded")
    with Archive.open(folder, now=lambda: NOON + timedelta(days=2)) as archive:
        archive.save([make_article(0, published_at=NOON + timedelta(hours=20))])
        assert not archive.needs_rebuild
        archive.save([make_article(number, published_at=NOON) for number in range(1, CROWD + 1)])
    return folder


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.open(folder) as opened:
        yield opened


def test_what_stands_far_from_its_instant_is_found_by_date(archive: Archive) -> None:
    assert archive.count("before:2026-03-02") == CROWD
    assert archive.count("on:2026-03-01") == CROWD
    assert [row.title for row in archive.list("after:2026-03-02")] == ["Harvest report 0"]


def test_an_index_with_too_few_rows_is_built_with_more(archive: Archive) -> None:
    assert archive.needs_rebuild
    assert archive.list()[0].title != "Harvest report 0"

    archive.rebuild()

    assert not archive.needs_rebuild
    assert archive.list()[0].title == "Harvest report 0"
    assert archive.count("on:2026-03-01") == CROWD
    assert archive.verify() == []

    archive.rebuild()
    assert archive.list()[0].title == "Harvest report 0"


def test_a_writer_takes_the_rows_of_an_index_that_another_built_anew(
    folder: Path, archive: Archive
) -> None:
    with Archive.open(folder, now=lambda: NOON + timedelta(days=3)) as other:
        other.save([make_article(CROWD + 1, published_at=NOON + timedelta(hours=21))])
        archive.rebuild()
        other.save([make_article(CROWD + 2, published_at=NOON + timedelta(hours=22))])
        newest = [row.title for row in other.list(limit=2)]
    assert newest == [f"Harvest report {CROWD + 2}", f"Harvest report {CROWD + 1}"]


def test_a_crowded_index_that_opening_has_built_is_built_with_more_rows(folder: Path) -> None:
    for path in folder.glob("index.sqlite*"):
        path.unlink()
    with Archive.open(folder) as opened:
        assert opened.needs_rebuild
        opened.rebuild()
        assert not opened.needs_rebuild


def test_statistics_leave_out_what_only_stands_among_newer_articles(archive: Archive) -> None:
    four_weeks_later = NOON + timedelta(days=28, hours=1)

    (folder,) = archive.statistics(four_weeks_later).folders
    assert folder.article_count == archive.count("after:2026-03-02")
