"""A hundred kinds of damage to a volume and to its marks: what is whole in a file is never lost."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from archive import Archive, Article, Mark, MarkChange
from tests.archive.making import START, clock, make_article, make_articles

VOLUME = "volumes/2026/2026-11-22.json"
MARKS = "volumes/2026/2026-11-22.marks.json"
COUNT = 12
Damage = Callable[[bytes, random.Random], tuple[bytes, int, int]]
"""Content and dice to damaged content, and from where to where it was touched."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve articles, each with a note, and in another volume one more."""
    folder = tmp_path_factory.mktemp("sound") / "news"
    with Archive.open(folder, now=clock) as archive:
        for stored in archive.save(make_articles(COUNT)):
            archive.mark(stored.article_id, MarkChange(note=f"of {stored.title}"))
    with Archive.open(folder, now=lambda: START.replace(day=23)) as archive:
        archive.save([make_article(99)])
    return folder


def cut(content: bytes, dice: random.Random) -> tuple[bytes, int, int]:
    at = dice.randrange(1, len(content) - 6)
    return content[:at], at, len(content)


def nul_tail(content: bytes, dice: random.Random) -> tuple[bytes, int, int]:
    at = dice.randrange(1, len(content) - 6)
    return content[:at] + b"\0" * (len(content) - at), at, len(content)


def one_byte(content: bytes, dice: random.Random) -> tuple[bytes, int, int]:
    at = dice.randrange(len(content))
    other = dice.choice([each for each in b'0123456789abc{}[]",:\n ' if each != content[at]])
    return content[:at] + bytes([other]) + content[at + 1 :], at, at + 1


def no_utf8(content: bytes, dice: random.Random) -> tuple[bytes, int, int]:
    at = dice.randrange(len(content))
    return content[:at] + b"\xff" + content[at + 1 :], at, at + 1


def a_hole(content: bytes, dice: random.Random) -> tuple[bytes, int, int]:
    at = dice.randrange(len(content) - 100)
    return content[:at] + content[at + 90 :], at, at + 90


def a_name_of_a_table(content: bytes, dice: random.Random) -> tuple[bytes, int, int]:
    start = dice.choice([each.start() for each in re.finditer(rb'(?m)^"[a-z]+": \{$', content)])
    at = start + dice.randrange(12)
    return content[:at] + b"q" + content[at + 1 :], at, at + 1


def a_number(content: bytes, dice: random.Random) -> tuple[bytes, int, int]:
    at = dice.choice([each.start() for each in re.finditer(rb'(?m)(?<=^")\d', content)])
    digit = dice.choice([each for each in b"123456789" if each != content[at]])
    return content[:at] + bytes([digit]) + content[at + 1 :], at, at + 1


KINDS: tuple[Damage, ...] = (
    cut,
    nul_tail,
    one_byte,
    no_utf8,
    a_hole,
    a_name_of_a_table,
    a_number,
)


def untouched(content: bytes, table: str, start: int, end: int) -> set[int]:
    """The numbers of a table's documents of whose lines no byte is within the damage."""
    found, place, inside = set(), 0, False
    for line in content.splitlines(keepends=True):
        stop = place + len(line)
        if line == b'"%s": {\n' % table.encode():
            inside = True
        elif line.startswith(b"}"):
            inside = False
        elif inside and (stop - 2 <= start or place > end):
            found.add(int(line.split(b'"')[1]))
        place = stop
    return found


def damaged(sound: Path, folder: Path, name: str, content: bytes) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(sound, folder)
    (folder / name).write_bytes(content)
    return folder


def others(folder: Path, name: str) -> dict[str, bytes]:
    """The records in the plain files but for that one, and those written because it was damaged.

    Their meta may change: a volume passes over the number of an article that only its mark tells.
    """
    return {
        str(path.relative_to(folder)): path.read_bytes().partition(b"\n")[2]
        for path in folder.rglob("*.json")
        if str(path.relative_to(folder)) not in (name, "fetch.json", "lost.json")
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(("name", "table"), [(VOLUME, "articles"), (MARKS, "marks")])
def test_what_is_whole_in_a_damaged_file_is_kept_and_the_rest_told_in_a_line(
    sound: Path, tmp_path: Path, kind: Damage, name: str, table: str
) -> None:
    content = (sound / name).read_bytes()
    with Archive.open(sound, now=clock) as archive:
        articles = {number: archive.get(f"261122a{number}") for number in range(1, COUNT + 1)}
        marks = {number: archive.mark_of(f"261122a{number}") for number in range(1, COUNT + 1)}
    for seed in range(20):
        bad, start, end = kind(content, random.Random(f"{seed} {name}"))
        whole = untouched(content, table, start, end)
        folder = damaged(sound, tmp_path / "news", name, bad)

        with Archive.open(folder, now=clock) as archive:
            where = f"{kind.__name__}, seed {seed}: bytes {start} to {end}"
            (problem,) = archive.recovered
            assert "\n" not in problem.detail, where
            kept = held(archive, articles if name == VOLUME else marks, name)
            assert whole - kept == set(), f"{where}: {problem.detail}"
            assert archive.get("261123a1").title == "Harvest report 99", where
            assert {each.kind for each in archive.verify()} <= {"orphan"}, where
        (aside,) = folder.rglob("*.damaged-*")
        assert aside.read_bytes() == bad, where
        assert others(folder, name) == others(sound, name), where
        with Archive.open(folder, now=clock) as archive:
            assert archive.recovered == [], where


def held(archive: Archive, before: dict[int, Article] | dict[int, Mark], name: str) -> set[int]:
    """The numbers of those that are as they were before."""
    listed = {row.article_id for row in archive.list(limit=100)}
    get: Callable[[str], object] = archive.get if name == VOLUME else archive.mark_of
    return {
        number
        for number, value in before.items()
        if (key := f"261122a{number}") in listed and get(key) == value
    }


@pytest.mark.parametrize("name", [VOLUME, MARKS])
@pytest.mark.parametrize("content", [b"", b"\0" * 500, b"\n", b"null", b"{}"])
def test_a_file_without_content_is_a_loss_and_never_an_empty_one(
    sound: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    folder = damaged(sound, tmp_path / "news", name, content)

    with Archive.open(folder, now=clock) as archive:
        (problem,) = archive.recovered
        assert (problem.path, problem.kind) == (name, "damaged")
        assert len(problem.article_ids) == (COUNT if name == VOLUME else 0)
    (aside,) = folder.rglob("*.damaged-*")
    assert aside.read_bytes() == content


WRONG = (7, None, [], "x", {"title": 7}, {"url": None}, {"tags": "x", "read": "no", "note": 3})


@pytest.mark.parametrize("value", WRONG, ids=repr)
@pytest.mark.parametrize(("name", "table"), [(VOLUME, "articles"), (MARKS, "marks")])
def test_a_record_of_the_wrong_type_costs_no_other(
    sound: Path, tmp_path: Path, name: str, table: str, value: object
) -> None:
    tables = json.loads((sound / name).read_text())
    tables[table]["4"] = value
    folder = damaged(sound, tmp_path / "news", name, json.dumps(tables).encode())

    with Archive.open(folder, now=clock) as archive:
        assert len(archive.recovered) == 1
        listed = {row.article_id for row in archive.list(limit=100)}
        kept = {f"261122a{number}" for number in range(1, COUNT + 1) if number != 4}
        assert kept <= listed
        noted = noted_ids(archive, listed)
        assert kept <= noted


def noted_ids(archive: Archive, ids: Iterable[str]) -> set[str]:
    return {each for each in ids if archive.mark_of(each).note}
