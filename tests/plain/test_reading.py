"""Reading: the head, the text in words, pages, links."""

from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article
from archive.pictures import Picture
from reader.plain.text import Link, spoken
from tests.archive.making import make_article
from tests.plain.conftest import Plain


def test_an_article_is_said_from_its_title_to_its_end(plain: Plain, ferry: Article) -> None:
    result = plain("list", "1")
    start = result.lines.index("The night ferry")
    facts = (
        "Harbour Post, by Ada Lund, 22 November 2026 at 08:00, about 3 minutes to read, in English."
    )

    assert result.lines[start:] == [
        "The night ferry",
        facts,
        "",
        "The boat has ninety berths, says the harbour [link 1].",
        "",
        "Heading: Fares",
        "",
        "A cabin costs forty crowns. [image: A cabin]",
        "",
        "List of 2 items.",
        "  Deck: nothing",
        "  Dog: two crowns [link 2]",
        "",
        "The article ends here.",
    ]


def test_pictures_are_said_in_their_places(plain: Plain, folder: Path) -> None:
    pictures = (
        Picture("https://a.example/lead", "The tower at dusk"),
        Picture("https://a.example/unsaid", after="The lamp is lit."),
        Picture("https://a.example/lens", "A lens", "Photo: Ada Lund", "The lamp is lit."),
    )
    text = "The lamp is lit.\n\nThe lens is old."
    with Archive.open(folder) as archive:
        (lamp,) = archive.save([make_article(7, text=text, pictures=pictures)])
    lines = plain(lamp.article_id).lines
    start = lines.index("[image: The tower at dusk]")

    assert lines[start:] == [
        "[image: The tower at dusk]",
        "",
        "The lamp is lit.",
        "",
        "[image: A lens · Photo: Ada Lund]",
        "",
        "The lens is old.",
        "",
        "The article ends here.",
    ]


def test_opening_an_article_marks_it_read(plain: Plain, ferry: Article, folder: Path) -> None:
    result = plain(ferry.article_id, "unread")

    assert result.lines[-1] == "Unread articles: none. list lists all articles."
    with Archive.open(folder) as archive:
        assert archive.mark_of(ferry.article_id).read


def test_links_are_numbered_and_printed_where_no_browser_is(plain: Plain, ferry: Article) -> None:
    result = plain("list", "1", "links", "open 2", "open", "open 7")

    assert "1. the harbour: https://harbour.example/a" in result.lines
    assert result.lines[-2:] == ["https://harbour.example/dogs", ferry.url]
    assert result.err == "newsreader: 7: the article has 2 links. Type links to hear them.\n"


def test_only_web_addresses_are_links() -> None:
    text = spoken("[a](javascript:alert(1)) [b](file:///etc/passwd) [c](HTTPS://a.example/)")

    assert text.blocks[0].lines == ("a b c [link 1]",)
    assert [link.url.casefold() for link in text.links] == ["https://a.example/"]


@pytest.fixture
def long(folder: Path) -> Article:
    """An article of three pages."""
    paragraphs = [f"Paragraph {number}. " + "Grain. " * 70 for number in range(1, 10)]
    with Archive.open(folder) as archive:
        return archive.save([make_article(text="\n\n".join(paragraphs))])[0]


def test_a_long_article_is_read_by_pages_and_by_paragraphs(plain: Plain, long: Article) -> None:
    result = plain("list", "1", "", "more 1", "back", "more all", "more")
    said = [line for line in result.lines if line.startswith(("Paragraph", "The article"))]
    numbers = [line.split(".")[0] for line in said]

    assert "Paragraph 2 of 9" in numbers
    assert numbers[:3] == ["Paragraph 1", "Paragraph 2", "Paragraph 2 of 9"]
    assert numbers[3:6] == ["Paragraph 3", "Paragraph 4", "Paragraph 4 of 9"]
    assert numbers[6:8] == ["Paragraph 5", "Paragraph 5 of 9"]
    assert numbers[8:11] == ["Paragraph 3", "Paragraph 4", "Paragraph 4 of 9"]
    assert said[-2:] == ["The article ends here."] * 2


def test_the_end_of_an_article_names_the_next_one(plain: Plain, many: list[Article]) -> None:
    result = plain("list", "2", "10", "25")

    assert "The article ends here. 3 reads the next one: Harvest report 23." in result.lines
    assert "The article ends here. 11 reads the next one: Harvest report 15." in result.lines
    assert result.lines[-1] == "The article ends here."


