"""Removing articles by a rule: what goes, what never may, and that a kill leaves all or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from archive import Archive, ArchiveReadOnly, MarkChange, NotFound, Retention
from archive.highlights import Highlight
from archive.removed import REMOVED, note_removed, place_trace, removed_entries
from tests.archive.making import FEED, START, make_article, make_articles, output_of

LATER = START + timedelta(days=400)
YEAR = Retention(keep_days=365)
THIRD = "volumes/2026/2026-11-24.json"


def later() -> datetime:
    return LATER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three days of four articles each, all read but the last of each day."""
    root = tmp_path / "news"
    for day in range(3):
        at = START + timedelta(days=day)
        made = [
            make_article(
                10 * day + number,
                archived_at=at,
            )
            for number in range(1, 5)
        ]
        with Archive.open(root, now=lambda at=at: at) as archive:
            pages = [archive.pages.append(each.url, 200, {}, b"<p>corn", at) for each in made]
            stored = archive.save(
                [
                    make_article(10 * day + number, archived_at=at, page=page)
                    for number, page in enumerate(pages, start=1)
                ]
            )
            archive.mark([each.article_id for each in stored[:3]], MarkChange(read=True))
    return root


def removed_by(archive: Archive, rule: Retention = YEAR) -> int:
    return archive.care().remove(archive.care().plan_removal(rule))


def ids(archive: Archive) -> list[str]:
    return sorted(each.article_id for each in archive.list())


def test_without_a_rule_nothing_goes(folder: Path) -> None:
    with Archive.open(folder, now=later) as archive:
        assert archive.care().plan_removal(Retention()).article_count == 0
        assert removed_by(archive, Retention()) == 0
        assert archive.count() == 12


def test_read_articles_go_once_their_days_are_over(folder: Path) -> None:
    half_way = START + timedelta(days=366, hours=1)
    with Archive.open(folder, now=lambda: half_way) as archive:
        assert removed_by(archive) == 6
        assert ids(archive) == [
            "261122a4", "261123a4", "261124a1", "261124a2", "261124a3", "261124a4",
        ]  # fmt: skip
        assert archive.verify() == []
        with pytest.raises(NotFound):
            archive.get("261122a1")


def test_what_the_reader_starred_tagged_noted_or_did_not_read_stays(folder: Path) -> None:
    with Archive.open(folder, now=later) as archive:
        archive.mark("261122a1", MarkChange(starred=True))
        archive.tag("261122a2", add=["keep"])
        archive.mark("261122a3", MarkChange(note="my note"))

        assert removed_by(archive) == 6
        assert ids(archive) == [
            "261122a1",
            "261122a2",
            "261122a3",
            "261122a4",
            "261123a4",
            "261124a4",
        ]
        assert removed_by(archive, Retention(keep_days=1, unread=True)) == 3
        assert ids(archive) == ["261122a1", "261122a2", "261122a3"]
        assert archive.verify() == []


def test_what_the_reader_highlighted_stays(folder: Path) -> None:
    with Archive.open(folder, now=later) as archive:
        archive.mark("261122a1", MarkChange(add_highlights=(Highlight("harvest"),)))

        assert removed_by(archive, Retention(keep_days=1, unread=True))
        assert ids(archive) == ["261122a1"]


def test_what_is_starred_after_it_was_planned_stays(folder: Path) -> None:
    with Archive.open(folder, now=later) as archive:
        planned = archive.care().plan_removal(YEAR)
        archive.mark("261123a2", MarkChange(starred=True))

        assert (planned.article_count, archive.care().remove(planned)) == (9, 8)
        assert "261123a2" in ids(archive)


def test_a_query_narrows_the_rule(folder: Path) -> None:
    with Archive.open(folder, now=later) as archive:
        assert removed_by(archive, Retention(365, query='"field 2" OR "field 13"')) == 2
        assert archive.count() == 10


def test_an_id_is_not_used_again_when_its_volume_is_empty(folder: Path) -> None:
    third_day = START + timedelta(days=2)
    with Archive.open(folder, now=later) as archive:
        removed_by(archive, Retention(1, unread=True))
        assert archive.count() == 0
    with TinyDB(folder / THIRD, access_mode="r") as stock:
        assert len(stock.table("articles")) == 0
    with Archive.open(folder, now=lambda: third_day) as archive:
        (stored,) = archive.save([make_article(99)])

    assert stored.article_id == "261124a5"


