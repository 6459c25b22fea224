"""The index is derived: built anew, it holds the same as before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive, Feed, MarkChange, Origin
from archive.revisions import revise
from tests.archive.index_content import content_hash
from tests.archive.making import FEED, START, make_article

OTHER = "https://daily.example/rss"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive with a history: revisions, marks and tags taken back, feeds come and gone."""
    with Archive.open(tmp_path) as archive:
        saved = []
        for day in range(4):
            saved += archive.save(
                [
                    make_article(
                        number,
                        text=f"数据 and words {number} of day {day}",
                        archived_at=START + timedelta(days=day),
                        language=("en", "zh-Hans", None)[number % 3],
                        author=f"Ada {number}",
                    )
                    for number in range(day * 10, day * 10 + 10)
                ]
            )
        feeds = [archive.add_feed(Feed(OTHER, title="Daily")), archive.add_feed(Feed(FEED))]
        adopted = replace(saved[3], origins=(*saved[3].origins, Origin(OTHER, "x", "h")))
        archive.save([adopted, revise(saved[7], "Renamed", "A new text", START)])
        archive.update_feed(replace(feeds[0], user_title="Mine", folder="A/B"))
        archive.tag("words", add=["All", "of them"])
        archive.tag([saved[5].article_id], remove=["all"])
        archive.mark("ada", MarkChange(read=True))
        archive.undo()
        archive.mark([saved[9].article_id], MarkChange(read=True, starred=True))
        archive.remove_feed(feeds[1].feed_id)
    return tmp_path


def rebuild(folder: Path) -> None:
    with Archive.open(folder) as archive:
        archive.rebuild()


def delete(folder: Path) -> None:
    for path in folder.glob("index.sqlite*"):
        path.unlink()
    Archive.open(folder).close()


@pytest.mark.parametrize("anew", [rebuild, delete])
def test_an_index_built_anew_holds_the_same(folder: Path, anew: Callable[[Path], None]) -> None:
    before = content_hash(folder / "index.sqlite")
    anew(folder)

    assert content_hash(folder / "index.sqlite") == before


def test_the_hash_tells_a_difference_of_any_kind(folder: Path) -> None:
    before = content_hash(folder / "index.sqlite")
    with Archive.open(folder) as archive:
        archive.tag([archive.list()[0].article_id], add=["one more"])
        tagged = content_hash(folder / "index.sqlite")
        archive.save([make_article(99)])
        saved = content_hash(folder / "index.sqlite")

    assert {kind for kind in before if tagged[kind] != before[kind]} == {"lists", "tags"}
    changed = {kind for kind in before if saved[kind] != tagged[kind]}
    assert changed == set(before) - {"tags"}
