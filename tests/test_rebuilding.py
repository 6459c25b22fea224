"""Damage takes articles; their raw pages bring them back, under their ids, with their marks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, MarkChange, Summary
from reader.config import Settings
from reader.library import Library
from tests.servers import BRIDGE, FERRY, LIBRARY, NewsSite

Damage = Callable[[Path], object]
SETTINGS = Settings(connections=4)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:400])


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(200, len(data), 97):
        data[at] ^= 0xFF
    path.write_bytes(data)


DAMAGES: dict[str, Damage] = {
    "cut": cut,
    "emptied": lambda path: path.write_bytes(b""),
    "zeroed": zero,
    "flipped": flip,
    "deleted": lambda path: path.unlink(),
}


@pytest.fixture
def folder(tmp_path: Path, outlet: NewsSite) -> Path:
    """An archive of three read, starred and tagged articles; the web is gone."""
    with Library.open(tmp_path / "archive", SETTINGS) as library:
        library.subscribe(outlet.rss_url)
        list(library.refresh())
        library.mark("ferry", MarkChange(read=True, starred=True, add_tags=("sea",)))
        library.mark(library.list("ferry")[0].article_id, MarkChange(position=40, note="mine"))
    outlet.server.stop()
    return tmp_path / "archive"


def volume(folder: Path) -> Path:
    (found,) = (path for path in folder.rglob("volumes/*/*.json") if "marks" not in path.name)
    return found


def texts(library: Library) -> dict[str, Article]:
    return {row.article_id: library.get(row.article_id) for row in library.list()}


def seen(rows: list[Summary]) -> list[Summary]:
    """What lists show, but for the place in the index."""
    return [replace(row, row_id=0) for row in rows]


@pytest.mark.parametrize("damage", DAMAGES)
def test_lost_articles_are_rebuilt_with_ids_texts_and_marks(folder: Path, damage: str) -> None:
    with Library.open(folder, SETTINGS) as library:
        before, rows = texts(library), library.list()
        marks = {each: library.mark_of(each) for each in before}
    DAMAGES[damage](volume(folder))

    with Library.open(folder, SETTINGS) as library:
        after = texts(library)
        said = [problem.detail for problem in library.recovered if problem.kind == "rebuilt"]
        assert seen(library.list()) == seen(rows)
        assert {each: library.mark_of(each) for each in after} == marks
        assert library.list('"three nights a week"')[0].title == FERRY.title
        assert library.verify() == []

    assert said == ["3 articles were lost, 3 rebuilt from the raw pages"]
    for article_id, article in after.items():
        known = before[article_id]
        assert (article.text, article.title, article.url) == (known.text, known.title, known.url)
        assert (article.published_at, article.archived_at) == (
            known.published_at,
            known.archived_at,
        )
        assert (article.page, article.fetched_at) == (known.page, known.page and article.fetched_at)
        assert [(one.feed_url, one.entry_id) for one in article.origins] == [
            (one.feed_url, one.entry_id) for one in known.origins
        ]
        assert "Rebuilt on " in article.notes[0]
    assert not (folder / "lost.json").exists()


def test_an_article_that_damage_altered_gets_its_text_back(folder: Path) -> None:
    with Library.open(folder, SETTINGS) as library:
        before = texts(library)
        (row,) = library.list("ferry feed:f1")
    path = volume(folder)
    path.write_bytes(path.read_bytes().replace(b"three nights a week", b"three nightz a week"))

    with Library.open(folder, SETTINGS) as library:
        said = [problem.detail for problem in library.recovered if problem.kind == "rebuilt"]
        after = texts(library)
        assert library.mark_of(row.article_id).tags == ("sea",)
        assert library.verify() == []

    assert said == ["1 article was altered, 1 rebuilt from the raw pages"]
    assert [after[each].text for each in before] == [before[each].text for each in before]
    (altered,) = after[row.article_id].revisions
    assert "three nightz a week" in altered.text


def test_the_next_refresh_doubles_nothing(folder: Path, outlet: NewsSite) -> None:
    zero(volume(folder))

    with Library.open(folder, SETTINGS) as library:
        list(library.refresh())

        assert library.count() == 3


def test_new_articles_never_get_the_ids_of_lost_ones(folder: Path, tmp_path: Path) -> None:
    for path in folder.rglob("*.warc.gz"):
        path.unlink()
    volume(folder).unlink()
    line = tmp_path / "one.jsonl"
    line.write_text(json.dumps({"url": "https://a.example/", "title": "New", "text": "New."}))

    with Library.open(folder, SETTINGS) as library:
        lost = [problem.detail for problem in library.recovered if problem.kind == "rebuilt"]
        library.import_file(str(line))
        (row,) = library.list()

    (words,) = lost
    assert words.startswith("3 articles were lost, 0 rebuilt from the raw pages; the next refresh")
    assert (row.read, row.tags) == (False, ())


def test_what_pages_do_not_bring_back_the_feeds_are_asked_for(
    tmp_path: Path, outlet: NewsSite
) -> None:
    outlet.server.put(f"/news/{BRIDGE.slug}", "<body></body>")
    with Library.open(tmp_path / "archive", SETTINGS) as library:
        library.subscribe(outlet.rss_url)
        list(library.refresh())
    zero(volume(tmp_path / "archive"))

    with Library.open(tmp_path / "archive", SETTINGS) as library:
        assert {row.title for row in library.list()} == {FERRY.title, LIBRARY.title}
        list(library.refresh())
        assert {row.title for row in library.list()} == {FERRY.title, BRIDGE.title, LIBRARY.title}


def test_every_text_that_has_a_page_comes_back_as_a_revision(
    tmp_path: Path, outlet: NewsSite
) -> None:
    folder = tmp_path / "archive"
    with Library.open(folder, SETTINGS) as library:
        library.subscribe(outlet.rss_url)
        list(library.refresh())
        for more in ("A second boat.", "A third boat."):
            story = replace(FERRY, body=FERRY.body + f"<p>{more}</p>")
            outlet.server.put("/news/ferry", outlet.page(story))
            list(library.refresh(recheck=True))
        (row,) = library.list("ferry feed:f1")
        before = library.get(row.article_id)
    zero(volume(folder))

    with Library.open(folder, SETTINGS) as library:
        after = library.get(before.article_id)

    assert after.text == before.text
    assert [one.text for one in after.revisions] == [one.text for one in before.revisions]
    assert len(after.revisions) == 2


KILLED = """
import os, sys
from pathlib import Path
from reader.config import Settings
from reader.library import Library
import reader.pipeline.rebuild as rebuild
import archive.catalogue as catalogue
where = sys.argv[2]
die = lambda *_, **__: os._exit(9)
if where == "rebuilding":
    rebuild.rebuilt = die
