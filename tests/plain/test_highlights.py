"""Passages of the open article: marked by words or number, said, found again, taken off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article
from reader.passages import passage_with
from tests.plain.conftest import Plain

FARE = "A cabin costs forty crowns."


def kept(folder: Path, article: Article) -> list[str]:
    with Archive.open(folder) as archive:
        return [each.exact for each in archive.mark_of(article.article_id).highlights]


def test_the_sentence_that_has_the_words_is_kept_and_said_with_a_number(
    plain: Plain, ferry: Article, folder: Path
) -> None:
    result = plain("list", "1", "highlights add Costs FORTY", "highlights")

    assert kept(folder, ferry) == [FARE]
    assert f"Highlighted: {FARE}" in result.lines
    assert result.lines[-3:-1] == ["1 passage.", f"1. {FARE}"]


def test_signs_of_markdown_and_addresses_stand_between_no_words(
    plain: Plain, ferry: Article, folder: Path
) -> None:
    plain("list", "1", "highlights add ninety berths, says the harbour")

    assert kept(folder, ferry) == [
        "The boat has *ninety* berths, says [the harbour](https://harbour.example/a)."
    ]


def test_three_dots_mark_all_between_and_what_is_met_becomes_part_of_it(
    plain: Plain, ferry: Article, folder: Path
) -> None:
    plain("list", "1", "highlights add forty crowns", "highlights add fares ... cabin costs")
    assert kept(folder, ferry) == [f"## Fares\n\n{FARE}"]

    plain("undo")
    assert kept(folder, ferry) == [FARE]


def test_a_paragraph_is_marked_by_its_number(plain: Plain, ferry: Article, folder: Path) -> None:
    plain("list", "1", "hl add 5")

    assert kept(folder, ferry) == ["- Deck: nothing"]


def test_a_passage_is_announced_where_it_begins_and_read_from_by_its_number(
    plain: Plain, ferry: Article
) -> None:
    plain("list", "1", "highlights add forty crowns")
    result = plain("list", "1", "highlights", "1")

    assert "1 passage highlighted." in result.lines
    first = result.lines.index("Highlight 1 begins here.")
    assert result.lines[first + 1].startswith(FARE)
    again = result.lines.index("Highlight 1 begins here.", first + 1)
    assert not any("ninety berths" in line for line in result.lines[first:again])


def test_a_passage_is_taken_off_by_its_number(plain: Plain, ferry: Article, folder: Path) -> None:
    result = plain("list", "1", "hl add forty crowns", "hl remove 1", "hl")

    assert kept(folder, ferry) == []
    assert f"No longer highlighted: {FARE}" in result.lines
    assert result.lines[-1].startswith("Nothing of this article is highlighted.")


def test_a_passage_that_is_gone_from_the_text_is_said_to_be(
    plain: Plain, ferry: Article, folder: Path
) -> None:
    plain("list", "1", "hl add forty crowns")
    with Archive.open(folder) as archive:
        archive.save([replace(ferry, text="Nothing is left of it.")])
    result = plain("list", "1", "hl", "1")

    assert f"1. Not in the text any more: {FARE}" in result.lines
    assert "that passage is not in the text any more" in result.err


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("hl add lighthouse", "lighthouse: no sentence of the text has these words."),
        ("hl add ?!", "?!: no sentence of the text has these words."),
        ("hl add", "highlights add: needs words of the text. For example:"),
        ("hl remove 2", "2: the article has no highlights."),
        ("hl remove", "a number: the article has no highlights."),
        ("hl nonsense", "nonsense: the article has no highlights."),
    ],
)
def test_what_cannot_be_is_one_line(
    plain: Plain, ferry: Article, command: str, expected: str
) -> None:
    result = plain("list", "1", command)

    assert result.code == 0
    assert expected in result.err


def test_what_is_highlighted_already_changes_nothing(plain: Plain, ferry: Article) -> None:
    result = plain("list", "1", "hl add forty", "hl add forty")

    assert "Nothing to change: so it is already." in result.lines


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("b c", "A b [c](http://d.example) e."),
        ("c e", "A b [c](http://d.example) e."),
        ("第二", "第二句。"),
        ("zwei … b", None),
        ("b ... zwei", "A b [c](http://d.example) e. Zwei."),
        ("…", None),
    ],
)
def test_words_are_looked_for_as_they_are_read(words: str, expected: str | None) -> None:
    text = "A b [c](http://d.example) e. Zwei.\n\n第一句。第二句。"

    place = passage_with(text, words)

    assert (place and text[slice(*place)]) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[Tern](https://birds.example/Tern_(bird)) is hungry", "tern is hungry"),
        ('[The quay](https://quay.example "A title") goes on', "the quay goes on"),
        ("[The quay](<https://quay.example/a b>) goes on", "quay goes on"),
        ("An _emphasised_ word", "an emphasised word"),
        ("__Bold__ words", "bold words"),
        ("the name snake_case here", "snake_case here"),
        ("Rope &amp; Tar rose", "rope & tar rose"),
        ("R&amp;T rose, by 3&#37; more", "r&t rose by 3% more"),
        ("The claim[^1] holds", "claim holds"),
    ],
)
def test_words_are_found_across_what_is_not_read(text: str, words: str) -> None:
    assert passage_with(text, words) == (0, len(text))


def test_words_are_no_parts_of_other_words() -> None:
    text = "Shipping is dear. A midship cabin. The ship sails. 港の船が出る。\n\n배가 온다\n\nກາເຮືອ"

    def found(words: str) -> str | None:
        place = passage_with(text, words)
        return place and text[slice(*place)]

    assert found("ship") == "The ship sails."
    assert found("hip sails") is None
    assert found("ship sail") is None
    assert found("船") == "港の船が出る。"
    assert found("배") == "배가 온다"
    assert found("ເຮ") == "ກາເຮືອ"


@pytest.mark.parametrize(
    "piece", ["[^", "](", "](a(", "](()", '](a "', "](<", "_", "&amp", "&#1", "[^1]"]
)
def test_hostile_signs_are_looked_through_at_once(piece: str) -> None:
    assert passage_with("here " + piece * 50_000 + "!", "here there") is None


def test_a_hostile_text_is_looked_through_at_once() -> None:
    assert passage_with("here " + "]()" * 50_000 + "!", "here there") is None
