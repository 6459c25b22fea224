"""Tags as wholes: renamed with those below them, merged, taken off every article."""

from pathlib import Path
from random import Random

import pytest

from archive.archive import Archive
from archive.models import Article, MarkChange
from archive.section_tags import SectionTag
from tests.archive.making import clock, make_article
from tests.archive.subjects import fill_with_subjects, text_about
from tests.plain.conftest import Plain


@pytest.fixture
def tagged(folder: Path, many: list[Article]) -> list[Article]:
    """The archive of many articles; the first has three tags, the second one."""
    with Archive.open(folder) as archive:
        tags = ("ai", "ai/chips", "sea salt")
        archive.mark([many[0].article_id], MarkChange(add_tags=tags))
        archive.mark([many[1].article_id], MarkChange(add_tags=("salt",)))
    return many


def tags_of(folder: Path, article: Article) -> tuple[str, ...]:
    with Archive.open(folder) as archive:
        return archive.mark_of(article.article_id).tags


def test_a_tag_is_renamed_with_those_below_it_and_it_can_be_taken_back(
    plain: Plain, tagged: list[Article], folder: Path
) -> None:
    result = plain("tags", "tags rename 1 ml", "tags", "tags rename ML tech/ml", "undo")

    assert "1 article now tagged ml. undo takes it back." in result.lines
    assert "2. ml/chips: 1 article, 1 unread." in result.lines
    assert tags_of(folder, tagged[0]) == ("ml", "ml/chips", "sea salt")


def test_a_name_of_several_words_stands_in_quotes_and_tags_are_merged(
    plain: Plain, tagged: list[Article], folder: Path
) -> None:
    plain('tags rename "sea salt" salt')

    assert tags_of(folder, tagged[0]) == ("ai", "ai/chips", "salt")
    assert tags_of(folder, tagged[1]) == ("salt",)


def test_a_tag_is_taken_off_every_article(
    plain: Plain, tagged: list[Article], folder: Path
) -> None:
    result = plain("tags remove ai", "tags remove sea salt", "tags remove nope")

    assert result.lines == [
        "1 article now without tag ai. undo takes it back.",
        "1 article now without tag sea salt. undo takes it back.",
        "Nothing to change: no article has the tag nope.",
    ]
    assert tags_of(folder, tagged[0]) == ("ai/chips",)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("tags rename ai", "tags rename: needs a tag and its new name."),
        ("tags rename sea salt ocean", "tags rename: needs a tag and its new name."),
        ("tags rename 9 x", "9: the list has 4 tags."),
        ("tags remove", "tags remove: needs a name or number."),
        ("tags frob", "tags frob: is not understood. Type tags alone, tags rename TAG NEW, tags"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    plain: Plain, tagged: list[Article], folder: Path, command: str, said: str
) -> None:
    result = plain("tags", command)

    assert result.err.startswith(f"newsreader: {said}")
    assert tags_of(folder, tagged[0]) == ("ai", "ai/chips", "sea salt")


def test_a_tag_has_a_colour_in_words_and_those_below_it_too(
    plain: Plain, tagged: list[Article]
) -> None:
    result = plain(
        "tags", "tags colour 1 Blue", "tags", "tags colour ai none", 'tags colour "sea salt" mauve',
        "tags colour ai", "undo", "undo", "tags colour nope",
    )  # fmt: skip

    assert "The tag ai is blue. undo takes it back." in result.lines
    assert "2. ai/chips: 1 article, 1 unread, blue." in result.lines
    assert "4. sea salt: 1 article, 1 unread." in result.lines
    assert "The tag ai has no colour of its own. undo takes it back." in result.lines
    assert result.lines[-2:] == [
        "Undone: colour tag ai none.", "Undone: colour tag ai blue.",
    ]  # fmt: skip
    names = "red, orange, yellow, green, cyan, blue, purple, pink or none"
    lacks = "needs a tag and a colour. For example: tags colour chips blue, and none for no colour."
    assert result.err.splitlines() == [
        f"newsreader: mauve: is no colour of tags. Give {names}.",
        f"newsreader: tags colour: {lacks}",
        f"newsreader: tags colour: {lacks}",
    ]


def test_tags_are_suggested_for_an_article_of_the_list_or_the_open_one(
    plain: Plain, folder: Path
) -> None:
    with Archive.open(folder, now=clock) as archive:
        fill_with_subjects(archive)
        (saved,) = archive.save([make_article(1000, text=text_about("sea", Random(1)))])
        (found,) = archive.tagging.suggest(saved.article_id)

    result = plain("tags suggest", "list", "tags suggest 1", "1", "tags suggest", "tags suggest x")

    said = f"sea  because: {', '.join(found.because)}."
    assert result.lines.count(said) == 2
    assert result.err.splitlines() == [
        "newsreader: no article: is open. Type list, then the number of an article.",
        "newsreader: tags suggest x: is no number of the list. Type list first.",
    ]


def test_tags_of_sections_are_said_with_their_section(
    plain: Plain, many: list[Article], folder: Path
) -> None:
    tag = SectionTag(2, "crabs", "What crawls")
    with Archive.open(folder) as archive:
        archive.mark([many[0].article_id], MarkChange(add_section_tags=(tag,)))

    result = plain("list tag:crabs", "1")

    assert sum("tagged crabs on section 2" in line for line in result.lines) == 2
