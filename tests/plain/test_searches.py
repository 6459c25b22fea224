"""Saved searches: listed with what is unread, read by number or name, saved, removed."""

from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article
from tests.plain.conftest import Plain


def saved(folder: Path) -> list[tuple[str, str]]:
    with Archive.open(folder) as archive:
        return [(each.name, each.query) for each in archive.searches.all()]


def test_the_query_of_the_list_is_saved_under_a_name(
    plain: Plain, many: list[Article], folder: Path
) -> None:
    result = plain("search harvest -25", "searches add early", 'searches add "field 7" field 7')

    assert result.lines[-2:] == [
        "Saved the search early. It looks for harvest -25",
        "Saved the search field 7. It looks for field 7",
    ]
    assert saved(folder) == [("early", "harvest -25"), ("field 7", "field 7")]


def test_they_are_listed_with_what_is_unread_and_a_number_reads_one(
    plain: Plain, many: list[Article]
) -> None:
    result = plain("searches add all harvest", "searches add last title:25", "list", "1", "ss", "2")

    at = result.lines.index("2 saved searches.")
    assert result.lines[at + 1 : at + 4] == [
        "1. all: 24 unread. It looks for harvest",
        "2. last: 0 unread. It looks for title:25",
        "A number lists the articles that it finds.",
    ]
    assert result.lines[at + 4] == "Saved search last: 1, newest first. Here 1."
    assert result.lines[at + 5].startswith("1. Harvest report 25.")


def test_one_is_read_by_its_name_and_said_again(plain: Plain, many: list[Article]) -> None:
    result = plain(
        'searches add "field 7" title:7', "searches Field 7", "searches", "again", "", ""
    )

    assert "Saved search field 7: 1, newest first. Here 1." in result.lines
    assert result.lines.count("1. field 7: 1 unread. It looks for title:7") == 2
    assert result.lines[-1] == "That was the whole list."


def test_one_is_removed_by_number_or_name_and_what_it_was_is_said(
    plain: Plain, many: list[Article], folder: Path
) -> None:
    adds = ("searches add a harvest", 'searches add "b c" field', "searches add d early")
    result = plain(*adds, "searches", "searches remove 1", "searches remove b c")

    assert result.lines[-2:] == [
        "Removed the saved search a. It looked for harvest",
        "Removed the saved search b c. It looked for field",
    ]
    assert saved(folder) == [("d", "early")]


def test_one_that_is_replaced_says_what_it_was(
    plain: Plain, many: list[Article], folder: Path
) -> None:
    result = plain("searches add a harvest", "searches add A field foo:x")

    assert result.lines[1].startswith("Note: foo:x is searched as words")
    assert result.lines[2:] == [
        "Saved the search A. It looks for field foo:x",
        "Before, it looked for harvest",
    ]
    assert saved(folder) == [("A", "field foo:x")]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("searches 2", "2: the list has 1 search. Type searches to hear them."),
        ("searches nope", "nope: no saved search has that name. Known: a."),
        ("searches add", "searches add: needs a name. For example: searches add chips nvidia OR"),
        ("searches add b", "searches add: needs a query, and that of the list is empty."),
        (
            "searches remove",
            "searches remove: needs a name or number. Type searches, then searches remove NUMBER.",
        ),
    ],
)
def test_what_cannot_be_done_says_why(
    plain: Plain, many: list[Article], command: str, said: str
) -> None:
    result = plain("searches add a harvest", "searches", "list", command)

    assert result.err.startswith(f"newsreader: {said}")
    assert result.err.count("\n") == 1


def test_without_any_it_says_how_to_save_one(plain: Plain, many: list[Article]) -> None:
    result = plain("searches", "1")

    assert result.lines == ["No saved searches yet. searches add NAME saves the query of the list."]
    assert result.err == "newsreader: 1: the list has no searches. Type searches to hear them.\n"
