"""The index as a file: opened again, damaged, outdated, shared, read only, interrupted."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from archive import text
from archive.errors import ArchiveError, ArchiveReadOnly, DamagedFile
from archive.index import Index, SearchInterrupted
from archive.models import Article, Mark
from archive.query import parse

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def article(number: int, words: str = "some words") -> tuple[Article, Mark]:
    return Article("", "", words, NOON, article_id=f"260301a{number}"), Mark()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An index with one article, closed."""
    made = tmp_path / "an index?.sqlite"  # a name that must not be taken for a URI's parts
    index = Index(made)
    index.put_articles([article(1)])
    index.close()
    return made


@pytest.fixture
def index(path: Path) -> Iterator[Index]:
    opened = Index(path)
    yield opened
    opened.close()


def test_an_index_opened_again_has_what_was_put(path: Path) -> None:
    index = Index(path)

    assert not index.fresh
    assert index.totals() == (1, 1, 0)
    index.close()


def test_a_new_index_is_fresh(tmp_path: Path) -> None:
    index = Index(tmp_path / "index.sqlite")

    assert index.fresh
    assert index.list() == []
    index.close()


@pytest.mark.parametrize("damage", ["other", "cut", "garbled", "empty"])
def test_a_file_that_is_no_index_is_replaced(path: Path, damage: str) -> None:
    whole = path.read_bytes()
    path.write_bytes(
        {
            "other": b"not a database, but long enough to be taken for one" * 100,
            "cut": whole[: len(whole) // 3],
            "garbled": whole[:100] + bytes(1000) + whole[1100:],
            "empty": b"",
        }[damage]
    )

    index = Index(path)

    assert index.fresh
    index.put_articles([article(2)])
    assert index.count(parse("words")) == 1
    assert index.check() == []
    index.close()


def test_damage_found_later_is_named_and_clearing_mends_it(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO files VALUES ('volumes/2026/2026-03-01.json', 1, 2, 3, 4)")
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles'").fetchone()[
            0
        ]
    db.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: (root - 1) * 4096] + b"\xff" * 4096 + whole[root * 4096 :])
    index = Index(path)
    assert not index.fresh

    with pytest.raises(DamagedFile):
        index.list()
    index.clear()

    index.put_articles([article(1)])
    assert index.count(parse("words")) == 1
    assert index.check() == []
    index.close()


def test_another_schema_is_replaced_as_a_whole(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = 999 WHERE name = 'schema'")
        db.execute("CREATE TABLE of_another_version (x)")
    db.close()

    index = Index(path)

    assert index.fresh
    assert index.totals() == (0, 0, 0)
    assert index.check() == []
    index.close()


def test_another_folding_is_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.index_schema.FOLD_VERSION", text.FOLD_VERSION + 1)
    index = Index(path)

    assert index.fresh
    index.close()


def test_reading_only_shows_what_is_there_and_writes_nothing(path: Path) -> None:
    index = Index(path, read_only=True)

    assert not index.fresh
    assert len(index.list()) == len(index.search(parse("words"))) == 1
    with pytest.raises(ArchiveReadOnly):
        index.put_articles([article(2)])
    index.close()


@pytest.mark.parametrize("content", [None, b"no database at all " * 100])
def test_reading_only_without_a_usable_file_has_an_empty_index(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "index.sqlite"
    if content:
        path.write_bytes(content)
    index = Index(path, read_only=True)

    assert index.fresh
    assert index.list() == []
    assert index.count(parse("words OR is:read")) == 0
    index.close()
    assert (path.read_bytes() if path.exists() else None) == content


def test_a_path_that_cannot_be_opened_is_an_archive_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"index\.sqlite"):
        Index(tmp_path / "missing" / "index.sqlite")


def test_two_at_once_see_each_others_writes_and_only_those_as_foreign(path: Path) -> None:
    one, other = Index(path), Index(path)
    seen_by_one, seen_by_other = one.data_version(), other.data_version()

    one.put_articles([article(2)])

    assert one.data_version() == seen_by_one
    assert other.data_version() != seen_by_other
    assert other.count() == 2
    one.close()
    other.close()


def test_clearing_empties_it_for_all_that_have_it_open(path: Path) -> None:
    one, other = Index(path), Index(path)
    assert other.count(parse("words")) == 1

    one.clear()

    assert other.count(parse("words")) == 0
    other.put_articles([article(3)])
    assert one.count(parse("words")) == 1
    one.close()
    other.close()


def test_lists_go_on_while_another_connection_writes(index: Index) -> None:
    with index.bulk():
        index.put_articles([article(2)])
        assert index.count() == 1

    assert index.count() == 2


def test_threads_may_write_and_read_at_once(index: Index) -> None:
    failures: list[Exception] = []

    def work(base: int) -> None:
        try:
            for number in range(base, base + 30):
                index.put_articles([article(number)])
                index.search(parse("words"))
                index.put_marks({f"260301a{number}": Mark(read=True)})
        except ArchiveError as error:
            failures.append(error)

    threads = [Thread(target=work, args=(base,)) for base in (100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert index.totals() == (91, 1, 0)
    assert index.check() == []


def test_a_search_is_interrupted_and_the_next_one_is_not(index: Index) -> None:
    words = " ".join(f"w{n}" for n in range(300))
    with index.bulk():
        index.put_articles([article(number, words) for number in range(2, 1_500)])
    slow = parse(" OR ".join(f"-(w{n}* w{n + 1}* w{n + 2}*)" for n in range(80)))
    outcome: list[object] = []
    started = Event()

    def search() -> None:
        started.set()
        try:
            outcome.append(index.search(slow))
        except SearchInterrupted as error:
            outcome.append(error)

    thread = Thread(target=search)
    thread.start()
    started.wait()
    deadline = time.monotonic() + 30
    while thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.02)
        index.interrupt()
        assert index.count() == 1_499  # the lists are not touched
    thread.join()

    assert isinstance(outcome[0], SearchInterrupted)
    assert len(index.search(parse("w7"), limit=5)) == 5


def test_a_writer_that_is_killed_leaves_whole_transactions(path: Path) -> None:
    script = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from archive.index import Index
from archive.models import Article, Mark
index = Index(Path(sys.argv[1]))
number = 1000
while True:
    rows = [(Article("", "", "killed words", datetime.now(UTC), article_id=f"260301a{number + n}"),
             Mark()) for n in range(20)]
    index.put_articles(rows)
    number += 20
    print(number, flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        acknowledged = [int(writer.stdout.readline()) for _ in range(10)][-1]
        writer.kill()

    index = Index(path)

    assert not index.fresh
    assert index.totals()[0] >= 1 + acknowledged - 1000
    assert (index.totals()[0] - 1) % 20 == 0
    assert index.check() == []
    index.close()
