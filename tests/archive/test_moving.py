"""A feed that moved takes its articles, entries and marks along, also when killed half-way."""

from __future__ import annotations

import bz2
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import Archive, Article, Feed, FetchState, Origin, Retention
from archive.feed_models import HostWait, Stated
from archive.fetch_file import FETCH_FILE

OLD, NEW = "https://old.example/rss", "https://new.example/rss"
AT = datetime(2026, 3, 4, 11, 10, tzinfo=UTC)


def article(number: int, *origins: Origin) -> Article:
    return Article(
        url=f"https://old.example/{number}",
        title=f"Letter {number}",
        text=f"The text of letter {number}.",
        archived_at=AT,
        origins=origins or (Origin(OLD, f"e{number}", "h"),),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive.open(tmp_path) as archive:
        archive.add_feed(Feed(OLD, title="Letters", folder="Post"))
        archive.save([article(number) for number in range(3)])
        archive.tag("feed:f1", add=["kept"])
    return tmp_path


def test_all_that_a_feed_has_stays_with_it(folder: Path) -> None:
    with Archive.open(folder) as archive:
        before = [row.article_id for row in archive.list("feed:f1")]
        moved = archive.fetching.move(archive.find_feed("f1"), NEW)

        assert (moved.feed_id, moved.feed_url, moved.former_urls) == ("f1", NEW, (OLD,))
        assert [row.article_id for row in archive.list("feed:f1 tag:kept")] == before
        assert {row.feed_url for row in archive.list()} == {NEW}
        assert sorted(archive.known_entries(NEW)) == ["e0", "e1", "e2"]
        assert archive.known_entries(OLD) == {}
        assert archive.feeds()[0].article_count == 3
        assert archive.verify() == []
    (folder / "index.sqlite").unlink()
    with Archive.open(folder) as archive:
        assert archive.feeds()[0].article_count == 3
        assert sorted(archive.known_entries(NEW)) == ["e0", "e1", "e2"]


def test_other_feeds_words_of_an_article_stay(folder: Path) -> None:
    both = article(9, Origin("https://third.example/rss", "t9"), Origin(OLD, "e9"))
    with Archive.open(folder) as archive:
        [saved] = archive.save([both])
        archive.fetching.move(archive.find_feed("f1"), NEW)

        origins = archive.get(saved.article_id).origins
        assert [origin.feed_url for origin in origins] == ["https://third.example/rss", NEW]


def test_a_move_that_was_cut_short_is_finished(folder: Path) -> None:
    with Archive.open(folder) as archive:
        # As after a kill: the subscription has moved, one article names its former address still.
        feed = replace(archive.find_feed("f1"), feed_url=NEW, former_urls=(OLD,))
        archive.update_feed(feed)
        first = archive.get(archive.list("feed:f1")[0].article_id)
        archive.save([replace(first, title="Letter, changed")])
        assert len(archive.known_entries(OLD)) == 1
        archive.fetching.finish_move(feed)

        assert archive.get(first.article_id).feed_url == NEW
        assert len(archive.list("feed:f1")) == 3
        assert archive.feeds()[0].article_count == 3
        assert archive.verify() == []


@pytest.mark.parametrize("compressed", [False, True])
def test_a_former_address_can_be_dropped_with_nothing_lost(folder: Path, compressed: bool) -> None:
    def later() -> datetime:
        return datetime.now(UTC) + timedelta(days=60)

    if compressed:
        words = " ".join(f"{number * 7919 % 999_983:x}" for number in range(20_000))
        with Archive.open(folder) as archive:
            archive.save(
                [replace(article(9, Origin("https://third.example/rss", "t")), text=words)]
            )
            archive.tag("title:9", add=["kept"])
    with Archive.open(folder, now=later) as archive:
        archive.tag("title:2", remove=["kept"])
        rule = Retention(1, unread=True)
        assert archive.care().remove(archive.care().plan_removal(rule)) == 1
        assert not compressed or archive.care().compress() == 1
        archive.fetching.save([FetchState(OLD)])
        moved = archive.fetching.move(archive.find_feed("f1"), NEW)
        known = archive.known_entries(OLD) | archive.known_entries(NEW)

        kept = archive.fetching.forget_former(moved, OLD)

        assert (kept, archive.find_feed("f1")) == (replace(moved, former_urls=()), kept)
        assert archive.known_entries(NEW) == known
        assert sorted(known) == ["e0", "e1", "e2"]
        assert archive.fetch_states() == {}
        assert archive.verify() == []
        archive.rebuild()
        assert archive.known_entries(NEW) == known
        assert len(archive.list("feed:f1 tag:kept")) == 2
    for path in folder.rglob("*.json*"):
        data = path.read_bytes()
        assert OLD.encode() not in (bz2.decompress(data) if path.suffix == ".bz2" else data)


def test_an_address_of_another_feed_is_not_taken(folder: Path) -> None:
    with Archive.open(folder) as archive:
        archive.add_feed(Feed(NEW))
        stayed = archive.fetching.move(archive.find_feed("f1"), NEW)

        assert stayed.feed_url == OLD
        assert len(archive.known_entries(OLD)) == 3


def test_a_feed_may_move_back(folder: Path) -> None:
    with Archive.open(folder) as archive:
        there = archive.fetching.move(archive.find_feed("f1"), NEW)
        back = archive.fetching.move(there, OLD)

        assert (back.feed_url, back.former_urls) == (OLD, (NEW,))
        assert len(archive.list("feed:f1")) == 3


def test_what_was_learned_comes_back_as_it_was(tmp_path: Path) -> None:
    state = FetchState(
        OLD,
        etag='"e"',
        interval_minutes=90,
        news_at=AT,
        gone_at=AT,
        moved_to=NEW,
        stated=Stated(60, (1, 2), (5, 6)),
    )
    wait = HostWait("old.example", 429, datetime.now(UTC), asked=False, count=3)
    with Archive.open(tmp_path) as archive:
        archive.fetching.save([state], [wait])
    with Archive.open(tmp_path) as archive:
        assert archive.fetch_states() == {OLD: state}
        assert archive.fetching.waits() == [wait]
        archive.fetching.save([replace(state, feed_url=NEW)], forget=[OLD])

        assert list(archive.fetch_states()) == [NEW]
        assert archive.fetching.waits() == [wait]


def test_a_wait_that_was_over_long_ago_is_dropped(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.fetching.save((), [HostWait("old.example", 429, AT)])

        assert archive.fetching.waits() == []


def test_damage_costs_the_records_that_it_hit(tmp_path: Path) -> None:
    waits = [HostWait(f"{name}.example", 429, datetime.now(UTC)) for name in "ab"]
    with Archive.open(tmp_path) as archive:
        archive.fetching.save([FetchState(OLD), FetchState(NEW)], waits)
    file = tmp_path / FETCH_FILE
    file.write_bytes(file.read_bytes().replace(b'"status":429', b'"status":"x"', 1))
    with Archive.open(tmp_path) as archive:
        assert [wait.host for wait in archive.fetching.waits()] == ["b.example"]
        assert list(archive.fetch_states()) == [OLD, NEW]
