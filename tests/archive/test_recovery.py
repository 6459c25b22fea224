"""What opening and verifying do about damage, and about folders that cannot be written."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from archive import (
    Archive,
    ArchiveError,
    ArchiveReadOnly,
    Feed,
    FetchState,
    Mark,
    MarkChange,
    Problem,
)
from tests.archive.making import FEED, clock, make_article, make_articles, output_of

VOLUME = "volumes/2026/2026-11-22.json"
MARKS = "volumes/2026/2026-11-22.marks.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive with ten articles, marks, a feed and a fetch state, closed."""
    path = tmp_path / "news"
    with Archive.open(path, now=clock) as archive:
        archive.add_feeds([Feed(FEED, title="Weekly"), Feed("https://b.example/f", title="Oats")])
        archive.save(make_articles(10))
        archive.tag(["261122a1", "261122a2"], add=["rye"])
        archive.mark("261122a3", MarkChange(read=True))
        archive.save_fetch_states([FetchState(FEED, etag="e"), FetchState("https://b.example/f")])
    return path


def damaged_copies(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.rglob("*.damaged-*"))


def test_a_cut_volume_keeps_every_whole_article_and_names_the_lost(folder: Path) -> None:
    path = folder / VOLUME
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b'"9": ') + 40])

    with Archive.open(folder, now=clock) as archive:
        (problem,) = archive.recovered
        listed = {each.article_id for each in archive.list()}

        assert problem == Problem(
            VOLUME,
            "damaged",
            "the file was damaged: 8 records kept, 2 lost; the damaged file is kept as "
            "2026-11-22.json.damaged-20261122T080000",
            ("261122a9", "261122a10"),
        )
        assert listed == {f"261122a{number}" for number in range(1, 9)}
        assert archive.save([make_article(50)])[0].article_id == "261122a11"
        assert archive.mark_of("261122a1") == Mark(tags=("rye",))
        assert damaged_copies(folder) == ["2026-11-22.json.damaged-20261122T080000"]
        assert archive.verify() == []
    with Archive.open(folder) as archive:
        assert archive.recovered == []
        assert archive.count() == 9


@pytest.mark.parametrize("content", [b"", b"\0" * 4000, b"<html>", b"{}", b'{"meta": 3}', b"[1]"])
def test_a_volume_of_rubbish_is_set_aside_and_its_ids_stay_used(
    folder: Path, content: bytes
) -> None:
    (folder / VOLUME).write_bytes(content)

    with Archive.open(folder, now=clock) as archive:
        (problem,) = archive.recovered

        assert len(problem.article_ids) == 10
        assert archive.count() == 0
        assert archive.save([make_article(1)])[0].article_id == "261122a11"


def test_a_record_that_is_no_article_is_lost_alone(folder: Path) -> None:
    tables = json.loads((folder / VOLUME).read_text())
    tables["articles"]["4"] = {"url": 7}
    (folder / VOLUME).write_text(json.dumps(tables))

    with Archive.open(folder, now=clock) as archive:
        (problem,) = archive.recovered

        assert problem.article_ids == ("261122a4",)
        assert "9 records kept, 1 lost" in problem.detail
        assert archive.count() == 9


def test_what_another_program_wrote_into_a_volume_is_kept_and_said(folder: Path) -> None:
    tables = json.loads((folder / VOLUME).read_text())
    tables["articles"]["4"]["title"] = "Edited by hand"
    (folder / VOLUME).write_text(json.dumps(tables, indent=1))

    with Archive.open(folder, now=clock) as archive:
        (problem,) = archive.recovered

        assert "10 records kept, 0 lost, 1 differing from the index (261122a4)" in problem.detail
        assert archive.get("261122a4").title == "Edited by hand"
        assert archive.list("hand")[0].article_id == "261122a4"


def test_a_cut_marks_file_keeps_its_whole_marks(folder: Path) -> None:
    path = folder / MARKS
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b'"3": ') + 6])

    with Archive.open(folder, now=clock) as archive:
        assert [each.path for each in archive.recovered] == [MARKS]
        assert archive.mark_of("261122a2") == Mark(tags=("rye",))
        assert archive.count("tag:rye") == 2
        assert archive.totals() == (10, 10, 0)


