"""The archive's public face, on real folders."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import archive as package
from archive import (
    AmbiguousName,
    Archive,
    ArchiveTooNew,
    ArchiveUnusable,
    Feed,
    FetchState,
    Mark,
    MarkChange,
    NotFound,
    Origin,
)
from tests.archive.making import FEED, START, clock, make_article, make_articles, output_of, python


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Archive.open(tmp_path / "news", now=clock) as opened:
        yield opened


def titles(archive: Archive, query: str = "", **window: object) -> list[str]:
    return [each.title for each in archive.list(query, **window)]


def test_every_public_name_of_the_package_is_there() -> None:
    assert [name for name in package.__all__ if not hasattr(package, name)] == []


def test_values_are_imported_without_loading_a_database() -> None:
    loaded = output_of("import sys, archive.models; print('tinydb' in sys.modules)")

    assert loaded == "False"


def test_saved_articles_are_listed_newest_first_and_found(archive: Archive) -> None:
    archive.save(make_articles(3))

    assert titles(archive) == ["Harvest report 3", "Harvest report 2", "Harvest report 1"]
    assert titles(archive, "field 2") == ["Harvest report 2"]
    assert archive.count("harvest") == 3
    assert archive.totals() == (3, 3, 0)


def test_a_search_shows_the_match(archive: Archive) -> None:
    archive.save([make_article(1, text="Word " * 300 + "the barley was dear.")])

    (found,) = archive.search("barley")

    assert "barley" in found.snippet
    assert len(found.snippet) < 300


def test_marks_are_counted_only_where_they_change_something(archive: Archive) -> None:
    archive.save(make_articles(3))

    assert archive.mark("261122a1", MarkChange(read=True)) == 1
    assert archive.mark("", MarkChange(read=True)) == 2
    assert archive.mark(["261122a1", "261122a2"], MarkChange(read=True)) == 0
    assert archive.mark_of("261122a1") == Mark(read=True)
    assert archive.count("is:unread") == 0


def test_marking_what_is_not_there_changes_nothing(archive: Archive) -> None:
    archive.save([make_article()])

    with pytest.raises(NotFound, match="261122a7"):
        archive.mark(["261122a1", "261122a7"], MarkChange(read=True))

    assert archive.mark_of("261122a1") == Mark()


def test_tags_are_added_listed_renamed_and_removed(archive: Archive) -> None:
    archive.save(make_articles(3))
    archive.tag("", add=["harvest", "rye"])
    archive.tag("261122a2", add=["oats"], remove=["rye"])

    assert [(each.tag, each.article_count) for each in archive.tags()] == [
        ("harvest", 3),
        ("oats", 1),
        ("rye", 2),
    ]
    assert archive.tagging.rename("rye", "Rye bread") == 2
    assert archive.tagging.remove("harvest") == 3
    assert archive.mark_of("261122a1").tags == ("Rye bread",)
    assert archive.mark_of("261122a2").tags == ("oats",)


def test_spellings_of_a_tag_that_differ_in_case_are_one(archive: Archive) -> None:
    archive.save([make_article()])
    archive.tag("261122a1", add=["rye"])

    assert archive.tag("261122a1", add=["RYE"]) == 0
    assert archive.tagging.rename("rye", "Rye") == 1
    assert archive.mark_of("261122a1").tags == ("Rye",)
    assert archive.tag("261122a1", remove=["rYE"]) == 1
    assert archive.mark_of("261122a1").tags == ()


def test_renaming_a_tag_renames_those_below_it_and_one_undo_takes_it_back(archive: Archive) -> None:
    archive.save(make_articles(2))
    archive.tag("261122a1", add=["farm"])
    archive.tag("261122a2", add=["Farm/Rye/old", "farmer"])

    assert archive.tagging.rename("farm", "land/use") == 2
    assert archive.mark_of("261122a1").tags == ("land/use",)
    assert archive.mark_of("261122a2").tags == ("farmer", "land/use/Rye/old")
    archive.undo()
    assert archive.mark_of("261122a2").tags == ("Farm/Rye/old", "farmer")


def test_tags_are_one_clean_line(archive: Archive) -> None:
    archive.save([make_article()])
    archive.tag("261122a1", add=["  two\n words\x1b[31m ", " ", ""])

    assert archive.mark_of("261122a1").tags == ("two words[31m",)


def test_marks_that_come_with_articles_are_no_step_of_undo(archive: Archive) -> None:
    archive.save(make_articles(2), [Mark(tags=("rye",), read=True), None])

    assert archive.mark_of("261122a1") == Mark(tags=("rye",), read=True)
    assert archive.mark_of("261122a2") == Mark()
    assert archive.count("tag:rye") == 1
    assert archive.undo() is None


def test_an_entry_that_another_process_saved_meanwhile_is_not_saved_twice(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as mine, Archive.open(tmp_path, now=clock) as other:
        assert mine.known_entries(FEED) == {}
        (theirs,) = other.save([make_article(1)])
        stored = mine.save(make_articles(2))

        assert [each.article_id for each in stored] == [theirs.article_id, "261122a2"]
        assert mine.count() == other.count() == 2


def test_what_the_pipeline_asks_is_answered(archive: Archive) -> None:
    archive.save(make_articles(2))

    assert archive.known_entries(FEED)["entry-2"] == ("261122a2", "h1")
    assert archive.find_url("http://www.weekly.example/2/?utm_source=x") == "261122a2"
    assert archive.find_url("https://weekly.example/3") is None
    assert archive.find_urls(["https://weekly.example/3"]) == {}


def test_a_replaced_article_is_found_by_its_new_text_only(archive: Archive) -> None:
    (stored,) = archive.save([make_article(1, text="About barley.")])
    archive.save([replace(stored, text="About oats.")])

    assert (archive.count("barley"), archive.count("oats")) == (0, 1)


def test_feeds_get_ids_that_are_never_given_again(archive: Archive) -> None:
    first = archive.add_feed(Feed("https://a.example/f", title="Alpha"))
    archive.remove_feed(first.feed_id)
    second = archive.add_feed(Feed("https://b.example/f", title="Beta"))

    assert (first.feed_id, second.feed_id) == ("f1", "f2")
    assert archive.add_feed(Feed("https://b.example/f", title="Other")) == second


def test_feeds_are_found_by_id_address_and_unambiguous_title(archive: Archive) -> None:
    rye, oats = archive.add_feeds(
        [Feed("https://a.example/f", title="Rye weekly"), Feed("https://b.example/f", title="Oats")]
    )
    archive.add_feed(Feed("https://c.example/f", title="Barley weekly"))

    assert archive.find_feed("f2") == oats
    assert archive.find_feed("https://a.example/f") == rye
    assert archive.find_feed("rye") == rye
    with pytest.raises(AmbiguousName, match="f1 Rye weekly, f3 Barley weekly"):
        archive.find_feed("weekly")
    with pytest.raises(NotFound):
        archive.find_feed("wheat")


def test_feeds_are_listed_with_counts_and_their_last_refresh(archive: Archive) -> None:
    feed = archive.add_feed(Feed(FEED, title="Weekly"))
    archive.update_feed(replace(feed, user_title="Mine", folder="farm", tags=("rye",)))
    archive.save(make_articles(3))
    archive.mark("261122a1", MarkChange(read=True))
    archive.save_fetch_states([FetchState(FEED, etag="e", refreshed_at=START, http_status=200)])
    archive.save_fetch_states([FetchState("https://other.example/", error="gone")])

    (status,) = archive.feeds()

    assert (status.feed.name, status.feed.folder, status.feed.tags) == ("Mine", "farm", ("rye",))
    assert (status.article_count, status.unread_count) == (3, 2)
    assert status.state == FetchState(FEED, etag="e", refreshed_at=START, http_status=200)
    assert titles(archive, "feed:mine") != []
    assert archive.list("feed:mine")[0].outlet == "Mine"


def test_an_article_of_two_feeds_is_listed_under_both(archive: Archive) -> None:
    origins = (Origin(FEED, "e"), Origin("https://b.example/f", "e"))
    archive.add_feeds([Feed(FEED, title="Rye"), Feed("https://b.example/f", title="Oats")])
    archive.save([make_article(1, origins=origins)])

    assert [each.article_count for each in archive.feeds()] == [1, 1]


def test_all_is_as_before_when_the_index_is_deleted(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        archive.add_feed(Feed(FEED, title="Weekly", user_title="Mine"))
        archive.save(make_articles(20))
        archive.tag("report", add=["rye"])
        archive.mark("261122a3", MarkChange(read=True, starred=True))
        before = archive.list(), archive.tags(), archive.feeds(), archive.totals()
    (tmp_path / "index.sqlite").unlink()

    with Archive.open(tmp_path, now=clock) as archive:
        assert (archive.list(), archive.tags(), archive.feeds(), archive.totals()) == before
        assert archive.recovered == []
        assert archive.undo() is not None


def test_rebuilding_reports_progress_and_changes_nothing(archive: Archive) -> None:
    archive.save(make_articles(20))
    archive.mark("261122a3", MarkChange(read=True))
    before = archive.list()
    heard: list[tuple[int, int]] = []

    assert archive.rebuild(lambda done, total: heard.append((done, total))) == 20
    assert archive.list() == before
    assert heard[-1] == (1, 1)


def test_an_index_that_opening_just_built_is_not_built_twice(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        archive.save(make_articles(20))
    with closing(sqlite3.connect(tmp_path / "index.sqlite")) as index, index:
        index.execute("UPDATE meta SET value = 1 WHERE name = 'schema'")
    opening: list[tuple[int, int]] = []
    again: list[tuple[int, int]] = []

    with Archive.open(tmp_path, progress=lambda *heard: opening.append(heard)) as archive:
        assert archive.rebuild(lambda *heard: again.append(heard)) == 20
        assert (opening[-1], again) == ((1, 1), [])
        archive.mark("261122a3", MarkChange(read=True))
        assert archive.rebuild(lambda *heard: again.append(heard)) == 20
        assert again[-1] == (1, 1)


def test_a_volume_changed_by_another_program_is_taken_in_on_opening(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a", now=clock) as one, Archive.open(tmp_path / "b") as two:
        one.save(make_articles(3))
        one.mark("261122a2", MarkChange(read=True))
        assert two.count() == 0
    (tmp_path / "a" / "volumes").rename(tmp_path / "b" / "volumes")

    with Archive.open(tmp_path / "a") as one, Archive.open(tmp_path / "b") as two:
        assert one.totals() == (0, 0, 0)
        assert two.totals() == (3, 2, 0)


def test_opening_a_sound_archive_writes_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        archive.save(make_articles(3))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")}

    with Archive.open(tmp_path) as archive:
        assert archive.recovered == []

    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")} == before


def test_folders_and_files_are_for_their_owner_only(tmp_path: Path) -> None:
    root = tmp_path / "share" / "news"
    with Archive.open(root, now=clock) as archive:
        archive.save([make_article()])
        archive.tag("261122a1", add=["rye"])
        archive.pages.append("https://a.example/", 200, {}, b"<p>", START)
        modes = {path: path.stat().st_mode & 0o777 for path in (root, *root.rglob("*"))}

    assert {
        path for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)
    } == set()


def test_a_folder_that_cannot_be_an_archive_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(ArchiveUnusable, match="it is not a folder"):
        Archive.open(tmp_path / "file")
    with pytest.raises(ArchiveUnusable, match="there is no archive there"):
        Archive.open(tmp_path / "none", read_only=True)


@pytest.mark.parametrize("name", ["library.json", "fetch.json", "volumes/2026/2026-11-22.json"])
def test_an_archive_of_a_newer_program_is_left_untouched(tmp_path: Path, name: str) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        archive.save([make_article()])
        archive.save_fetch_states([FetchState(FEED)])
    path = tmp_path / name
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":2'))
    before = {each: each.read_bytes() for each in tmp_path.rglob("*.json")}

    with pytest.raises(ArchiveTooNew, match="a newer newsreader wrote it"):
        Archive.open(tmp_path)

    assert {each: each.read_bytes() for each in tmp_path.rglob("*.json")} == before


def test_a_foreign_write_is_noticed_and_an_own_one_is_not(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as mine, Archive.open(tmp_path, now=clock) as other:
        mine.changed()
        mine.save([make_article(1)])
        assert not mine.changed()

        other.save([make_article(2)])

        assert mine.changed()
        assert not mine.changed()
        assert mine.count() == 2


def test_many_threads_may_use_one_archive(archive: Archive) -> None:
    errors: list[Exception] = []

    def work(first: int) -> None:
        try:
            for stored in archive.save(make_articles(10, first=first)):
                archive.mark(stored.article_id, MarkChange(read=True))
                archive.list("harvest", limit=5)
        except Exception as error:  # noqa: BLE001 - the test reports what any thread met
            errors.append(error)

    threads = [threading.Thread(target=work, args=(100 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert archive.totals() == (40, 0, 0)


TWO_WRITERS = """
import sys
from archive import Archive, MarkChange
from tests.archive.making import clock, make_article
first = int(sys.argv[2])
with Archive.open(sys.argv[1], now=clock) as archive:
    for number in range(first, first + 40):
        (stored,) = archive.save([make_article(number)])
        archive.tag(stored.article_id, add=[f"by-{first}"])
        archive.mark("261122a1", MarkChange(read=number % 2 == 0))
"""


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        archive.save([make_article(0)])
    writers = [python(TWO_WRITERS, tmp_path, first) for first in (100, 200)]
    said = [each.communicate(timeout=120)[1] for each in writers]

    assert said == ["", ""]
    with Archive.open(tmp_path, now=clock) as archive:
        assert archive.count() == 81
        assert len({each.article_id for each in archive.list(limit=100)}) == 81
        assert [each.article_count for each in archive.tags()] == [40, 40]
        assert archive.verify() == []
