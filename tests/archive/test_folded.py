"""Lists that fold stories: one row each, whatever was grouped, marked, hidden or removed."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.errors import NotFound
from archive.index_rows import ROW_SPAN
from archive.models import (
    Article,
    MarkChange,
    Origin,
    Summary,
)
from archive.retention import Retention
from tests.archive.making import START, make_article

WORDS = [
    "harbour",
    "pilot",
    "orchard",
    "plum",
    "tunnel",
    "comet",
    "glacier",
    "violin",
    "lantern",
    "copper",
    "saddle",
    "walnut",
]
LETTERS = "abcdefghiklmnoprstuvz"
QUERIES = (
    "",
    "is:unread",
    "is:starred",
    "harbour",
    "feed:outlet-1",
    "tag:later",
    "-harbour is:read",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


def articles(count: int, chance: random.Random) -> Sequence[Article]:
    """Articles of three outlets that have nothing in common but some words."""
    return [
        make_article(
            number,
            title=f"{chance.choice(WORDS)} {number}",
            text=" ".join("".join(chance.sample(LETTERS, 7)) for _ in range(20)),
            url=f"https://outlet-{number % 3}.example/{number}",
            origins=(Origin(f"https://outlet-{number % 3}.example/feed", f"e{number}"),),
            feed_title=f"Outlet {number % 3}",
        )
        for number in range(count)
    ]


def by_hand(
    archive: Archive, query: str, kept: Sequence[Summary], apart: Sequence[Summary]
) -> list[tuple[str, list[str]]]:
    """Each row of the folded list with what is under it, found by looking at every article."""
    matching = archive.list(query, limit=1000)
    every = {each.row_id: each for each in (*matching, *kept)}
    seen: dict[str | None, list[str]] = {}
    rows = []
    for row_id in sorted(every, reverse=True):
        row = every[row_id]
        alone = row.story_id is None or row.hidden
        if alone or row.story_id not in seen:
            under: list[str] = []
            if not alone:
                seen[row.story_id] = under
            if row in matching:
                rows.append((row.article_id, under))
        elif row not in apart:
            seen[row.story_id].append(row.article_id)
    return rows


def folded(
    archive: Archive, query: str, kept: Sequence[Summary], apart: Sequence[Summary]
) -> list[tuple[str, list[str]]]:
    """The same as the archive lists it."""
    lists, rows_kept = archive.stories.folded, [row.row_id for row in kept]
    rows = lists.list(query, limit=1000, kept=rows_kept)
    assert lists.count(query, kept=rows_kept) == len(rows)
    for place, row in enumerate(rows):
        assert lists.count(query, above=row.row_id, kept=rows_kept) == place
    half = rows[len(rows) // 2 :]
    if half:
        assert lists.list(query, limit=1000, before=half[0].row_id + 1, kept=rows_kept) == half
    ids, rows_apart = [row.row_id for row in rows], [row.row_id for row in apart]
    under = lists.under(query, ids, rows_kept, rows_apart)
    folds = lists.folds(query, ids, rows_kept, rows_apart)
    for row in rows:
        fold = folds.get(row.row_id)
        assert len(under[row.row_id]) == (fold.folded_count if fold else 0)
    every = [row.row_id for row in archive.list(query, limit=1000)]
    assert {row_id for row_id in every if row_id not in ids} == lists.away(query, every, rows_kept)
    return [(row.article_id, [each.article_id for each in under[row.row_id]]) for row in rows]


def disturb(archive: Archive, chance: random.Random) -> None:
    """One thing that a reader or an outlet does."""
    rows = archive.list(limit=1000) + archive.list("is:hidden", limit=1000)
    one, other = chance.sample(rows, 2)
    match chance.randrange(8):
        case 0 | 1 | 2:
            archive.stories.merge(one.article_id, other.article_id)
        case 3:
            archive.mark([one.article_id], MarkChange(read=not one.read))
        case 4:
            archive.mark([one.article_id], MarkChange(starred=True, add_tags=("later",)))
        case 5:
            archive.mark([one.article_id], MarkChange(hidden_by="" if one.hidden else "hand"))
        case 6:
            article = archive.get(one.article_id)
            archive.save([replace(article, text=f"{article.text} {chance.choice(WORDS)} more.")])
        case _:
            with suppress(NotFound):  # it was alone
                archive.stories.split([one.article_id])


def remove_read(archive: Archive, row: Summary) -> None:
    """Removes an article, as the only one that was read, by a rule of retention."""
    archive.mark([row.article_id], MarkChange(read=True))
    care = archive.care()
    assert care.remove(care.plan_removal(Retention(1))) == 1


@pytest.mark.parametrize("seed", range(4))
def test_a_folded_list_is_what_looking_at_every_article_finds(archive: Archive, seed: int) -> None:
    chance = random.Random(seed)
    archive.save(articles(24, chance))
    archive.stories.group()
    for _ in range(40):
        disturb(archive, chance)
        kept = chance.sample(archive.list(limit=1000), chance.choice((0, 0, 2)))
        apart = kept[:1]
        for query in QUERIES:
            found = folded(archive, query, kept, apart)
            assert found == by_hand(archive, query, kept, apart), query


def test_rows_stay_folded_when_the_index_is_built_anew_or_an_article_is_removed(
    archive: Archive,
) -> None:
    archive.save(articles(6, random.Random(0)))
    archive.stories.group()
    first, second, third, *_ = archive.list()
    archive.stories.merge(first.article_id, second.article_id)
    archive.stories.merge(first.article_id, third.article_id)
    archive.rebuild()
    rows = folded(archive, "", (), ())
    assert rows == by_hand(archive, "", (), ())
    assert rows[0] == (first.article_id, [second.article_id, third.article_id])

    remove_read(archive, first)
    assert folded(archive, "", (), ())[0] == (second.article_id, [third.article_id])
    remove_read(archive, second)
    assert folded(archive, "", (), ())[0] == (third.article_id, [])


def test_a_row_says_how_many_outlets_and_unread_articles_its_story_has(archive: Archive) -> None:
    archive.save(articles(5, random.Random(0)))
    archive.stories.group()
    newest, *others = archive.list()
    for each in others[:3]:
        archive.stories.merge(newest.article_id, each.article_id)
    archive.mark([others[0].article_id], MarkChange(read=True))

    row = archive.stories.folded.list("is:unread")[0]
    (fold,) = archive.stories.folded.folds("is:unread", [row.row_id]).values()

    assert (fold.outlet_count, fold.article_count) == (3, 4)
    assert (fold.unread_count, fold.folded_count) == (3, 2)


def test_an_index_of_an_earlier_program_gets_its_folds(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Archive.open(folder) as archive:
        archive.save(articles(4, random.Random(0)))
        archive.stories.group()
        first, second, *_ = archive.list()
        archive.stories.merge(first.article_id, second.article_id)
    with closing(sqlite3.connect(folder / "index.sqlite")) as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'story_rows%'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("DROP TABLE story_rows")

    with Archive.open(folder) as archive:
        assert archive.stories.folded.count() == 3
        assert archive.stories.get(first.article_id).article_count == 2


def test_an_index_of_an_earlier_program_folds_by_what_this_one_does(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Archive.open(folder) as archive:
        archive.save(articles(4, random.Random(0)))
        archive.stories.group()
        first, second, third, _ = archive.list()
        archive.stories.merge(first.article_id, second.article_id)
    with closing(sqlite3.connect(folder / "index.sqlite")) as db:
        db.execute("DROP TRIGGER story_rows_grouped")
        db.execute(
            "CREATE TRIGGER story_rows_grouped AFTER UPDATE OF story ON story_units"
            " BEGIN SELECT 1; END"
        )

    with Archive.open(folder) as archive:
        assert folded(archive, "", (), ())[0] == (first.article_id, [second.article_id])
        archive.stories.merge(first.article_id, third.article_id)
        rows = folded(archive, "", (), ())
    assert rows[0] == (first.article_id, [second.article_id, third.article_id])


def test_copies_are_found_from_any_of_them(archive: Archive) -> None:
    text = " ".join(f"{each} number {place} stands here." for place, each in enumerate(WORDS * 4))
    made = [
        make_article(number, title=f"Wares of the port {number}", text=text,
                     published_at=datetime(2026, 3, 1, number, tzinfo=UTC))
        for number in range(3)
    ]  # fmt: skip
    archive.save([*made, make_article(9, archived_at=START + timedelta(days=1))])
    archive.stories.group()
    ids = {row.title[-1]: row.article_id for row in archive.list()}
    copies = archive.stories.folded.copies

    assert set(copies([ids["1"]])) == {ids["0"], ids["2"]}
    assert set(copies([ids["0"]])) == {ids["1"], ids["2"]}
    assert copies([ids["9"]]) == []


def test_an_old_article_without_a_story_is_in_no_story(archive: Archive, tmp_path: Path) -> None:
    archive.save(articles(3, random.Random(0)))
    archive.stories.group()
    first, second, _ = archive.list()
    archive.stories.merge(first.article_id, second.article_id)
    with closing(sqlite3.connect(tmp_path / "archive" / "index.sqlite")) as index:
        ((number,),) = index.execute("SELECT DISTINCT story FROM story_rows").fetchall()
    # A row below 0, whose number is a story's with the sign turned.
    old = datetime(2015, 1, 1, tzinfo=UTC) - number * timedelta(microseconds=ROW_SPAN)
    archive.save([make_article(99, archived_at=old)])
    rows = archive.list()
    assert rows[-1].row_id == -number

    for order in (rows, rows[::-1]):
        heads, under = archive.stories.folded.gathered(order)
        assert sorted(map(len, under.values())) == [1]
        assert rows[-1].article_id in {head.article_id for head in heads}
