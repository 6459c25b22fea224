"""Opening an archive of many files: what it looks at, and what the look at every file adds."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archive import Archive, MarkChange
from tests.archive.making import START, make_article, output_of

DAYS = 300
OLDEST = "volumes/2026/2026-01-26.json"
SETTLED = 1.5
"""Seconds after which a folder's mtime counts as settled."""


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a volume for each of the last 300 days, as a later opening noted it."""
    folder = tmp_path_factory.mktemp("many") / "news"
    for day in range(DAYS):
        at = START - timedelta(days=DAYS - day)
        with Archive.open(folder, now=lambda at=at: at) as archive:  # type: ignore[misc]
            archive.save([make_article(day + 1, archived_at=at)])
    return folder


@pytest.fixture
def folder(years: Path, tmp_path: Path) -> Path:
    """A copy of it, noted by an opening; its files have lain there for a while."""
    copy = tmp_path / "news"
    shutil.copytree(years, copy)
    age(copy)
    Archive.open(copy, now=now).close()
    return copy


def now() -> datetime:
    return START


def age(folder: Path) -> None:
    """Makes the folders look as if nobody had written to them for a while."""
    for year in (folder / "volumes").iterdir():
        before = year.stat().st_mtime_ns - int(SETTLED * 1e9)
        os.utime(year, ns=(before, before))


def spoil(path: Path) -> None:
    """Overwrites the end of a file in place, as a disk that fails would."""
    with path.open("r+b") as file:
        file.seek(-20, os.SEEK_END)
        file.write(b"\0" * 20)


def test_an_old_file_changed_in_place_is_found_by_the_look_at_every_file(folder: Path) -> None:
    spoil(folder / OLDEST)

    with Archive.open(folder, now=now) as archive:
        assert not archive.recovered
        found = archive.care().catch_up()

        assert found is not None
        assert [problem.path for problem in found] == [OLDEST]
        assert archive.count() == DAYS - 1
        assert archive.care().catch_up() is None


def test_a_new_file_changed_in_place_is_found_by_opening(folder: Path) -> None:
    newest = max((folder / "volumes/2026").glob("*.json"))
    spoil(newest)

    with Archive.open(folder, now=now) as archive:
        assert [problem.path for problem in archive.recovered] == [f"volumes/2026/{newest.name}"]


def test_verify_finds_an_old_file_changed_in_place(folder: Path) -> None:
    spoil(folder / OLDEST)

    with Archive.open(folder, now=now) as archive:
        assert OLDEST in [problem.path for problem in archive.verify()]


def test_an_old_file_replaced_by_another_program_is_read_by_opening(folder: Path) -> None:
    path = folder / OLDEST
    temporary = path.with_suffix(".new")
    temporary.write_bytes(path.read_bytes().replace(b"came in early", b"came in later"))
    temporary.replace(path)

    with Archive.open(folder, now=now) as archive:
        assert [problem.path for problem in archive.recovered] == [OLDEST]


def test_an_old_file_that_was_taken_away_is_said_by_opening(folder: Path) -> None:
    (folder / OLDEST).unlink()

    with Archive.open(folder, now=now) as archive:
        assert [problem.kind for problem in archive.recovered] == ["missing"]
        assert archive.count() == DAYS - 1


def test_a_year_that_was_taken_away_is_said_by_opening(folder: Path) -> None:
    shutil.rmtree(folder / "volumes/2026")

    with Archive.open(folder, now=now) as archive:
        assert archive.count() == DAYS - len(archive.recovered)
        assert len(archive.recovered) > 0


def test_own_writes_leave_nothing_to_look_through(folder: Path) -> None:
    with Archive.open(folder, now=now) as archive:
        archive.mark("260126a1", MarkChange(read=True))
        archive.save([make_article(1000)])
        archive.mark(["260126a1", "260127a1", "261122a1"], MarkChange(starred=True))
        archive.undo()

    # What is not as it was noted is read again: spoiled in place, an old file would be found.
    spoil(folder / OLDEST)
    with Archive.open(folder, now=now) as archive:
        assert not archive.recovered


def test_a_write_that_never_reached_the_index_is_taken_in_by_opening(folder: Path) -> None:
    # A process that is ended between the two, in the tick of another one's last write.
    output_of(
        "import os, sys\n"
        "from pathlib import Path\n"
        "from archive import Archive, MarkChange\n"
        "from archive.models import Mark\n"
        "from archive.volumes import Volumes\n"
        "with Archive.open(sys.argv[1]) as archive:\n"
        "    archive.mark('260126a1', MarkChange(read=True))\n"
        "    Volumes(Path(sys.argv[1])).set_marks('2026-01-27', {1: Mark(read=True)})\n"
        "    os._exit(0)\n",
        folder,
    )

    with Archive.open(folder, now=now) as archive:
        assert archive.count("is:read") == 2


def test_leftovers_of_a_dead_writer_are_removed_from_an_old_folder(folder: Path) -> None:
    leftover = folder / "volumes/2026/.2026-01-26.json.tmp"
    leftover.write_bytes(b"{")

    Archive.open(folder, now=now).close()

    assert not leftover.exists()
