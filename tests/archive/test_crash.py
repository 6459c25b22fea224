"""kill -9 at any moment: the archive opens, with every change that was acknowledged."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from archive import Archive
from tests.archive.making import clock, output_of, python

WORK = """
import sys
from archive import Archive, MarkChange
from tests.archive.making import START, clock, make_article
first = int(sys.argv[2])
with Archive.open(sys.argv[1], now=clock) as archive:
    for number in range(first, first + 10_000):
        page = archive.pages.append(f"https://weekly.example/{number}", 200, {}, b"x" * 900, START)
        text = f"Field {number}. " + "corn " * 20_000
        (stored,) = archive.save([make_article(number, text=text, page=page)])
        print("saved", stored.article_id, number, flush=True)
        archive.tag(stored.article_id, add=["rye"])
        print("tagged", stored.article_id, number, flush=True)
        archive.mark("", MarkChange(starred=number % 2 == 0))
        print("starred", stored.article_id, number, flush=True)
"""


def killed_at_work(folder: Path, first: int, delay: float) -> list[list[str]]:
    """What a process had acknowledged when it was killed."""
    process = python(WORK, folder, first)
    assert process.stdout is not None
    said = [process.stdout.readline()]
    time.sleep(delay)
    process.kill()
    said += process.stdout.read().splitlines(keepends=True)
    _, errors = process.communicate()

    assert errors == ""
    return [line.split() for line in said if line.endswith("\n")]


@pytest.mark.parametrize("seed", range(3))
def test_nothing_acknowledged_is_lost(tmp_path: Path, seed: int) -> None:
    delays = random.Random(seed)
    saved: dict[str, int] = {}
    tagged: set[str] = set()
    for turn in range(3):
        said = killed_at_work(tmp_path, 100_000 * turn, delays.uniform(0.05, 0.6))
        saved |= {line[1]: int(line[2]) for line in said if line[0] == "saved"}
        tagged |= {line[1] for line in said if line[0] == "tagged"}
        with Archive.open(tmp_path, now=clock) as archive:
            assert {each.kind for each in archive.recovered} <= {"interrupted"}
            assert {each: archive.get(each).url for each in saved} == {
                each: f"https://weekly.example/{number}" for each, number in saved.items()
            }
            assert {each for each in tagged if "rye" not in archive.mark_of(each).tags} == set()
            assert {each.article_id for each in archive.list("tag:rye", limit=10_000)} >= tagged
            assert archive.verify() == []


STEP_BY_STEP = """
import os, shutil, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from archive import Archive, Feed, FetchState, MarkChange
from archive.revisions import revise
from tests.archive.making import FEED, START, make_article, make_articles

root, part, parts = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
day = 1
now = lambda: datetime(2026, 11, day, 8, tzinfo=UTC)

def prepare(path):
    global day
    with Archive.open(path, now=now) as archive:
        for day in (1, 2, 3):
            archive.save(make_articles(4, first=100 * day))

steps = [
    lambda a: a.save(make_articles(2, first=900)),
    lambda a: a.save([revise(a.get("261101a1"), "New", "New text.", START)]),
    lambda a: a.tag("", add=["rye"]),
    lambda a: a.mark("261102a1", MarkChange(read=True, note="good")),
    lambda a: a.undo(),
    lambda a: a.tagging.rename("rye", "oats"),
    lambda a: a.undo(),
    lambda a: a.undo(),
    lambda a: a.add_feed(Feed(FEED, title="Weekly")),
    lambda a: a.save_fetch_states([FetchState(FEED, etag="e")]),
    lambda a: a.rebuild(),
]

def state(archive):
    ids = sorted(each.article_id for each in archive.list(limit=1000))
    return repr([(archive.get(i), archive.mark_of(i)) for i in ids]) + repr(
        (archive.feeds(), archive.tags(), archive.totals()))

def run_until(path, deadly, tell):
    seen = 0
    def count(event, arguments):
        nonlocal seen
        if event in ("open", "os.rename", "os.remove", "os.link", "fcntl.flock"):
            seen += 1
            if seen == deadly:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
    with Archive.open(path, now=now) as archive:
        for step in steps:
            step(archive)
            os.write(tell, b"x")
    return seen

prepare(root / "start")
shutil.copytree(root / "start", root / "sound")
states = []
with Archive.open(root / "sound", now=now) as archive:
    states.append(state(archive))
    for step in steps:
        step(archive)
        states.append(state(archive))

deadly = part
finished = False
while not finished:
    path = root / f"run{deadly}"
    shutil.copytree(root / "start", path)
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        run_until(path, deadly, tell)
        os._exit(0)
    os.close(tell)
    done = 0
    while chunk := os.read(hear, 1000):
        done += len(chunk)
    os.close(hear)
    finished = os.waitpid(child, 0)[1] == 0
    with Archive.open(path, now=now) as archive:
        bad = [each for each in archive.recovered if each.kind != "interrupted"]
        if state(archive) not in states[done:done + 2] or bad or archive.verify():
            where = states.index(state(archive)) if state(archive) in states else "nowhere"
            print(f"killed at event {deadly}, {done} steps done: {where}", bad)
    if list(path.rglob("*.tmp")):
        print(f"killed at event {deadly}: left", list(path.rglob("*.tmp")))
    shutil.rmtree(path)
    deadly += parts
print("tried", deadly // parts > 5)
"""


def test_a_kill_at_any_step_on_the_file_system_leaves_all_or_nothing(tmp_path: Path) -> None:
    """Every fifth of the moments at which a file is opened, renamed, removed or locked."""
    assert output_of(STEP_BY_STEP, tmp_path, 2, 5) == "tried True"