def test_removed_entries_stay_known_also_to_an_index_built_anew(folder: Path) -> None:
    with Archive.open(folder, now=later) as archive:
        removed_by(archive)
        known = archive.known_entries(FEED)
        archive.rebuild()

        assert archive.known_entries(FEED) == known
    (folder / "index.sqlite").unlink()
    with Archive.open(folder, now=later) as archive:
        assert archive.known_entries(FEED) == known
        assert len(known) == 12
        removed = {number: known[f"entry-{number}"] for number in (1, 2, 3)}
        assert [article_id for article_id, _ in removed.values()] == [""] * 3
        for number, (_, trace) in removed.items():
            gone = make_article(number)
            assert trace == f"{place_trace(gone.url, gone.title.upper())} 261122"
        assert known["entry-4"] == ("261122a4", "h1")


def test_what_an_earlier_version_noted_of_removed_entries_is_kept() -> None:
    table = TinyDB(storage=MemoryStorage).table(REMOVED)
    table.insert({"feed_url": FEED, "entry_ids": ["entry-1"]})

    note_removed(table, {FEED: {"entry-2": "trace"}, "https://other.example": {"x": ""}})

    stored = {str(document.doc_id): document for document in table}
    assert removed_entries(stored) == {
        FEED: {"entry-1": "", "entry-2": "trace"},
        "https://other.example": {"x": ""},
    }


def test_an_article_that_is_taken_in_again_by_hand_is_known_by_its_new_id(folder: Path) -> None:
    with Archive.open(folder, now=later) as archive:
        removed_by(archive)
        (again,) = archive.save([make_article(1)])
        assert archive.known_entries(FEED)["entry-1"][0] == again.article_id
        archive.rebuild()
        assert archive.known_entries(FEED)["entry-1"][0] == again.article_id


def test_raw_pages_go_when_no_article_needs_their_file(folder: Path) -> None:
    with Archive.open(folder, now=later) as archive:
        archive.mark("feed:weekly", MarkChange(read=True))
        archive.mark("", MarkChange(read=True))
        archive.mark("261123a1", MarkChange(starred=True))
        removed_by(archive)

        assert archive.pages.files() == ["pages/2026/2026-11-23.warc.gz"]
        assert archive.pages.read(archive.get("261123a1").page).body == b"<p>corn"
        assert archive.verify() == []


def test_raw_pages_stay_while_an_article_of_their_day_has_a_later_one(folder: Path) -> None:
    """The later record may say no more than that the page is as it was."""
    with Archive.open(folder, now=later) as archive:
        archive.mark("", MarkChange(read=True))
        archive.mark("261122a1", MarkChange(starred=True))
        known = archive.get("261122a1")
        page = archive.pages.append(known.url, 200, {}, b"<p>corn", START + timedelta(days=1))
        archive.save([replace(known, page=page)])
        removed_by(archive)

        assert archive.pages.files() == [
            "pages/2026/2026-11-22.warc.gz",
            "pages/2026/2026-11-23.warc.gz",
        ]
        assert archive.verify() == []


def test_undo_passes_over_what_is_gone(folder: Path) -> None:
    with Archive.open(folder, now=later) as archive:
        archive.mark("", MarkChange(starred=True), label="star all")
        archive.mark("", MarkChange(starred=False), label="unstar all")
        archive.tag("261122a1", add=["rye"])
        archive.tag("261122a1", remove=["rye"])
        removed_by(archive)

        undone = [archive.undo() for _ in range(3)]

        assert [each and each.label for each in undone] == ["unstar all", "star all", None]
        assert [each.article_count for each in undone if each] == [3, 3]
        assert archive.verify() == []


def test_an_archive_that_may_not_be_written_says_what_would_go_and_keeps_it(folder: Path) -> None:
    with Archive.open(folder, now=later, read_only=True) as archive:
        planned = archive.care().plan_removal(YEAR)

        assert planned.article_count == 9
        with pytest.raises(ArchiveReadOnly):
            archive.care().remove(planned)
        assert archive.count() == 12


def test_a_damaged_volume_is_repaired_before_its_articles_go(folder: Path) -> None:
    with Archive.open(folder, now=later) as archive:
        path = folder / THIRD
        path.write_bytes(path.read_bytes()[:-100])

        assert removed_by(archive) == 9
        assert [each.kind for each in archive.recovered] == ["damaged"]


