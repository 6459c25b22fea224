"""Backup and move: a folder copied while a writer is busy holds what was acknowledged before."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from archive import Archive
from tests.archive.index_content import content_hash
from tests.archive.making import clock, make_article, python

WRITER = """
import sys
from datetime import timedelta
from archive import Archive, MarkChange
from tests.archive.making import START, make_article
with Archive.open(sys.argv[1]) as archive:
    number = 0
    while True:
        page = archive.pages.append(f"https://weekly.example/{number}", 200, {}, b"x" * 5000, START)
        texts = [f"words {n} " * 150 for n in range(number, number + 20)]
        new = [make_article(number + n, text=text, page=None if n else page)
               for n, text in enumerate(texts)]
        ids = [each.article_id for each in archive.save(new)]
        archive.mark(ids[:5], MarkChange(starred=True, add_tags=("kept",)))
        print(*ids, flush=True)
        number += 20
"""


def copied(root: Path, copy: Path) -> None:
    subprocess.run(["cp", "-r", str(root), str(copy)], check=False, capture_output=True)


def test_a_copy_made_beside_a_busy_writer_opens_with_all_that_was_acknowledged(
    tmp_path: Path,
) -> None:
    root = tmp_path / "archive"
    writer = python(WRITER, root)
    acknowledged: list[list[str]] = []
    counts: list[int] = []
    try:
        for number in range(8):
            acknowledged += [writer.stdout.readline().split() for _ in range(4)]
            counts.append(len(acknowledged))
            copied(root, tmp_path / f"copy{number}")
    finally:
        writer.kill()
        writer.communicate()

    assert all(len(ids) == 20 for ids in acknowledged)
    for number, count in enumerate(counts):
        check(tmp_path / f"copy{number}", acknowledged[:count])


def test_marks_that_were_copied_later_than_their_articles_go_to_no_other(tmp_path: Path) -> None:
    root, copy = tmp_path / "archive", tmp_path / "copy"
    with Archive.open(root, now=clock) as archive:
        archive.save([make_article(1)])
        shutil.copytree(root, copy)
        (later,) = archive.save([make_article(2)])
        archive.tag([later.article_id], add=["secret"])
    marks = "volumes/2026/2026-11-22.marks.json"
    shutil.copy(root / marks, copy / marks)

    with Archive.open(copy, now=clock) as archive:
        (other,) = archive.save([make_article(3)])

        assert other.article_id != later.article_id
        assert archive.mark_of(other.article_id).tags == ()


def test_an_index_copied_in_two_states_is_built_anew(tmp_path: Path) -> None:
    """The file is whole to SQLite, but its words are not those of its articles."""
    root, copy = tmp_path / "archive", tmp_path / "copy"
    with Archive.open(root, now=clock) as archive:
        archive.save([make_article(n) for n in range(1, 9)])
    shutil.copytree(root, copy)
    with closing(sqlite3.connect(copy / "index.sqlite")) as database:
        database.execute("DELETE FROM fts_docsize WHERE id IN (SELECT id FROM fts_docsize LIMIT 4)")
        database.commit()

    with Archive.open(copy, now=clock) as archive:
        assert archive.verify() == []
        assert archive.count("harvest") == 8


def check(copy: Path, acknowledged: list[list[str]]) -> None:
    """Every acknowledged article is there in full, and the index says what the files say."""
    with Archive.open(copy) as archive:
        for ids in acknowledged:
            for place, article_id in enumerate(ids):
                assert archive.get(article_id).text.startswith("words ")
                assert archive.mark_of(article_id).starred == (place < 5)
            assert archive.pages.read(archive.get(ids[0]).page).body == b"x" * 5000
        # What was saved after the copy began may be there in part.
        assert {each.kind for each in archive.verify()} <= {"page", "orphan"}
        assert archive.count() >= 20 * len(acknowledged)
        assert archive.count("tag:kept") >= 5 * len(acknowledged)
        (found,) = [row.article_id for row in archive.search('"words 7 words"', limit=1)]
        assert found in acknowledged[0]
    before = content_hash(copy / "index.sqlite")
    with Archive.open(copy) as archive:
        archive.rebuild()

    assert content_hash(copy / "index.sqlite") == before
