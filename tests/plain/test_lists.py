"""Lists: numbered, a page at a time, with how many there are and how to go on."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive.archive import Archive
from archive.models import Article, MarkChange
from tests.plain.conftest import Plain


def test_an_empty_archive_says_what_to_do(plain: Plain) -> None:
    result = plain("list", "feeds", "tags", "refresh", "where")

    assert (result.code, result.err) == (0, "")
    assert result.lines[0] == "No articles yet. add URL subscribes to a feed, refresh fetches it."
    assert result.out.count("No feeds yet. add URL subscribes to a feed") == 2
    assert "No tags yet." in result.out


def test_a_list_says_how_many_there_are_and_how_to_go_on(plain: Plain, many: list[Article]) -> None:
    result = plain("list")

    assert result.lines[0] == "All articles: 25, newest first. Here 1 to 10."
    assert result.lines[1] == "1. Harvest report 25. Field Weekly, 22 November 2026, unread."
    assert result.lines[-1].startswith("next or Enter goes on with 11 to 20.")


def test_pages_go_on_and_back_with_the_same_numbers(plain: Plain, many: list[Article]) -> None:
    result = plain("list", "n", "", "next", "p 20", "prev", "again")
    heads = [line for line in result.lines if line.startswith(("All", "That", "This"))]

    assert heads == [
        "All articles: 25, newest first. Here 1 to 10.",
        "All articles: 25, newest first. Here 11 to 20.",
        "All articles: 25, newest first. Here 21 to 25.",
        "That is all. A number reads that article.",
        "That was the whole list.",
        "All articles: 25, newest first. Here 1 to 20.",
        "This is the beginning of the list.",
        "All articles: 25, newest first. Here 1 to 20.",
    ]
    assert result.lines.count("15. Harvest report 11. Field Weekly, 22 November 2026, unread.") == 3


def test_states_are_said_in_words(plain: Plain, many: list[Article], folder: object) -> None:
    with Archive.open(folder) as archive:
        change = MarkChange(read=True, starred=True, add_tags=("sea", "ai"))
        archive.mark([many[0].article_id], change)

    result = plain("list")

    stated = "Field Weekly, 22 November 2026, starred, tagged ai, sea."
    assert result.lines[1] == f"1. Harvest report 25. {stated}"


def test_a_date_that_cannot_be_true_is_said_not_to_be_believed(
    plain: Plain, many: list[Article], folder: Path
) -> None:
    with Archive.open(folder) as archive:
        archive.save([replace(many[0], claimed_at=datetime(2099, 1, 1, tzinfo=UTC))])

    assert "22 November 2026, its own date not believed, unread." in plain("list").out


def test_unread_keeps_its_pages_while_articles_are_read(plain: Plain, many: list[Article]) -> None:
    result = plain("unread", "read 1-10", "next")

    assert "11. Harvest report 15." in result.out


def test_a_search_shows_the_words_around_the_match(plain: Plain, ferry: Article) -> None:
    result = plain("/forty crowns", "search nowhere", "search")

    assert result.lines[0] == "Found for forty crowns: 1, best match first. Here 1."
    assert result.lines[2].startswith("   Text: ")
    assert "forty crowns" in result.lines[2]
    assert "Found for nowhere: none. list lists all articles." in result.lines
    assert result.err == (
        "newsreader: search: needs words to look for. For example: search night ferry.\n"
    )


def test_a_feed_is_named_by_its_number_or_its_name(plain: Plain, many: list[Article]) -> None:
    result = plain("feeds", "feed 1", "feed weekly", "unread 1", "feed 9", "unread 3-5")

    assert "1. Field Weekly, 25 unread of 25 articles, never refreshed." in result.lines
    assert result.out.count("Articles of Field Weekly: 25, newest first.") == 2
    assert "Unread articles of Field Weekly: 25, newest first. Here 1 to 10." in result.lines
    remedy = "Give a number of the list of feeds; mark unread 3 marks an article."
    assert result.err.splitlines() == [
        "newsreader: 9: the list has 1 feed. Type feeds to hear them.",
        "newsreader: 3-5: no feed has that id, address or title. " + remedy,
    ]


def test_where_says_what_the_list_shows_and_what_is_open(plain: Plain, ferry: Article) -> None:
    result = plain("where", "unread", "1", "where")

    assert result.lines[0].startswith("At the beginning: 1 article, 1 unread.")
    assert "The list: Unread articles, 1 to 1 of 1. Its query: is:unread." in result.lines
    assert f"Open is article 1 ({ferry.article_id}): The night ferry" in result.lines[-1]
    assert ferry.url in result.lines[-1]


def test_what_was_not_understood_of_a_query_is_said(plain: Plain, many: list[Article]) -> None:
    result = plain("list foo:bar", "search after:someday")
    notes = [line for line in result.lines if line.startswith("Note: ")]

    assert notes[0].startswith("Note: foo:bar is searched as words: foo: is no field.")
    assert notes[1].startswith("Note: after:someday is searched as words: after: takes a day")
