"""Errors and kills in the middle of each operation; `make faults` and `make kills` try far more."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive, MarkChange
from tests.archive.making import ROOT, START, clock, make_article, output_of


def said_by(module: str, *arguments: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=300,
    )
    return [*run.stdout.splitlines(), *run.stderr.splitlines()]


def test_a_fault_at_a_handful_of_calls_of_each_operation_leaves_all_or_nothing() -> None:
    said = said_by("bench.faults", "--short")

    assert [line for line in said if "tried" not in line][-1].endswith("faults, 0 wrong"), said


def test_kills_at_random_lose_nothing_that_was_acknowledged() -> None:
    said = said_by("bench.faults.kills", "--kills", "20")

    assert said[-1].endswith("changes, 0 with losses"), said


FAILING = """
import resource, signal, sys
from datetime import timedelta
from archive import Archive, ArchiveError, MarkChange
from bench.faults.injection import Faults
from pathlib import Path
from tests.archive.making import START, clock, make_article
faults = Faults(Path(sys.argv[1]))
archive = Archive.open(sys.argv[1], now=clock)
def fails(work, turn):
    try:
        with faults.armed("full", turn):
            work()
    except ArchiveError as error:
        return type(error).__name__
    return "done"
"""


@pytest.fixture
def three_days(tmp_path: Path) -> Path:
    """An archive of three volumes, all starred in one step, one tagged before."""
    for day in range(3):
        at = START + timedelta(days=day - 2)
        with Archive.open(tmp_path, now=lambda at=at: at) as archive:
            archive.save([make_article(day)])
    with Archive.open(tmp_path, now=clock) as archive:
        archive.tag("261122a1", add=["rye"])
        archive.mark("", MarkChange(starred=True), label="starring")
    return tmp_path


def test_an_undo_that_failed_half_way_is_gone_on_with(three_days: Path) -> None:
    """The next undo must not take back an older change and leave this one half done."""
    code = FAILING + (
        "print(fails(archive.undo, 30), archive.undo(), archive.totals()[2],"
        " archive.count('tag:rye'))"
    )

    assert output_of(code, three_days) == (
        "WriteFailed Undone(label='starring', article_count=3, article_id='') 0 1"
    )


def test_a_change_that_could_not_be_taken_back_does_not_overtake_a_later_one(
    three_days: Path,
) -> None:
    code = FAILING + (
        "print(fails(lambda: archive.tag('', add=['oats']), 30))\n"
        "archive.tag('261122a1', add=['oats'])\n"
        "print(archive.tag('261121a1', remove=['oats']), archive.count('tag:oats'))\n"
    )

    said = output_of(code, three_days).splitlines()

    with Archive.open(three_days, now=clock) as archive:
        assert archive.recovered == []
        tagged = {row.article_id for row in archive.list("tag:oats")}
    assert said[0] == "WriteFailed"
    assert "261122a1" in tagged
    assert "261121a1" not in tagged


def test_articles_that_only_the_index_missed_are_not_saved_twice(tmp_path: Path) -> None:
    """They filled their volume, so that the second attempt comes to another one."""
    code = FAILING + (
        "large = [make_article(1, text='w' * 1_100_000), make_article(2)]\n"
        "print(fails(lambda: archive.save(large), 8))\n"
        "print([each.article_id for each in archive.save(large)], archive.count())\n"
    )

    assert output_of(code, tmp_path).splitlines() == [
        "WriteFailed",
        "['261122a1', '261122b1'] 2",
    ]


def test_an_unreadable_disk_is_an_error_of_the_archive_and_lets_go_of_the_lock(
    three_days: Path,
) -> None:
    code = FAILING + (
        "mark = lambda: archive.mark('261122a1', MarkChange(note='good'))\n"
        "for turn in range(1, 40):\n"
        "    try:\n"
        "        with faults.armed('I/O error', turn):\n"
        "            mark()\n"
        "    except ArchiveError:\n"
        "        pass\n"
        "import subprocess\n"
        "beside = 'import sys; from archive import Archive; '\n"
        'beside += \'Archive.open(sys.argv[1]).tag("261121a1", add=["beside"])\'\n'
        "subprocess.run([sys.executable, '-c', beside, sys.argv[1]], check=True, timeout=20)\n"
        "print(archive.mark_of('261122a1').note, archive.count('tag:beside'))\n"
    )

    assert output_of(code, three_days) == "good 1"


def test_verifying_removes_a_page_that_was_never_finished_and_no_damaged_one(
    tmp_path: Path,
) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        archive.pages.append("https://a.example/1", 200, {}, b"whole " * 99, START)
        ref = archive.pages.append("https://a.example/2", 200, {}, b"torn " * 99, START)
        path = tmp_path / ref.warc
        content = path.read_bytes()
        path.write_bytes(content[:-20])

        assert archive.verify() == []
        assert path.read_bytes() == content[: ref.offset]

        path.write_bytes(b"")
        assert archive.verify() == []

        rotten = content[:-8] + b"\0\0\0\0" + content[-4:]
        path.write_bytes(rotten)
        assert [each.kind for each in archive.verify()] == ["damaged"]
        assert path.read_bytes() == rotten