KILLED = """
import os, shutil, signal, sys
from datetime import timedelta
from pathlib import Path
from archive import Archive, Retention
from archive.removed import REMOVED, note_removed, place_trace, removed_entries
from tests.archive.making import FEED, START

root, first, step = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
now = lambda: START + timedelta(days=400)

def state(archive):
    ids = sorted(each.article_id for each in archive.list(limit=1000))
    known = archive.known_entries(FEED)
    return repr([(archive.get(i), archive.mark_of(i)) for i in ids]) + repr(
        (archive.totals(), sorted(known.items()), archive.pages.files()))

def work(archive):
    care = archive.care()
    care.remove(care.plan_removal(Retention(365)))
    care.compress()
    care.shrink_index()

def run_until(path, deadly):
    seen = 0
    with Archive.open(path, now=now) as archive:
        def count(event, arguments):
            nonlocal seen
            if event in ("open", "os.rename", "os.remove", "os.link", "fcntl.flock"):
                seen += 1
                if seen == deadly:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(count)
        work(archive)

shutil.copytree(root / "news", root / "sound")
states = []
with Archive.open(root / "sound", now=now) as archive:
    states.append(state(archive))
    work(archive)
    states.append(state(archive))

deadly, ends = first, set()
finished = False
while not finished:
    path = root / "run"
    shutil.copytree(root / "news", path)
    child = os.fork()
    if child == 0:
        run_until(path, deadly)
        os._exit(0)
    finished = os.waitpid(child, 0)[1] == 0
    with Archive.open(path, now=now) as archive:
        bad = [each for each in archive.recovered if each.kind != "interrupted"]
        found = states.index(state(archive)) if state(archive) in states else "nowhere"
        ends.add(found)
        wrong = archive.verify()
        if found == "nowhere" or bad or wrong:
            print(f"killed at event {deadly}: {found}", bad, wrong)
    names = [str(each.relative_to(path)) for each in path.rglob("*")]
    if any(each + ".bz2" in names or each.endswith(".tmp") for each in names):
        print(f"killed at event {deadly}: left", names)
    shutil.rmtree(path)
    deadly += step
print(sorted(ends), deadly > 20)
"""


def test_a_kill_at_any_moment_leaves_all_or_nothing(folder: Path) -> None:
    """Every third of the moments at which a file is opened, renamed, removed or locked."""
    make_larger(folder)

    assert output_of(KILLED, folder.parent, 1, 3) == "[0, 1] True"


def make_larger(folder: Path) -> None:
    """Makes one volume large enough to be compressed."""
    with Archive.open(folder, now=later) as archive:
        archive.mark("261122a4", MarkChange(note="long"))
    day = START - timedelta(days=3)
    with Archive.open(folder, now=lambda: day) as archive:
        archive.save(make_articles(80, first=500))


def test_another_process_that_opens_meanwhile_does_not_wait_for_a_removal(folder: Path) -> None:
    with Archive.open(folder, now=later) as archive:
        care = archive.care()
        planned = care.plan_removal(YEAR)
        opened: list[int] = []

        def look(done: int, _total: int) -> None:
            if done:
                code = "import sys; from archive import Archive\n"
                code += "print(Archive.open(sys.argv[1]).count())"
                opened.append(int(output_of(code, folder)))

        assert care.remove(planned, look) == 9
        assert opened == [9, 6]


def test_the_index_gives_back_the_room_of_what_is_gone(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=lambda: START) as archive:
        stored = archive.save(
            [
                make_article(number, text=f"rye{number} " + "corn barley oats " * 40)
                for number in range(1, 801)
            ]
        )
        archive.mark([each.article_id for each in stored[50:]], MarkChange(read=True))
    with Archive.open(tmp_path, now=later) as archive:
        care = archive.care()
        before = care.sizes()
        assert care.remove(care.plan_removal(YEAR)) == 750
        assert archive.needs_rebuild
        care.shrink_index()
        after = care.sizes()

        assert after.index < before.index / 2
        assert after.articles < before.articles / 10
        assert (archive.count(), archive.count("rye7"), archive.count("rye700")) == (50, 1, 0)
        assert archive.verify() == []