def test_a_cut_library_keeps_its_whole_feeds(folder: Path) -> None:
    path = folder / "library.json"
    path.write_bytes(path.read_bytes()[:-30])

    with Archive.open(folder, now=clock) as archive:
        assert [each.path for each in archive.recovered] == ["library.json"]
        assert [each.feed.feed_id for each in archive.feeds()] == ["f1"]
        assert archive.add_feed(Feed("https://c.example/f")).feed_id == "f3"


@pytest.mark.parametrize("name", ["fetch.json", "journal.json"])
def test_other_damaged_files_do_not_keep_the_archive_from_opening(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b'{"meta')

    with Archive.open(folder, now=clock) as archive:
        assert [each.path for each in archive.recovered] == [name]
        assert archive.count() == 10


def test_damage_met_while_writing_is_repaired_on_the_spot(folder: Path) -> None:
    with Archive.open(folder, now=clock) as archive:
        path = folder / VOLUME
        path.write_bytes(path.read_bytes()[:-200])

        (stored,) = archive.save([make_article(50)])

        assert stored.article_id == "261122a11"
        assert archive.count() == 10
        assert len(damaged_copies(folder)) == 1


def test_verify_finds_what_no_stat_tells(folder: Path) -> None:
    path = folder / VOLUME
    stat = path.stat()
    with path.open("r+b") as file:
        content = file.read()
        file.seek(content.index(b"field 6"))
        file.write(b"field X")
    os.utime(path, ns=(stat.st_mtime_ns, stat.st_mtime_ns))

    with Archive.open(folder, now=clock) as archive:
        assert archive.recovered == []
        (problem,) = archive.verify()

        assert "differing from the index (261122a6)" in problem.detail
        assert archive.get("261122a6").text == "The harvest of field X came in early."
        assert archive.verify() == []


def test_a_sound_archive_verifies_without_a_word(folder: Path) -> None:
    heard: list[tuple[int, int]] = []
    with Archive.open(folder, now=clock) as archive:
        assert archive.verify(lambda done, total: heard.append((done, total))) == []

    assert heard[-1] == (1, 1)


def test_marks_of_articles_that_are_gone_are_named_and_kept(folder: Path) -> None:
    tables = json.loads((folder / VOLUME).read_text())
    del tables["articles"]["2"]
    (folder / VOLUME).write_text(json.dumps(tables))

    with Archive.open(folder, now=clock) as archive:
        problems = archive.verify()

        assert [each.detail for each in problems] == ["it marks 261122a2, which is not there"]
        assert archive.mark_of("261122a2") == Mark(tags=("rye",))


def test_what_a_dying_writer_left_behind_is_removed(folder: Path) -> None:
    leftovers = [folder / ".library.json.77.tmp", folder / "volumes/2026/.2026-11-22.json.9.tmp"]
    for path in leftovers:
        path.write_bytes(b"half")

    with Archive.open(folder, now=clock):
        assert [path for path in leftovers if path.exists()] == []


def test_a_volume_that_was_taken_away_takes_its_articles_from_the_lists(folder: Path) -> None:
    (folder / VOLUME).rename(folder / "elsewhere.json")

    with Archive.open(folder, now=clock) as archive:
        assert archive.totals() == (0, 0, 0)
    (folder / "elsewhere.json").rename(folder / VOLUME)
    with Archive.open(folder, now=clock) as archive:
        assert archive.totals() == (10, 9, 0)
        assert archive.count("tag:rye") == 2


