"""Hiding and notes: what is hidden stays and is shown again, a note is written and said."""

from pathlib import Path

from archive.archive import Archive
from archive.models import Article, MarkChange
from tests.plain.conftest import Plain


def test_hidden_articles_are_in_lists_of_hidden_ones_alone(
    plain: Plain, many: list[Article]
) -> None:
    result = plain("list", "hide 1-2", "again", "list", "list is:hidden", "2")

    assert "2 articles now hidden." in result.lines
    assert "2. Harvest report 24. Field Weekly, 22 November 2026, unread, hidden." in result.lines
    assert "All articles: 23, newest first. Here 1 to 10." in result.lines
    assert "Articles that match is:hidden: 2, newest first. Here 1 to 2." in result.lines
    assert "Hidden by you." in result.lines


def test_they_are_shown_again_by_number_all_or_undo(
    plain: Plain, many: list[Article], folder: Path
) -> None:
    plain("list", "hide 1-3", "mark hide 4", "undo", "list is:hidden", "unhide 1", "hide 1", "undo")
    with Archive.open(folder) as archive:
        assert archive.count("is:hidden") == 2

    result = plain("list is:hidden", "unhide all", "unhide all")

    assert result.lines[-2:] == ["2 articles now shown.", "Nothing to change: none are there."]


def test_a_note_is_kept_said_above_the_text_and_taken_away(
    plain: Plain, many: list[Article], folder: Path
) -> None:
    result = plain("list", "1", "note", "note ask [Ada] about #7", "note", "1", "list has:note")

    assert "No note. note WORDS writes one." in result.lines
    assert result.lines.count("Your note: ask [Ada] about #7") == 2
    assert "Articles that match has:note: 1, newest first. Here 1." in result.lines

    again = plain("list", "1", "note -", "undo", "note ask Bo", "note ask Bo")

    assert again.lines[-4:] == [
        "The note is gone. undo takes it back.",
        f"Undone: noting (“{many[0].title}”).",
        "Noted. undo takes it back.",
        "Nothing to change: so it is already.",
    ]
    with Archive.open(folder) as archive:
        assert archive.mark_of(many[0].article_id).note == "ask Bo"


def test_a_note_is_of_the_article_that_is_open(plain: Plain, many: list[Article]) -> None:
    result = plain("list", "note ask Ada")

    assert result.err.startswith("newsreader: no article: is open.")


def test_each_line_of_a_note_is_said(plain: Plain, many: list[Article], folder: Path) -> None:
    with Archive.open(folder) as archive:
        archive.mark([many[0].article_id], MarkChange(note="one\ntwo"))

    result = plain("list", "1")

    said = [line for line in result.lines if line.startswith("Your note")]
    assert said == ["Your note: one", "Your note: two"]
