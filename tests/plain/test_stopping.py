"""Reading goes on where it stopped: in the next session, and at the place that the app kept."""

from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, MarkChange
from tests.archive.making import START, make_article
from tests.plain.conftest import Plain

STOPPED = "where you stopped; back reads what is before."


@pytest.fixture
def long(folder: Path) -> Article:
    """An archive of one article: twelve paragraphs of 400 characters, a list of two at the end."""
    paragraphs = [f"Paragraph {number} begins. {'word ' * 76}end." for number in range(1, 13)]
    text = "\n\n".join([*paragraphs, "- first berth\n- second berth"])
    with Archive.open(folder, now=lambda: START) as archive:
        return archive.save([make_article(title="The long way", text=text)])[0]


def position(folder: Path, article: Article) -> int:
    with Archive.open(folder) as archive:
        return archive.mark_of(article.article_id).position


def test_the_next_session_goes_on_with_the_page_that_was_said_last(
    plain: Plain, long: Article, folder: Path
) -> None:
    plain("list", "1", "more", "more 2", "undo")
    assert position(folder, long) == long.text.index("Paragraph 7 begins")

    result = plain("list", "1", "back")

    assert f"From paragraph 7 of 15, {STOPPED}" in result.lines
    opened = result.out.index(STOPPED)
    assert "Paragraph 6 begins" not in result.out[:opened]
    assert result.out.index("Paragraph 7 begins") > opened
    assert result.out.index("Paragraph 4 begins") > result.out.index("Paragraph 7 begins")


def test_a_number_said_twice_says_the_same_page(plain: Plain, long: Article) -> None:
    result = plain("list", "1", "more", "1", "1")

    assert result.lines.count(f"From paragraph 4 of 15, {STOPPED}") == 2
    assert result.out.count("Paragraph 7 begins") == 0


def test_what_was_heard_to_its_end_begins_anew(plain: Plain, long: Article, folder: Path) -> None:
    plain("list", "1", "more", "more all")
    assert position(folder, long) == 0

    assert "Paragraph 1 begins" in plain("list", "1").out


def test_a_place_inside_a_paragraph_or_a_list_is_gone_to_as_well(
    plain: Plain, long: Article, folder: Path
) -> None:
    for words, said in (("Paragraph 9", 9), ("first berth", 13), ("second berth", 15)):
        with Archive.open(folder) as archive:
            change = MarkChange(position=long.text.index(words) + 4)
            archive.mark([long.article_id], change)

        assert f"From paragraph {said} of 15, {STOPPED}" in plain("list", "1").lines
