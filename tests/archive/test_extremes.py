"""Values at the edge of what an archive can hold: numbers, dates, clocks."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import Archive, ArchiveError, Feed, FetchState, Mark, MarkChange
from tests.archive.making import FEED, clock, make_article, make_articles

VOLUME = "volumes/2026/2026-11-22.json"
FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive with three articles, closed."""
    path = tmp_path / "news"
    with Archive.open(path, now=clock) as archive:
        archive.save(make_articles(3))
        archive.add_feeds([Feed(FEED), Feed("https://b.example/f")])
        archive.save_fetch_states([FetchState(FEED), FetchState("https://b.example/f")])
    return path


def alter(path: Path, table: str, key: str, **fields: object) -> None:
    """Writes fields into a document as another program would."""
    tables = json.loads(path.read_text())
    tables[table].setdefault(key, {}).update(fields)
    path.write_text(json.dumps(tables))


@pytest.mark.parametrize("number", [2**63, 2**64 - 1, 2**200, -(2**63)])
def test_numbers_too_large_to_store_are_saved_as_the_largest(folder: Path, number: int) -> None:
    edge = 2**63 - 1 if number > 0 else 1 - 2**63
    with Archive.open(folder, now=clock) as archive:
        (stored,) = archive.save(
            [make_article(9, title="A\ud800", word_count=number)], [Mark(position=number)]
        )
        archive.mark("261122a1", MarkChange(position=number))

        assert (stored.word_count, stored.title) == (edge, "A")
        assert archive.mark_of("261122a1").position == max(0, edge)

    with Archive.open(folder, now=clock) as archive:
        assert archive.recovered == []
        assert archive.get("261122a4") == stored
        assert archive.mark_of("261122a4").position == edge
        assert archive.undo() is None


@pytest.mark.parametrize(
    "fields",
    [
        {"word_count": 2**64 - 1},
        {"word_count": -(2**63)},
        {"archived_at": "0001-01-01T00:00:00+14:00"},
        {"published_at": "9999-12-31T23:59:59-14:00"},
        {"sections": [{"number": 1, "heading": "", "level": 1, "start": 2**63}]},
    ],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_a_record_with_a_value_that_cannot_be_is_lost_alone(
    folder: Path, fields: dict[str, object], read_only: bool
) -> None:
    alter(folder / VOLUME, "articles", "2", **fields)

    with Archive.open(folder, now=clock, read_only=read_only) as archive:
        (problem,) = archive.recovered

        assert problem.path == VOLUME
        assert sorted(each.article_id for each in archive.list()) == ["261122a1", "261122a3"]
        assert read_only or problem.article_ids == ("261122a2",)
    with Archive.open(folder, now=clock, read_only=read_only) as archive:
        assert archive.count() == 2


@pytest.mark.parametrize("read_only", [True, False])
def test_records_beside_the_volumes_are_lost_alone_too(folder: Path, read_only: bool) -> None:
    alter(folder / "library.json", "feeds", "2", feed_url=7)
    alter(folder / "fetch.json", "states", "2", failure_count=2**64 - 1)

    with Archive.open(folder, now=clock, read_only=read_only) as archive:
        assert [each.feed.feed_url for each in archive.feeds()] == [FEED]
        assert list(archive.fetch_states()) == [FEED]
        assert [each.path for each in archive.recovered] == ["library.json", "fetch.json"]


@pytest.mark.parametrize("line", ['"generation": 18446744073709551615', '"next_id": 1e300'])
def test_a_first_line_with_numbers_that_cannot_be_is_repaired(folder: Path, line: str) -> None:
    path = folder / VOLUME
    name = line.partition(":")[0]
    head, _, body = path.read_text().partition("\n")
    meta = json.loads(head.rstrip(",") + "}")["meta"]["1"]
    path.write_text(head.replace(f"{name}:{meta[name.strip(chr(34))]}", line) + "\n" + body)

    with Archive.open(folder, now=clock) as archive:
        assert archive.count() == 3
        assert len(archive.recovered) == 1
        assert archive.save([make_article(9)])[0].article_id == "261122a4"
        assert archive.verify() == []


def test_a_key_that_is_no_number_harms_no_other(folder: Path) -> None:
    alter(folder / VOLUME, "articles", "x", url="https://a.example/")

    with Archive.open(folder, now=clock) as archive:
        assert archive.count() == 3
        assert len(archive.recovered) == 1


def test_a_number_that_sqlite_cannot_take_is_an_error_of_the_archive(folder: Path) -> None:
    with (
        Archive.open(folder, now=clock) as archive,
        pytest.raises(ArchiveError, match="cannot hold a value"),
    ):
        archive.list(limit=2**70)


def test_the_first_and_the_last_instant_are_stored_and_listed_in_order(folder: Path) -> None:
    with Archive.open(folder, now=clock) as archive:
        archive.save(
            [
                make_article(number, archived_at=at, published_at=at, updated_at=at, changed_at=at)
                for number, at in ((4, FIRST), (5, LAST))
            ]
        )
        archive.rebuild()
        listed = [each.article_id for each in archive.list()]

        assert (listed[0], listed[-1], len(listed)) == ("261122a5", "261122a4", 5)
        assert archive.get("261122a4").published_at == FIRST
        assert [each.archived_at for each in archive.list("after:9998")] == [LAST]
        assert [each.archived_at for each in archive.list("before:0002")] == [FIRST]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), "000101a1"),
        (FIRST, "000101a1"),
        (datetime(2100, 1, 1, tzinfo=UTC), "991231a1"),
        (LAST - timedelta(days=1), "991231a1"),
    ],
)
def test_a_wrong_clock_hides_nothing(tmp_path: Path, now: datetime, expected: str) -> None:
    with Archive.open(tmp_path, now=lambda: now) as archive:
        (stored,) = archive.save([make_article(1)])
        archive.tag(stored.article_id, add=["rye"])

    with Archive.open(tmp_path, now=clock) as archive:
        assert stored.article_id == expected
        assert archive.get(expected) == stored
        assert archive.mark_of(expected) == Mark(tags=("rye",))
        assert [each.article_id for each in archive.list("tag:rye")] == [expected]
        assert archive.verify() == []
