"""Marks and tags by number, range or all, and taking them back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, Mark
from reader.pipeline.split import split
from tests.archive.making import make_article, make_articles
from tests.plain.conftest import Plain

STATES = "read, unread, star, unstar, hide, unhide"

Marks = Callable[[], list[Mark]]


@pytest.fixture
def marks(folder: Path, many: list[Article]) -> Marks:
    """What was done with the articles, in the order of the list."""

    def read() -> list[Mark]:
        with Archive.open(folder) as archive:
            return [archive.mark_of(article.article_id) for article in many]

    return read


@pytest.mark.parametrize(
    ("command", "numbers"),
    [
        ("mark star 3", [3]),
        ("star 3", [3]),
        ("star 3-5", [3, 4, 5]),
        ("STAR 5 - 3", [3, 4, 5]),
        ("star 1, 4,20-21", [1, 4, 20, 21]),
        ("mark 2 star", [2]),
        ("star all", list(range(1, 26))),
    ],
)
def test_articles_are_named_by_number_range_or_all(
    plain: Plain, marks: Marks, command: str, numbers: list[int]
) -> None:
    result = plain("list", command)

    count = len(numbers)
    words = "1 article" if count == 1 else f"{count} articles"
    assert result.lines[-1] == f"{words} now starred."
    assert [at for at, mark in enumerate(marks(), start=1) if mark.starred] == numbers


def test_without_a_number_the_open_article_is_meant(plain: Plain, marks: Marks) -> None:
    result = plain("star", "list", "2", "star", "tag +sea fish", "mark unread")

    assert result.err == (
        "newsreader: no article: is open. Give numbers of the list, for example 3, 3-5 or all.\n"
    )
    assert marks()[1] == Mark(read=False, starred=True, tags=("fish", "sea"))


def test_tags_are_added_and_taken_away(plain: Plain, marks: Marks) -> None:
    result = plain("list", "tag 1-2 +sea #old", "tag 2 new -old", "tags", "list tag:sea -tag:old")

    assert "1 article now tagged new, without tag old." in result.lines
    assert [mark.tags for mark in marks()[:2]] == [("old", "sea"), ("new", "sea")]
    assert "3. sea: 2 articles, 2 unread." in result.lines
    assert result.lines[-2].startswith("1. Harvest report 24.")


def test_the_last_change_is_taken_back(plain: Plain, marks: Marks) -> None:
    result = plain("list", "read 1-3", "undo", "z")

    assert result.lines[-2].startswith("Undone: ")
    assert result.lines[-2].endswith(" (3 articles).")
    assert result.lines[-1] == "Nothing to undo."
    assert not any(mark.read for mark in marks())


def test_what_is_so_already_is_no_error(plain: Plain, many: list[Article]) -> None:
    result = plain("list", "unstar 1", "list nothinghere", "read all")

    assert "Nothing to change: already without a star." in result.lines
    assert result.lines[-1] == "Nothing to change: none are there."


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("star 99", "99: the list has 25 articles. Give a number from 1 to 25."),
        ("star 0", "0: the list has 25 articles. Give a number from 1 to 25."),
        ("star x", "x: names no article. Give numbers of the list, for example 3, 3-5 or all."),
        ("mark 3", "mark: needs one of " + STATES + ". For example: mark read 3-5."),
        ("tag 3", "tag: needs tags. For example: tag 3 +ai -later."),
        ("tag 3 + ai", "+: has no tag after it. Write +TAG without a space."),
        ("more", "no article: is open. Type list, then the number of an article."),
    ],
)
def test_what_cannot_be_done_is_one_line_and_the_session_goes_on(
    plain: Plain, many: list[Article], command: str, said: str
) -> None:
    result = plain("list", command, "where")

    assert result.err == f"newsreader: {said}\n"
    assert result.lines[-1].startswith("The list: All articles")
    assert result.code == 0


@pytest.mark.parametrize(
    ("answer", "last"),
    [
        (["yes"], "150 articles now read."),
        (["no"], "Nothing was changed."),
        ([], "Nothing was changed."),
        (["where"], "The list: All articles, 1 to 10 of 150. Its query: empty, which is"),
    ],
)
def test_over_a_hundred_articles_it_asks_first(
    plain: Plain, folder: Path, answer: list[str], last: str
) -> None:
    with Archive.open(folder) as archive:
        archive.save(make_articles(150))

    result = plain("list", "read all", *answer)

    assert "This changes 150 articles. Go on, yes or no?" in result.lines
    assert result.lines[-1].startswith(last)


def test_an_archive_that_cannot_be_written_to_can_still_be_read(
    plain: Plain, ferry: Article, folder: Path
) -> None:
    volume = next((folder / "volumes").rglob("*.json")).parent
    volume.chmod(0o500)
    try:
        result = plain("list", "1", "where")
    finally:
        volume.chmod(0o700)

    assert "Heading: Fares" in result.lines
    assert result.lines[-1].startswith("Open is article 1")


def test_a_tag_both_added_and_taken_away_is_a_mistake(plain: Plain, marks: Marks) -> None:
    result = plain("list", "tag 1 +ai -AI")

    assert result.err == "newsreader: +ai: contradicts -ai. Give one of them.\n"
    assert not any(mark.tags for mark in marks())


def test_a_section_of_the_open_article_is_tagged_by_its_number(plain: Plain, folder: Path) -> None:
    text = "Of the coast.\n\n## Herring\n\nThey came.\n\n## Crabs\n\nThey went."
    with Archive.open(folder) as archive:
        (saved,) = archive.save([make_article(7, text=text, sections=split(text))])
    result = plain(saved.article_id, "tag #2 +claws", "tag #2 +claws", "list tag:claws", "outline")

    assert "1 article now tagged claws in #2." in result.lines
    assert "Nothing to change: already tagged claws in #2." in result.lines
    assert any("Articles that match tag:claws: 1" in line for line in result.lines)
    with Archive.open(folder) as archive:
        tags = archive.mark_of(saved.article_id).section_tags
    assert [(each.number, each.tag) for each in tags] == [(2, "claws")]


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        (("tag #1 +a",), "#1: is a section, and no article is open."),
        (("list", "1", "tag #1 +a"), "#1: the article has no sections. tag +TAG tags the article."),
    ],
)
def test_a_section_that_is_not_there_is_said_to(
    plain: Plain, many: list[Article], commands: tuple[str, ...], said: str
) -> None:
    assert said in plain(*commands).err
