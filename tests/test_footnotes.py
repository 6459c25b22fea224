"""Footnotes: marks and notes as pages and feeds have them, found in a text."""

from __future__ import annotations

import pytest

from reader.footnotes import footnotes_of


def leads(text: str) -> list[tuple[str, str]]:
    """Each mark with what stands where it leads to, up to the line's end."""
    return [
        (text[each.start : each.end], text[each.target :].split("\n")[0])
        for each in footnotes_of(text)
    ]


def test_raised_digits_lead_to_items_of_the_last_list_and_their_arrows_back() -> None:
    text = "Sold in 1904¹ and 1950.²\n\n1. One\n2. Two\n\nThe end.\n\n1. Page 12. ↩\n2. The son. ↩"

    assert leads(text) == [
        ("¹", "Page 12. ↩"),
        ("²", "The son. ↩"),
        ("↩", "¹ and 1950.²"),
        ("↩", "²"),
    ]


@pytest.mark.parametrize(
    ("mark", "note"), [("[1]", "[1] Here."), ("[^1]", "[^1]: Here."), ("¹", "¹ Here.")]
)
def test_a_note_that_begins_with_its_mark_leads_back_by_it(mark: str, note: str) -> None:
    text = f"A claim{mark} is made.\n\nAnd more.\n\n{note}"

    (there, back) = leads(text)

    assert there == (mark, note)
    assert (back[0].rstrip(":"), back[1]) == (mark, f"{mark} is made.")


@pytest.mark.parametrize(
    "text",
    [
        "Twelve km² and 10³ kg.\n\n2. Two\n3. Three",
        "A [1](https://a.example/) link.\n\n[1] no",
        "See [4].",
        "Only one¹ of two.\n\n1. One\n2. Two",
        "1. One¹\n2. Two",
        "[1] A note before its mark [1]",
        "Ten² of m².",
        "",
    ],
)
def test_what_is_no_footnote_leads_nowhere(text: str) -> None:
    assert leads(text) == []


def test_a_hostile_text_costs_what_its_length_does() -> None:
    assert len(footnotes_of("[1] ¹ " * 200_000 + "\n\n[1] x")) <= 500
