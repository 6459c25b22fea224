"""Undo of what has a name in library.json: rules, saved searches; also by another program later."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive import Archive, ArchiveReadOnly, Feed, Mark, MarkChange, Undone
from archive.rule_models import Rule, SavedSearch
from archive.storage import VolumeStorage
from archive.tag_colours import TagColour
from tests.archive.making import START, clock, make_article

BOATS = Rule("boats", "ferry", tags=("sea",))
GAMES = Rule("games", "football", mute=True)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path, now=clock)


def undo_after_restart(folder: Path) -> Undone | None:
    with Archive.open(folder, now=clock) as archive:
        return archive.undo()


def test_each_change_of_rules_is_taken_back_the_last_one_first(
    archive: Archive, tmp_path: Path
) -> None:
    rules = archive.rules
    rules.put(BOATS)
    rules.put(GAMES)
    rules.put(replace(BOATS, query="ferry OR boat"))
    rules.switch("games", on=False)
    rules.remove("boats")

    assert undo_after_restart(tmp_path) == Undone("remove rule boats", 0)
    assert rules.all() == (replace(BOATS, query="ferry OR boat"), replace(GAMES, on=False))
    assert archive.undo() == Undone("switch rule games off", 0)
    assert archive.undo() == Undone("change rule boats", 0)
    assert rules.all() == (BOATS, GAMES)
    assert undo_after_restart(tmp_path) == Undone("add rule games", 0)
    assert archive.undo() == Undone("add rule boats", 0)
    assert rules.all() == ()
    assert archive.undo() is None


def test_a_rule_brought_back_acts_again(archive: Archive) -> None:
    archive.rules.put(BOATS)
    archive.rules.remove("boats")
    archive.undo()

    mark = archive.rules.first_mark(make_article(1, text="the ferry"), Mark())
    assert mark.tags == ("sea",)


def test_steps_of_every_kind_are_taken_back_in_the_order_they_were_made(archive: Archive) -> None:
    (article,) = archive.save([make_article(1, text="the ferry")])
    archive.searches.put(SavedSearch("at sea", "ferry"))
    archive.mark([article.article_id], MarkChange(starred=True))
    archive.rules.put(BOATS)
    archive.rules.apply(BOATS)
    archive.searches.remove("at sea")

    labels = []
    while undone := archive.undo():
        labels.append(undone.label)

    assert labels == [
        "remove saved search at sea", "rule boats", "add rule boats", "star",
        "add saved search at sea",
    ]  # fmt: skip
    assert archive.mark_of(article.article_id).tags == ()


def test_a_rule_applied_to_articles_of_several_days_is_one_step(
    archive: Archive, tmp_path: Path
) -> None:
    for day in (1, 2, 3):
        at = START.replace(day=day)
        archive.save([make_article(day, text="the ferry", archived_at=at)])
    archive.rules.put(BOATS)
    assert archive.rules.apply(BOATS) == 3

    assert undo_after_restart(tmp_path) == Undone("rule boats", 3)
    assert archive.count("tag:sea") == 0


def test_what_was_written_again_by_hand_stays(archive: Archive, tmp_path: Path) -> None:
    archive.searches.put(SavedSearch("at sea", "ferry"))
    with VolumeStorage(tmp_path / "library.json", "feeds").batch() as database:
        database.table("searches").update({"query": "boat"})

    assert archive.undo() is None
    assert archive.searches.all() == (SavedSearch("at sea", "boat"),)


def test_a_colour_that_an_import_brought_back_is_not_there_twice(archive: Archive) -> None:
    archive.tagging.colour("sea", "blue")
    archive.tagging.colour("ai", "red")
    archive.tagging.colour("sea", "")
    archive.tagging.add_colours([TagColour("sea", "green")])

    assert archive.undo() == Undone("colour tag ai red", 0)
    assert list(archive.tagging.colours()) == [TagColour("sea", "green")]


def test_damage_to_the_file_costs_no_sound_rule_colour_or_step(
    archive: Archive, tmp_path: Path
) -> None:
    archive.rules.put(BOATS)
    archive.tagging.colour("sea", "blue")
    archive.searches.put(SavedSearch("at sea", "ferry"))
    archive.close()
    path = tmp_path / "library.json"
    path.write_bytes(
        path.read_bytes().replace(b'"name":"at sea","query":"ferry"', b'"name":"at', 1)
    )

    with Archive.open(tmp_path, now=clock) as opened:
        assert opened.recovered
        assert opened.rules.all() == (BOATS,)
        assert opened.tagging.colours().of("sea") == "blue"
        labels = [undone.label for undone in iter(opened.undo, None)]
    assert labels == ["colour tag sea blue", "add rule boats"]


def test_putting_what_is_there_already_is_no_step(archive: Archive) -> None:
    archive.rules.put(BOATS)
    archive.rules.put(BOATS)
    archive.undo()

    assert archive.rules.all() == ()


def test_the_latest_twenty_steps_are_kept(archive: Archive) -> None:
    for number in range(25):
        archive.searches.put(SavedSearch(f"search {number}", "ferry"))
    count = 0
    while archive.undo():
        count += 1

    assert count == 20
    assert len(archive.searches.all()) == 5


def test_an_archive_that_cannot_be_written_refuses(archive: Archive, tmp_path: Path) -> None:
    archive.rules.put(BOATS)
    with Archive.open(tmp_path, now=clock, read_only=True) as reading:
        for write in (
            lambda: reading.rules.put(GAMES),
            lambda: reading.rules.remove("boats"),
            lambda: reading.searches.put(SavedSearch("x", "y")),
            reading.undo,
        ):
            with pytest.raises(ArchiveReadOnly):
                write()


def test_a_feed_does_not_come_back_whose_former_address_is_another_feed_by_now(
    archive: Archive, tmp_path: Path
) -> None:
    old = archive.add_feed(Feed("https://a.example/feed"))
    moved = archive.fetching.move(old, "https://b.example/feed")
    archive.remove_feed(moved.feed_id)
    new = archive.add_feed(Feed("https://a.example/feed"))

    assert undo_after_restart(tmp_path) is None
    assert [status.feed for status in archive.feeds()] == [new]