elif where == "salvaging":
    catalogue.Catalogue._index_volume = die
Library.open(Path(sys.argv[1]), Settings())
"""


@pytest.mark.parametrize("where", ["rebuilding", "salvaging"])
def test_dying_while_rebuilding_costs_nothing(folder: Path, where: str) -> None:
    zero(volume(folder))
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder), where], check=False)

    with Library.open(folder, SETTINGS) as library:
        assert library.count() == 3
        assert library.mark_of(library.list("ferry")[0].article_id).tags == ("sea",)
        assert library.verify() == []
    assert killed.returncode == 9


@pytest.mark.parametrize("command", ["verify", "rebuild"])
def test_damage_that_no_stat_tells_is_made_good_too(folder: Path, command: str) -> None:
    path = volume(folder)
    stat = path.stat()
    data = bytearray(path.read_bytes())
    start = data.rindex(b'"3": ')
    data[start : start + 3] = b"\x00\x00\x00"
    with path.open("r+b") as file:
        file.write(data)
    os.utime(path, ns=(stat.st_mtime_ns, stat.st_mtime_ns))

    with Library.open(folder, SETTINGS) as library:
        assert library.recovered == []
        getattr(library, command)()

        assert library.count() == 3
        assert library.verify() == []


def test_an_archive_that_is_only_read_rebuilds_nothing(folder: Path) -> None:
    zero(volume(folder))
    with Archive.open(folder, read_only=True) as archive:
        library = Library(archive, SETTINGS)

        assert library.rebuild_lost() == []