def test_quotes_code_and_tables_are_announced() -> None:
    markdown = (
        "> Slow *down*.\n\n```\nif x:\n    y\n```\n\n| Boat | Beds |\n|---|---|\n| Ada | 90 |\n\n"
        "---\n\n2. two\n   - nested\n3. three\n\n![](https://a.example/x.png)"
    )

    lines = [line for block in spoken(markdown).blocks for line in block.lines]

    assert lines == [
        "Quote: Slow down.",
        "Code:",
        "    if x:",
        "        y",
        "Table of 1 row: Boat, Beds.",
        "Row 1. Boat: Ada; Beds: 90",
        "List of 2 items.",
        "  2. two",
        "     List of 1 item.",
        "       nested",
        "  3. three",
        "[image]",
    ]


def test_headings_say_their_level_below_the_highest_of_the_text() -> None:
    markdown = "## Fares\n\n#### Dogs and ~~cats~~ *birds*\n\n##\n\n### Deck"

    assert [block.lines for block in spoken(markdown).blocks] == [
        ("Heading: Fares",),
        ("Heading level 3: Dogs and [struck out: cats] birds",),
        ("Heading level 2: Deck",),
    ]


def test_a_line_break_in_a_paragraph_is_a_space_only_between_spaced_scripts() -> None:
    markdown = "新しい\n**評価**が\n公開 (GLM\n5) เรือ\nข้าม\n\n1. one\ntwo"

    assert [block.lines for block in spoken(markdown).blocks] == [
        ("新しい評価が公開 (GLM 5) เรือข้าม",),
        ("List of 1 item.",),
        ("  1. one two",),
    ]


def test_a_link_that_comes_twice_has_one_number() -> None:
    text = spoken(
        "[a](https://a.example/) and [b](https://b.example/), [again](https://a.example/)"
    )

    assert text.blocks[0].lines == ("a [link 1] and b [link 2], again [link 1]",)
    assert text.links == (Link("a", "https://a.example/"), Link("b", "https://b.example/"))


@pytest.mark.parametrize(
    "text",
    ["", "> " * 500 + "deep", "- " * 300 + "deep", "| a |\n|---|", "[", "```\nopen", "#", "1.\n2."],
)
def test_any_text_can_be_said(text: str) -> None:
    said = spoken(text)

    assert all(block.lines for block in said.blocks)


def test_no_text_reaches_the_output_as_an_order(plain: Plain, folder: Path) -> None:
    evil = "\x1b]0;EVIL\x07 \x9b31m \u202eback &#x202e; &#27;[2J"
    with Archive.open(folder) as archive:
        archive.save([make_article(title=evil, author=evil, text=f"{evil}\n\n    {evil}")])

    result = plain("list", "1", "where", "links", "search back", f"list {evil}", evil)

    for sign in ("\x1b", "\x07", "\x9b", "\u202e"):
        assert sign not in result.out + result.err
    assert "EVIL" in result.out


HALL = "\n\n".join(
    f"Paragraph {number} is of the {'hall' if number % 9 == 4 else 'quay'}."
    for number in range(1, 25)
)


def test_words_are_found_in_the_article_one_paragraph_after_another(
    plain: Plain, folder: Path
) -> None:
    with Archive.open(folder) as archive:
        (saved,) = archive.save([make_article(7, text=HALL)])
    result = plain(saved.article_id, "find HALL", "find", "find", "find", "back")
    said = [line for line in result.lines if line.startswith(("HALL:", "Not further"))]

    assert said == [
        "HALL: 3 paragraphs with it, number 1, paragraph 4.",
        "HALL: 3 paragraphs with it, number 2, paragraph 13.",
        "HALL: 3 paragraphs with it, number 3, paragraph 22.",
        "Not further on. From the beginning again:",
        "HALL: 3 paragraphs with it, number 1, paragraph 4.",
    ]
    after = result.lines[result.lines.index(said[1]) :]
    assert after[2] == "Paragraph 13 is of the hall."


def test_words_that_the_article_has_not_are_said_so(plain: Plain, ferry: Article) -> None:
    result = plain("list", "1", "find zebra", "find", "more")

    assert "zebra: not in this article. search looks in all." in result.lines
    assert (
        "find: needs words to look for in the open article. For example: find night" in result.err
    )


def test_where_no_article_is_open_find_says_what_looks_in_all(plain: Plain) -> None:
    said = plain("find ferry").err

    assert "find: looks in the open article, and none is open." in said
    assert "search to look in all articles" in said
