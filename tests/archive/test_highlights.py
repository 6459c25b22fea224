"""Highlights: kept as marks are, and found again by their words when the text changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive import Archive, Mark, MarkChange
from archive.highlights import CONTEXT, LONGEST, Highlight, highlight_of, place_of, places_of
from tests.archive.making import clock, make_article

TEXT = (
    "The mill was sold in spring. Nobody asked the millers.\n\n"
    "The new owner wants to grind spelt again. He has bought two stones from Brittany, each of a "
    "ton and a half. The mill was sold in spring, after all.\n\n"
    "The river gives what it has."
)
STONES = "He has bought two stones from Brittany, each of a ton and a half."


def marked(words: str, text: str = TEXT) -> Highlight:
    start = text.rindex(words)
    found = highlight_of(text, start, start + len(words))
    assert found is not None
    return found


def found(highlight: Highlight, text: str) -> str | None:
    place = place_of(text, highlight)
    return None if place is None else text[slice(*place)]


def test_a_passage_is_kept_with_what_stands_around_it_and_without_space_at_its_ends() -> None:
    start, end = TEXT.index(STONES), TEXT.index(STONES) + len(STONES)

    highlight = highlight_of(TEXT, start - 1, end + 1)

    assert highlight == Highlight(
        STONES, TEXT[start - CONTEXT : start], TEXT[end : end + CONTEXT], start
    )
    assert highlight_of(TEXT, 28, 29) is None
    assert highlight_of("x" * (LONGEST + 5), 0, LONGEST + 5) == Highlight(
        "x" * LONGEST, "", "xxxxx", 0
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, STONES),
        ("A new beginning.\n\n" + TEXT, STONES),
        (
            TEXT.replace("two stones from", "two stones\nfrom"),
            STONES.replace("es from", "es\nfrom"),
        ),
        (
            TEXT.replace("a ton and a half", "two tons"),
            STONES.replace("a ton and a half", "two tons"),
        ),
        (TEXT.replace(STONES, ""), None),
        (TEXT.replace(STONES, "It rained for a week, and the fields of the valley drowned."), None),
        ("Something else.", None),
        ("", None),
    ],
)
def test_a_passage_is_found_in_another_revision_by_its_words_or_its_place(
    text: str, expected: str | None
) -> None:
    assert found(marked(STONES), text) == expected


def test_of_equal_words_those_count_that_stand_in_the_same_place() -> None:
    highlight = marked("The mill was sold in spring")
    longer = "Before all that, much else was written here.\n\n" * 3 + TEXT

    assert place_of(longer, highlight) == (
        longer.rindex("The mill was sold"),
        longer.rindex(", after all"),
    )


def test_passages_at_the_beginning_and_the_end_are_found_when_their_words_change() -> None:
    first, last = marked("The mill was sold in spring."), marked("The river gives what it has.")
    first = replace(first, prefix="", start=0, suffix=" Nobody asked the millers.\n\nThe n")
    changed = TEXT.replace("was sold in spring. N", "was sold in May. N", 1)
    changed = changed.replace("what it has", "what it still has")

    assert found(first, changed) == "The mill was sold in May."
    assert found(last, changed) == "The river gives what it still has."


def test_a_chinese_passage_is_found_when_words_of_it_change() -> None:
    text = "去年冬天磨坊被卖掉了。新主人从布列塔尼买来两块磨石，每块重一吨半。村里的人都很高兴。"
    highlight = marked("新主人从布列塔尼买来两块磨石，每块重一吨半。", text)

    assert (
        found(highlight, text.replace("一吨半", "两吨"))
        == "新主人从布列塔尼买来两块磨石，每块重两吨。"
    )


def test_a_hostile_text_costs_no_more_than_its_length() -> None:
    text = "ab " * 300_000
    highlight = Highlight("ab " * 5_000, "ab " * 10, "ab cd " * 5, 7)

    assert place_of(text, highlight) == (30, 30 + 15_000)
    assert place_of(text, replace(highlight, exact="never there " * 1_000)) is None


def test_highlights_are_marks_found_by_has_highlight_and_taken_back_by_undo(tmp_path: Path) -> None:
    one, two = marked("The river gives what it has."), marked(STONES)
    with Archive.open(tmp_path, now=clock) as archive:
        saved = archive.save([make_article(1, text=TEXT), make_article(2)])
        article_id = saved[0].article_id
        archive.mark(article_id, MarkChange(note="Ask Ada."))
        archive.mark(article_id, MarkChange(add_highlights=(one,)))
        archive.mark(article_id, MarkChange(add_highlights=(two, one)))

    with Archive.open(tmp_path, now=clock) as archive:
        assert archive.mark_of(article_id) == Mark(note="Ask Ada.", highlights=(two, one))
        assert [each.article_id for each in archive.list("has:highlight")] == [article_id]
        assert [each.article_id for each in archive.list("has:note")] == [article_id]

        archive.mark(article_id, MarkChange(remove_highlights=(two,)))
        assert archive.mark_of(article_id).highlights == (one,)
        undone = [archive.undo(), archive.undo()]
        assert [each.label for each in undone if each] == ["remove highlight", "highlight"]
        assert archive.mark_of(article_id).highlights == (one,)
        archive.undo()
        assert archive.list("has:highlight") == []
        assert [each.article_id for each in archive.list("has:note")] == [article_id]


def test_highlights_survive_a_rebuild_and_a_new_revision(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        (saved,) = archive.save([make_article(1, text=TEXT)])
        archive.mark(saved.article_id, MarkChange(add_highlights=(marked(STONES),)))
        archive.save([replace(saved, text="In short: spelt.\n\n" + TEXT)])
    (tmp_path / "index.sqlite").unlink()

    with Archive.open(tmp_path, now=clock) as archive:
        (row,) = archive.list("has:highlight")
        text = archive.get(row.article_id).text
        (place,) = places_of(text, archive.mark_of(row.article_id).highlights)
        assert text[slice(*place)] == STONES