def overwrite(path: Path, share: float, length: int = 6000) -> None:
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * share))
        file.write(b"rubbish!" * (length // 8))


@pytest.mark.parametrize("share", [0.03, 0.2, 0.4, 0.6, 0.8])
def test_an_index_spoiled_within_is_built_anew_at_the_latest_by_rebuild(
    folder: Path, share: float
) -> None:
    with Archive.open(folder, now=clock) as archive:
        before = archive.list()
    overwrite(folder / "index.sqlite", share)

    with Archive.open(folder, now=clock) as archive:
        assert archive.rebuild() == 10
        assert archive.list() == before
        assert archive.verify() == []
        archive.mark("261122a5", MarkChange(starred=True))
        assert archive.totals() == (10, 9, 1)


@pytest.mark.parametrize("content", [b"", b"rubbish" * 500])
def test_a_spoiled_index_is_built_anew(folder: Path, content: bytes) -> None:
    for path in folder.glob("index.sqlite*"):
        path.unlink()
    (folder / "index.sqlite").write_bytes(content)

    with Archive.open(folder, now=clock) as archive:
        assert archive.totals() == (10, 9, 0)
        assert [each.article_count for each in archive.feeds()] == [10, 0]


READ_ONLY = """
import os, sys
from archive import Archive, ArchiveReadOnly, Feed, MarkChange
from tests.archive.making import become_nobody, clock, make_article
become_nobody()
with Archive.open(sys.argv[1]) as archive:
    print(archive.read_only, len(archive.list()), archive.count("tag:rye"), len(archive.feeds()))
    print(len(archive.recovered), len(archive.verify()))
    print(archive.get("261122a3").title, archive.search("field 3")[0].snippet)
    for write in (
        lambda: archive.save([make_article(99)]),
        lambda: archive.mark("261122a1", MarkChange(read=True)),
        lambda: archive.add_feed(Feed("https://c.example/f")),
        lambda: archive.undo(),
        lambda: archive.rebuild(),
        lambda: archive.pages.append("https://a.example/", 200, {}, b"x", clock()),
    ):
        try:
            write()
        except ArchiveReadOnly as error:
            print(error.why, "|", error.remedy)
"""
REFUSED = (
    "the archive was opened for reading only | "
    "Make its folder writable, or name another with --archive DIR"
)


def make_read_only(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in folder.parents:
        if path.stat().st_uid == os.getuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
        if path.name.startswith("pytest-of"):
            break


@pytest.mark.parametrize("index", ["kept", "lost", "behind", "spoiled"])
def test_a_folder_that_may_not_be_written_opens_for_reading(folder: Path, index: str) -> None:
    if index == "behind":
        with Archive.open(folder, now=clock) as archive:
            archive.save([make_article(11)])
            archive.pages.append("https://a.example/", 200, {}, b"x", clock())
        os.utime(folder / VOLUME)
    elif index != "kept":
        (folder / "index.sqlite").unlink()
    if index == "spoiled":
        (folder / "index.sqlite").write_bytes(b"rubbish" * 500)
    make_read_only(folder)
    before = sorted(str(each) for each in folder.rglob("*"))

    said = output_of(READ_ONLY, folder).splitlines()

    count = 11 if index == "behind" else 10
    assert said == [
        f"True {count} 2 2",
        "0 0",
        "Harvest report 3 The harvest of field 3 came in early.",
        *[REFUSED] * 6,
    ]
    assert sorted(str(each) for each in folder.rglob("*")) == before


def test_a_damaged_archive_that_may_not_be_written_shows_what_is_whole(folder: Path) -> None:
    for name, length in ((VOLUME, 150), ("library.json", 30)):
        path = folder / name
        path.write_bytes(path.read_bytes()[:-length])
    make_read_only(folder)

    said = output_of(READ_ONLY, folder).splitlines()

    assert said[0] == "True 9 2 1"
    assert said[1] == "2 2"
    assert damaged_copies(folder) == []


NO_PERMISSION = """
import sys
from archive import Archive, ArchiveUnusable
from tests.archive.making import become_nobody
become_nobody()
try:
    Archive.open(sys.argv[1])
except ArchiveUnusable as error:
    print(error)
"""


def test_a_folder_that_may_not_be_read_or_made_is_said_in_a_line(folder: Path) -> None:
    make_read_only(folder)
    folder.chmod(0)
    unreadable = output_of(NO_PERMISSION, folder)
    folder.chmod(0o555)
    unmakeable = output_of(NO_PERMISSION, folder / "new")

    assert "its folder may not be read. Check the folder's permissions." in unreadable
    assert "it cannot be written (Permission denied)" in unmakeable


FULL_DISK = """
import resource, signal, sys
from archive import Archive, MarkChange, WriteFailed
from tests.archive.making import clock, make_article
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
archive = Archive.open(sys.argv[1], now=clock)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
for write in (
    lambda: archive.save([make_article(99, text="x" * 100_000)]),
    lambda: archive.tag("", add=["y" * 50_000]),
    lambda: archive.pages.append("https://a.example/", 200, {}, bytes(range(256)) * 50, clock()),
):
    try:
        write()
    except WriteFailed as error:
        print(error.why)
print(archive.count())
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(archive.save([make_article(100)])[0].article_id, archive.count())
"""


def test_a_full_disk_costs_nothing_that_was_there(folder: Path) -> None:
    before = (folder / VOLUME).read_bytes(), (folder / MARKS).read_bytes()

    said = output_of(FULL_DISK, folder, 100).splitlines()

    assert said[:3] == ["there is no room to write it (File too large)"] * 3
    assert said[3:] == ["10", "261122a11 11"]
    assert [each.name for each in folder.rglob("*.tmp")] == []
    assert len((folder / VOLUME).read_bytes()) > len(before[0])
    assert (folder / MARKS).read_bytes() == before[1]


NO_ROOM_TO_OPEN = """
import resource, signal, sys
from archive import Archive, ArchiveReadOnly, MarkChange
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
with Archive.open(sys.argv[1]) as archive:
    print(archive.read_only, archive.count(), [each.detail for each in archive.recovered])
    try:
        archive.mark("261122a1", MarkChange(read=True))
    except ArchiveReadOnly:
        print("refused")
"""


def test_an_archive_opens_for_reading_where_there_is_no_room_at_all(folder: Path) -> None:
    said = output_of(NO_ROOM_TO_OPEN, folder)

    assert said.startswith("True 10 ['opened for reading only: ")
    assert said.endswith("refused")


def test_when_only_the_index_has_no_room_the_next_opening_catches_up(folder: Path) -> None:
    """The volume is written, the index is not: the article is there after all, and once."""
    wal = folder / "index.sqlite"
    code = FULL_DISK.replace('"x" * 100_000', '"x"').replace('["y" * 50_000]', '["y"]')

    output_of(code, folder, wal.stat().st_size // 16)

    with Archive.open(folder, now=clock) as archive:
        assert len({each.url for each in archive.list()}) == archive.count()
        assert archive.verify() == []


def test_errors_carry_what_why_and_remedy() -> None:
    error = ArchiveReadOnly("/news", "it cannot be written.", "Make it writable")

    assert str(error) == "/news: it cannot be written. Make it writable."
    assert isinstance(error, ArchiveError)


def test_a_volume_that_is_gone_is_named_and_its_ids_and_marks_are_not_inherited(
    tmp_path: Path,
) -> None:
    with Archive.open(tmp_path) as archive:
        first = archive.save(make_articles(3))
        archive.tag([each.article_id for each in first], add=["keep"])
    (volume,) = (path for path in tmp_path.rglob("volumes/*/*.json") if "marks" not in path.name)
    volume.unlink()

    with Archive.open(tmp_path) as archive:
        said = [(each.kind, each.article_ids) for each in archive.recovered]
        second = archive.save(make_articles(3, first=10))
        tags = [archive.mark_of(each.article_id).tags for each in second]

    assert said == [("missing", tuple(each.article_id for each in first))]
    assert not {each.article_id for each in first} & {each.article_id for each in second}
    assert tags == [(), (), ()]


def test_after_a_loss_every_feed_is_read_whole_again(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.save(make_articles(3))
        archive.save_fetch_states([FetchState("https://a.example/feed", etag="e", body_hash="h")])
    (volume,) = tmp_path.rglob("volumes/*/*.json")
    volume.write_bytes(volume.read_bytes()[:-300])

    with Archive.open(tmp_path) as archive:
        state = archive.fetch_states()["https://a.example/feed"]

    assert (state.etag, state.body_hash) == ("", "")


def test_an_index_with_rows_missing_is_built_anew(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.save(make_articles(3))
        before = archive.list()
    with sqlite3.connect(tmp_path / "index.sqlite") as database:
        database.execute("DELETE FROM articles WHERE row_id = (SELECT min(row_id) FROM articles)")
    database.close()

    with Archive.open(tmp_path) as archive:
        rebuilt = archive.rebuild()

        assert (rebuilt, archive.list(), archive.verify()) == (3, before, [])
