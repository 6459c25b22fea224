"""Reading and writing as one step, beside other threads and other processes."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive, ArchiveReadOnly, Feed, FetchState, NotFound
from bench.faults.ledger import Ledger
from bench.faults.operations import now
from tests.archive.making import FEED, START, clock, make_article, output_of, python


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Archive.open(tmp_path, now=clock) as opened:
        yield opened


def test_all_articles_of_an_address_are_found_the_first_archived_first(archive: Archive) -> None:
    url = "https://weekly.example/1"
    archive.save(
        [
            make_article(1, archived_at=START),
            make_article(2, url=url, archived_at=START - timedelta(days=1)),
            make_article(3, canonical_url=url, archived_at=START + timedelta(days=1)),
            make_article(4),
        ]
    )

    other = "http://www.weekly.example/1/?utm_source=x"
    found = archive.find_urls([other, ""])

    assert found == {other: ["261122a2", "261122a1", "261122a3"]}
    assert archive.find_url(url) == "261122a2"


COUNTING = """
import sys
from dataclasses import replace
from archive import Archive
with Archive.open(sys.argv[1]) as archive:
    for _ in range(25):
        with archive.writing(), archive.writing():
            article_id = archive.find_url("https://weekly.example/1")
            article = archive.get(article_id)
            archive.save([replace(article, word_count=article.word_count + 1)])
"""


def test_what_is_read_and_written_under_the_lock_is_one_step(
    archive: Archive, tmp_path: Path
) -> None:
    archive.save([make_article(1, word_count=0)])
    counters = [python(COUNTING, tmp_path) for _ in range(2)]

    assert [each.communicate(timeout=120)[1] for each in counters] == ["", ""]
    assert archive.get("261122a1").word_count == 50


WORKING = """
import sys
from archive import Archive
from bench.faults.operations import now
from bench.faults.work import Worker
with Archive.open(sys.argv[1], now=now) as archive:
    def say(*words):
        print(*words, sep="\\t", flush=True)
    Worker(archive, 1, int(sys.argv[2]), say, undoes=False).run(200)
"""


@pytest.mark.parametrize("count", [2, 4])
def test_processes_with_two_hundred_changes_each_lose_nothing(tmp_path: Path, count: int) -> None:
    workers = [python(WORKING, tmp_path, 10_000 * place) for place in range(1, count + 1)]
    ledger = Ledger()
    for worker in workers:
        said, errors = worker.communicate(timeout=300)
        assert errors == ""
        ledger.take(line.split("\t") for line in said.splitlines())

    assert ledger.change_count >= 200 * count
    with Archive.open(tmp_path, now=now) as archive:
        assert archive.recovered == []
        assert list(ledger.missing(archive)) == []


MARKING = """
import sys
from archive import Archive, MarkChange
with Archive.open(sys.argv[1]) as archive:
    for number in range(15):
        change = MarkChange(read=number % 2 == 0)
        if sys.argv[2] == "inside":
            with archive.writing():
                archive.mark("", change)
                archive.undo()
        else:
            archive.mark("", change)
"""


def test_marking_many_volumes_inside_and_outside_the_lock_ends(tmp_path: Path) -> None:
    for day in range(3):
        with Archive.open(tmp_path, now=lambda day=day: START + timedelta(days=day)) as archive:
            archive.save([make_article(day)])
    markers = [python(MARKING, tmp_path, where) for where in ("inside", "outside")]

    assert [each.communicate(timeout=60)[1] for each in markers] == ["", ""]


def test_an_error_under_the_lock_lets_go_of_it(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(NotFound), archive.writing():
        archive.get("261122a7")

    code = "import sys; from archive import Archive; Archive.open(sys.argv[1]).add_feed(Feed('u'))"

    assert output_of(code.replace("Archive;", "Archive, Feed;"), tmp_path) == ""
    assert archive.find_feed("f1").feed_url == "u"


def test_an_archive_that_is_only_read_gives_no_lock(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    with (
        Archive.open(tmp_path, read_only=True) as archive,
        pytest.raises(ArchiveReadOnly),
        archive.writing(),
    ):
        pass


def test_what_a_feed_says_of_itself_leaves_what_the_reader_chose(
    archive: Archive, tmp_path: Path
) -> None:
    old = archive.add_feed(Feed(FEED, title="Old", site_url="https://old.example/"))
    with Archive.open(tmp_path) as other:
        other.update_feed(replace(old, user_title="Mine", folder="Farm", tags=("rye",)))

    stated = replace(old, title="Weekly", site_url="https://weekly.example/", folder="Of old")
    archive.fetching.note_facts([stated])

    assert archive.find_feed("f1") == replace(
        old,
        title="Weekly",
        site_url="https://weekly.example/",
        user_title="Mine",
        folder="Farm",
        tags=("rye",),
    )


def test_a_feed_that_was_removed_meanwhile_stays_removed(archive: Archive) -> None:
    feed = archive.add_feed(Feed(FEED))
    other = archive.add_feed(Feed(f"{FEED}/other"))
    archive.remove_feed(feed.feed_id)
    names = (feed.feed_id, "f9", "", "x", other.feed_id)
    archive.fetching.note_facts(replace(feed, feed_id=name, title="Weekly") for name in names)

    assert [status.feed for status in archive.feeds()] == [replace(other, title="Weekly")]


def test_readers_never_see_what_is_not_yet_on_disk(archive: Archive, tmp_path: Path) -> None:
    archive.save_fetch_states([FetchState(FEED, etag="0")])
    done = threading.Event()
    early: list[tuple[int, int]] = []

    def read() -> None:
        while not done.is_set():
            seen = int(archive.fetch_states()[FEED].etag)
            stored = json.loads((tmp_path / "fetch.json").read_text())["states"]["1"]["etag"]
            if seen > int(stored):
                early.append((seen, int(stored)))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(1, 150):
            archive.save_fetch_states([FetchState(FEED, etag=str(number))])
    finally:
        done.set()
        reader.join()

    assert early == []
    assert archive.fetch_states()[FEED].etag == "149"
