"""Near copies whose original is late, hidden, removed or lost: one text stays one text."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.index_connections import Connections
from archive.kept_counts import KeptCounts
from archive.models import MarkChange
from archive.query_tree import Is
from archive.retention import Retention
from tests.archive.making import START, Clock, make_article
from tests.archive.test_near_copies import text

TOLD = (
    "The dam at Kelmarsh gave way on Monday, engineer Anna Petrova said. Forty people were taken"
    " from the village of Dorn. "
)
OTHER = "Kelmarsh dam: 41 people were taken from Dorn, engineer Anna Petrova said on Tuesday."
WORDS = text(random.Random(3), 400)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", now=clock) as archive:
        yield archive


def put(archive: Archive, clock: Clock, outlet: str, body: str, hours: int) -> str:
    """Saves an article of an outlet, which published it so many hours after the first; its id."""
    (saved,) = archive.save(
        [
            make_article(
                hours, title=f"Dam at Kelmarsh gives way ({outlet})", text=body, feed_title=outlet,
                archived_at=clock.at, published_at=START + timedelta(hours=hours - 100),
            )
        ]
    )  # fmt: skip
    return saved.article_id


def put_copies(archive: Archive, clock: Clock) -> tuple[str, str, str]:
    """Saves an original and, ten days later, two copies of it; groups them."""
    body = TOLD + " ".join(WORDS)
    original = put(archive, clock, "Herald", body, 1)
    clock.at += timedelta(days=10)
    first = put(archive, clock, "Mirror", f"{body} and more", 2)
    second = put(archive, clock, "Echo", f"hello {body}", 3)
    archive.stories.group()
    return original, first, second


def copies(archive: Archive) -> dict[str, str | None]:
    return {each.article_id: each.copy_of for each in archive.list()}


def remove_old(archive: Archive) -> int:
    care = archive.care()
    return care.remove(care.plan_removal(Retention(5, unread=True)))


def test_of_copies_whose_original_was_removed_the_earliest_is_the_original(
    archive: Archive, clock: Clock
) -> None:
    original, first, second = put_copies(archive, clock)
    assert copies(archive) == {original: None, first: original, second: original}

    assert remove_old(archive) == 1

    assert copies(archive) == {first: None, second: first}
    assert [each.article_id for each in archive.list("is:copy")] == [second]
    assert [each.article_id for each in archive.list("-is:copy")] == [first]
    assert archive.stories.folded.copies([first]) == [second]
    assert archive.stories.folded.copies([second]) == [first]
    members = archive.stories.get(first).members
    assert [(each.article_id, each.copy_of) for each in members] == [(first, None), (second, first)]


def test_the_only_copy_that_is_left_is_no_copy(archive: Archive, clock: Clock) -> None:
    body = " ".join(WORDS)
    put(archive, clock, "Herald", body, 1)
    clock.at += timedelta(days=10)
    left = put(archive, clock, "Mirror", f"{body} and more", 2)
    archive.stories.group()
    assert archive.count("is:copy") == 1

    remove_old(archive)

    assert copies(archive) == {left: None}
    assert archive.count("is:copy") == 0


def test_a_copy_of_a_removed_article_is_a_copy_of_what_is_left(
    archive: Archive, clock: Clock
) -> None:
    _, first, _ = put_copies(archive, clock)
    remove_old(archive)
    late = put(archive, clock, "Courier", " ".join(WORDS), 4)
    archive.stories.group()

    assert copies(archive)[late] == first


def test_counts_that_are_kept_follow_a_removed_original(
    archive: Archive, clock: Clock, tmp_path: Path
) -> None:
    put_copies(archive, clock)
    with closing(Connections(tmp_path / "archive" / "index.sqlite", read_only=False)) as db:
        kept = KeptCounts(db)
        assert kept.count("copies", Is("copy"), 10) == 2
        remove_old(archive)
        assert kept.count("copies", Is("copy"), 10) == 1


def test_an_original_that_comes_back_has_its_copies_again(
    archive: Archive, clock: Clock, tmp_path: Path
) -> None:
    _, first, second = put_copies(archive, clock)
    before = copies(archive)
    (volume,) = (tmp_path / "archive" / "volumes").rglob("2026-11-22.json")
    away = volume.rename(tmp_path / "away.json")
    archive.rebuild()
    assert copies(archive) == {first: None, second: first}

    away.rename(volume)
    archive.rebuild()

    assert copies(archive) == before


def test_copies_of_an_original_that_is_not_there_state_things_once(
    archive: Archive, clock: Clock
) -> None:
    original, first, _ = put_copies(archive, clock)
    other = put(archive, clock, "Courier", f"{OTHER} The dam at Kelmarsh gave way.", 4)
    archive.stories.group()
    assert stating(archive, other) == {"Herald", "Courier"}

    archive.mark([original], MarkChange(hidden_by="hand"))
    assert stating(archive, other) == {"Mirror", "Courier"}

    archive.mark([original], MarkChange(hidden_by=""))
    remove_old(archive)
    assert stating(archive, other) == {"Mirror", "Courier"}
    assert archive.stories.get(first).article_count == 2


def stating(archive: Archive, article_id: str) -> set[str]:
    """The outlets that state anything in the story of an article."""
    claims = archive.stories.claims(archive.stories.get(article_id))
    return {outlet for claim in claims for outlet in claim.cells}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_an_original_has_all_its_copies_whenever_it_comes(
    archive: Archive, clock: Clock, order: tuple[int, ...]
) -> None:
    texts = [WORDS, WORDS[:220], WORDS[180:]]
    ids = {}
    for place in order:
        ids[place] = put(archive, clock, f"outlet {place}", " ".join(texts[place]), 5 * place + 1)
        archive.stories.group()

    assert copies(archive) == {ids[0]: None, ids[1]: ids[0], ids[2]: ids[0]}
    assert len({each.story_id for each in archive.list()}) == 1


def test_who_kept_two_texts_apart_finds_them_apart_when_their_original_comes(
    archive: Archive, clock: Clock
) -> None:
    one = put(archive, clock, "one", " ".join(WORDS[:220]), 5)
    other = put(archive, clock, "other", " ".join(WORDS[180:]), 10)
    archive.stories.group()
    archive.stories.keep_apart(one, other)
    original = put(archive, clock, "original", " ".join(WORDS), 1)
    archive.stories.group()

    assert copies(archive) == {original: None, one: original, other: original}
    story = {each.article_id: each.story_id for each in archive.list()}
    assert story[one] != story[other]


def test_who_reprints_two_texts_makes_no_copies_of_them(archive: Archive, clock: Clock) -> None:
    one = put(archive, clock, "one", " ".join(WORDS[:200]), 1)
    other = put(archive, clock, "other", " ".join(WORDS[200:]), 2)
    both = put(archive, clock, "both", " ".join(WORDS), 3)
    archive.stories.group()

    assert copies(archive) == {one: None, other: None, both: one}


def test_after_a_rebuild_only_what_was_not_grouped_waits(archive: Archive) -> None:
    archive.save([make_article(number) for number in range(1, 4)])
    archive.stories.group()
    archive.save([make_article(4)])
    archive.rebuild()

    assert archive.stories.waiting() == 1
    assert archive.stories.group() == 1
    assert archive.stories.waiting() == 0


def test_an_index_in_which_grouped_articles_wait_is_mended(tmp_path: Path, clock: Clock) -> None:
    with Archive.open(tmp_path / "archive", now=clock) as archive:
        put_copies(archive, clock)
    with closing(sqlite3.connect(tmp_path / "archive" / "index.sqlite")) as db:
        db.execute("DROP INDEX IF EXISTS story_units_copies")
        db.execute("DROP TRIGGER story_article_added")
        db.execute(
            "CREATE TRIGGER story_article_added AFTER INSERT ON articles BEGIN"
            " INSERT OR IGNORE INTO story_pending VALUES (new.article_id); END"
        )
        db.execute("INSERT INTO story_pending SELECT article_id FROM articles")
        db.commit()

    with Archive.open(tmp_path / "archive", now=clock) as archive:
        assert archive.stories.waiting() == 0
        archive.rebuild()
        assert archive.stories.waiting() == 0


FLOOD = "The river Tarn rose over the walls of Odmark at night. " + " ".join(
    f"Ilka Brandt of the town saw {word} carried past the mill{number}."
    for number, word in enumerate(WORDS[:30])
)
CHESS = "Young Tom Okafor won the masters of Belgrade with black. " + " ".join(
    f"Grandmaster Lev Sokol called move{number} a {word} of endgames."
    for number, word in enumerate(WORDS[40:70])
)
PAGE = f"{FLOOD}\n\n{CHESS}"


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("first", [0, 1, 2])
def test_a_page_that_reprints_two_events_brings_them_together_in_no_order(
    archive: Archive, clock: Clock, order: tuple[int, ...], first: int
) -> None:
    titles = ["River over the walls of Odmark", "Okafor wins in Belgrade", "News of the day"]
    ids = {}
    for place in order:
        hours = 1 if place == first else place + 2
        article = make_article(
            place + 1, title=titles[place], text=(FLOOD, CHESS, PAGE)[place],
            archived_at=clock.at, published_at=START + timedelta(hours=hours - 100),
        )  # fmt: skip
        ids[place] = archive.save([article])[0].article_id
        archive.stories.group()

    found = copies(archive)
    story = {each.article_id: each.story_id for each in archive.list()}
    assert (found[ids[0]], found[ids[1]]) == (None, None)
    assert found[ids[2]] in (ids[0], ids[1])
    assert story[ids[0]] != story[ids[1]]
    again = make_article(
        9, title=titles[1], text=f"{CHESS} More tomorrow.",
        archived_at=clock.at, published_at=START - timedelta(hours=90),
    )  # fmt: skip
    late = archive.save([again])[0].article_id
    archive.stories.group()
    assert copies(archive)[late] == ids[1]
