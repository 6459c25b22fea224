"""Undo: the newest change of any process, whatever happened between."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import Archive, Mark, MarkChange, Undone
from archive.journal import Journal, State
from tests.archive.making import make_article, make_articles, output_of


class Days:
    """A clock that the test moves, so that articles come to lie in several volumes."""

    day = 1

    def __call__(self) -> datetime:
        return datetime(2026, 11, self.day, 8, tzinfo=UTC)


def fill(archive: Archive, days: Days, volumes: int = 3, each: int = 4) -> None:
    for day in range(1, volumes + 1):
        days.day = day
        archive.save(make_articles(each, first=100 * day))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    days = Days()
    with Archive.open(tmp_path, now=days) as opened:
        fill(opened, days)
        yield opened


def test_undo_takes_back_the_newest_first_until_none_is_left(archive: Archive) -> None:
    archive.mark("261101a1", MarkChange(read=True))
    archive.tag("261102a1", add=["rye"])
    archive.mark("", MarkChange(starred=True), label="star all")

    assert archive.undo() == Undone("star all", 12)
    assert archive.undo() == Undone("+rye", 1)
    assert archive.undo() == Undone("mark read", 1)
    assert archive.undo() is None
    assert archive.totals() == (12, 12, 0)
    assert archive.tags() == []


def test_undo_survives_a_restart_and_works_across_processes(tmp_path: Path) -> None:
    days = Days()
    with Archive.open(tmp_path, now=days) as archive:
        fill(archive, days)
        archive.mark("", MarkChange(read=True))
    with Archive.open(tmp_path, now=days) as archive, Archive.open(tmp_path, now=days) as other:
        archive.mark("261101a1", MarkChange(note="good"))

        assert other.undo() == Undone("note", 1)
        assert archive.undo() == Undone("mark read", 12)
        assert other.undo() is None
        assert archive.totals() == other.totals() == (12, 12, 0)


def test_undo_does_not_need_the_index_it_was_made_with(tmp_path: Path) -> None:
    days = Days()
    with Archive.open(tmp_path, now=days) as archive:
        fill(archive, days)
        archive.tag("261101a1", add=["first"])
        archive.tag("261103a1", add=["second"])
    (tmp_path / "index.sqlite").unlink()

    with Archive.open(tmp_path, now=days) as archive:
        assert archive.undo() == Undone("+second", 1)
        assert archive.undo() == Undone("+first", 1)


def test_undo_touches_only_what_still_has_the_value_it_gave(archive: Archive) -> None:
    archive.mark(["261101a1", "261102a1"], MarkChange(read=True, add_tags=("rye", "oats")))
    archive.save([archive.get("261101a1")], [Mark(tags=("oats", "wheat"), starred=True)])

    assert archive.undo() == Undone("mark read +oats +rye", 2)
    assert archive.mark_of("261101a1") == Mark(tags=("wheat",), starred=True)
    assert archive.mark_of("261102a1") == Mark()


def test_undo_gives_back_what_differed_before(archive: Archive) -> None:
    archive.tag("261101a1", add=["rye"])
    archive.tag("261102a1", add=["Rye", "oats"])
    archive.mark("", MarkChange(note="bulk", add_tags=("rye",), remove_tags=("oats",)))
    archive.undo()

    assert archive.mark_of("261101a1") == Mark(tags=("rye",))
    assert archive.mark_of("261102a1") == Mark(tags=("Rye", "oats"))
    assert archive.mark_of("261103a1") == Mark()


def test_a_reading_position_is_kept_but_is_no_step_of_undo(archive: Archive) -> None:
    archive.mark("261101a1", MarkChange(starred=True))
    assert archive.mark("261101a1", MarkChange(position=120)) == 1

    assert archive.undo() == Undone("star", 1)
    assert archive.mark_of("261101a1") == Mark(position=120)


def test_a_change_that_changes_nothing_is_no_step_of_undo(archive: Archive) -> None:
    archive.mark("261101a1", MarkChange(read=True))
    archive.mark("261101a1", MarkChange(read=True))
    archive.undo()

    assert archive.undo() is None


@pytest.mark.parametrize("ids", [["261101a1"], ["261101a1", "261102a1"]])
def test_a_step_of_which_nothing_is_left_is_passed_over(archive: Archive, ids: list[str]) -> None:
    archive.mark("261103a1", MarkChange(starred=True))
    archive.mark(ids, MarkChange(read=True))
    archive.save([archive.get(each) for each in ids], [Mark(note="imported")] * len(ids))

    assert archive.undo() == Undone("star", 1)
    assert archive.undo() is None
    assert archive.mark_of(ids[0]) == Mark(note="imported")


def test_at_least_twenty_steps_of_one_volume_are_remembered(archive: Archive) -> None:
    for number in range(60):
        archive.tag("261101a1", add=[f"tag{number:02}"])
    count = 0
    while archive.undo():
        count += 1

    assert 20 <= count <= 40
    assert archive.mark_of("261101a1").tags == tuple(f"tag{n:02}" for n in range(60 - count))


def test_twenty_steps_over_several_volumes_are_remembered(archive: Archive) -> None:
    for number in range(22):
        archive.tag("", add=[f"tag{number:02}"])
    count = 0
    while archive.undo():
        count += 1

    assert count == 20
    assert [each.tag for each in archive.tags()] == ["tag00", "tag01"]


def test_many_steps_in_one_volume_do_not_hide_an_older_one_over_several(archive: Archive) -> None:
    archive.mark("", MarkChange(starred=True))
    for number in range(30):
        archive.mark("261101a1", MarkChange(note=f"note {number}"))
    notes = 0
    while (undone := archive.undo()) and undone.label != "star":
        notes += 1

    assert notes >= 20
    assert undone == Undone("star", 12)
    assert archive.totals() == (12, 12, 0)


def interrupted(path: Path, volume_count: int, *, undoing: bool) -> None:
    """Leaves an operation (or its undo) that reached only so many of the three volumes."""
    days = Days()
    with Archive.open(path, now=days) as archive:
        fill(archive, days)
        archive.mark("", MarkChange(read=True), label="read all")
        if undoing:
            before = marks_bytes(path)
            archive.undo()
            journal = Journal(path)
            after = marks_bytes(path)
            done, left = before, after
        else:
            done, left = {}, marks_bytes(path)
            journal = Journal(path)
    files = sorted(left)
    for name in files[volume_count:]:
        if name in done:
            (path / name).write_bytes(done[name])
        elif not undoing:
            (path / name).unlink()
    if not undoing:
        operation = journal.operations()[0]
        journal.set_state(operation.operation_id, State.BEGUN)


def marks_bytes(path: Path) -> dict[str, bytes]:
    found = path.rglob("*.marks.json")
    return {str(each.relative_to(path)): each.read_bytes() for each in found}


@pytest.mark.parametrize("volume_count", [0, 1, 2, 3])
def test_opening_finishes_what_a_dying_program_began(tmp_path: Path, volume_count: int) -> None:
    interrupted(tmp_path, volume_count, undoing=False)

    with Archive.open(tmp_path) as archive:
        assert archive.totals() == (12, 0, 0)
        assert [each.kind for each in archive.recovered] == ["interrupted"]
        assert archive.undo() == Undone("read all", 12)
        assert archive.totals() == (12, 12, 0)
        assert archive.undo() is None
    with Archive.open(tmp_path) as archive:
        assert archive.recovered == []


def test_finishing_leaves_alone_what_was_changed_since(tmp_path: Path) -> None:
    interrupted(tmp_path, 2, undoing=False)
    with Archive.open(tmp_path, read_only=True) as archive:
        assert archive.count("is:read") == 8

    with Archive.open(tmp_path) as archive:
        archive.mark("261101a1", MarkChange(read=False))
    with Archive.open(tmp_path) as archive:
        assert archive.mark_of("261101a1") == Mark()


def test_two_undos_at_once_take_back_one_operation_once(archive: Archive, tmp_path: Path) -> None:
    archive.mark("", MarkChange(starred=True))
    operation = Journal(tmp_path).operations()[0]
    Journal(tmp_path).set_state(operation.operation_id, State.UNDOING)

    with Archive.open(tmp_path) as other:
        assert [each.kind for each in other.recovered] == ["interrupted"]
        assert other.undo() is None

    assert archive.totals() == (12, 12, 0)


HALF_WRITABLE = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from archive import Archive, ArchiveReadOnly, MarkChange
from tests.archive.making import become_nobody, make_articles
become_nobody()
year = 2025
root = Path(sys.argv[1])
with Archive.open(root, now=lambda: datetime(year, 6, 1, tzinfo=UTC)) as archive:
    archive.save(make_articles(3, first=1))
    year = 2026
    archive.save(make_articles(3, first=10))
    (root / "volumes" / "2026").chmod(0o500)
    try:
        archive.mark("", MarkChange(read=True))
    except ArchiveReadOnly:
        print("refused", *archive.totals(), archive.undo())
    (root / "volumes" / "2026").chmod(0o700)
with Archive.open(root) as archive:
    print(archive.recovered, *archive.totals(), archive.verify())
"""


def test_an_operation_that_fails_half_way_is_taken_back(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    for path in tmp_path.parents:
        if not path.stat().st_mode & 0o001:
            path.chmod(path.stat().st_mode | 0o055)

    said = output_of(HALF_WRITABLE, tmp_path / "news")

    assert said.splitlines() == ["refused 6 6 0 None", "[] 6 6 0 []"]


def test_an_operation_of_one_article_does_not_use_the_journal(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        (stored,) = archive.save([make_article()])
        archive.mark(stored.article_id, MarkChange(read=True))

    assert not (tmp_path / "journal.json").exists()
