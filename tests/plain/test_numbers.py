"""A number alone means what was numbered last, and marks nothing by accident."""

from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, Feed, MarkChange
from tests.plain.conftest import Plain

NO_LIST = "Type list, unread, feeds or tags, then a number."


@pytest.fixture
def two_feeds(folder: Path, many: list[Article]) -> list[Article]:
    """The archive of many articles, with a second feed that has none; two tags."""
    with Archive.open(folder) as archive:
        archive.add_feed(Feed("https://quiet.example/rss", title="Quiet Quarterly"))
        archive.mark([many[0].article_id, many[1].article_id], MarkChange(add_tags=("ai qwen",)))
        archive.mark([many[0].article_id], MarkChange(add_tags=("sea",)))
    return many


def read_count(folder: Path) -> int:
    with Archive.open(folder) as archive:
        return archive.count("is:read")


def test_after_the_feeds_a_number_lists_the_articles_of_that_feed(
    plain: Plain, two_feeds: list[Article], folder: Path
) -> None:
    result = plain("list", "feeds", "2")

    assert "A number lists that feed's articles, unread NUMBER its unread ones." in result.lines
    assert result.lines[-1] == "Articles of Quiet Quarterly: none. list lists all articles."
    assert read_count(folder) == 0


def test_a_list_after_the_feeds_numbers_articles_again(
    plain: Plain, two_feeds: list[Article], folder: Path
) -> None:
    result = plain("feeds", "1", "2")

    assert "Articles of Field Weekly: 25, newest first. Here 1 to 10." in result.lines
    assert "Harvest report 24" in result.lines
    assert read_count(folder) == 1


def test_after_the_tags_a_number_lists_the_articles_of_that_tag(
    plain: Plain, two_feeds: list[Article], folder: Path
) -> None:
    result = plain("list", "tags", "1", "tags", "3")

    assert "Articles tagged ai qwen: 2, newest first. Here 1 to 2." in result.lines
    assert result.err == "newsreader: 3: the list has 2 tags. Type tags to hear them.\n"
    assert read_count(folder) == 0


def test_the_query_that_the_tags_name_finds_their_articles(
    plain: Plain, two_feeds: list[Article]
) -> None:
    said = plain("tags").lines[-1]
    query = said.rpartition("for example ")[2]

    assert query == 'list tag:"ai qwen"'
    assert 'Articles that match tag:"ai qwen": 2, newest first. Here 1 to 2.' in plain(query).lines


def test_after_the_links_a_number_is_that_link(plain: Plain, ferry: Article, folder: Path) -> None:
    result = plain("list", "1", "links", "2", "9")

    assert "A number opens that link, open alone the article." in result.lines
    assert result.lines[-1] == "https://harbour.example/dogs"
    assert result.err == "newsreader: 9: the article has 2 links. Type links to hear them.\n"


def test_the_end_of_a_text_names_no_number_of_another_list(
    plain: Plain, many: list[Article]
) -> None:
    result = plain("list", "1", "list title:7", "more")

    assert result.lines[-1] == "The article ends here."


def test_the_end_of_a_text_says_what_its_number_means(plain: Plain, many: list[Article]) -> None:
    result = plain("list", "1", "links", "more", "2")

    assert "The article ends here. 2 reads the next one: Harvest report 24." in result.lines
    assert result.lines.count("Harvest report 24") == 1


def test_links_of_another_article_are_not_opened(
    plain: Plain, many: list[Article], folder: Path
) -> None:
    result = plain("list", "1", "links", many[4].article_id, "2")

    assert result.err == f"newsreader: 2: no list was said since. {NO_LIST}\n"
    assert read_count(folder) == 2


def test_without_a_list_a_number_explains_itself(plain: Plain, many: list[Article]) -> None:
    result = plain("2", "choose")

    assert result.err.splitlines() == [
        f"newsreader: 2: there is no list yet. {NO_LIST}",
        f"newsreader: a number: there is no list yet. {NO_LIST}",
    ]


@pytest.mark.parametrize("command", ["feeds", "tags", "list"])
def test_again_says_what_was_said_last(
    plain: Plain, two_feeds: list[Article], command: str
) -> None:
    once, twice = plain("list", command), plain("list", command, "again")

    assert twice.lines[len(once.lines) :] == plain(command).lines


def test_the_numbers_of_the_feeds_stay_when_one_is_removed(
    plain: Plain, two_feeds: list[Article]
) -> None:
    result = plain("feeds", "remove 1", "yes", "2", "feeds", "1", "feed 9")

    assert result.lines.count("Articles of Quiet Quarterly: none. list lists all articles.") == 2
    gone = plain("feeds", "remove 1", "yes", "feed 1").err
    assert gone == (
        "newsreader: 1: that feed was removed. Type feeds, and give a number of that list.\n"
    )
