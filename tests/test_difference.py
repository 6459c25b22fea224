"""What two texts differ in: words, paragraphs, and figures that are called out."""

from __future__ import annotations

import pytest

from reader.difference import callouts, changes


def test_equal_texts_and_other_links_are_no_difference():
    assert changes("Two [a](https://a.example).", "Two [a](https://b.example).") == []


@pytest.mark.parametrize(
    ("before", "after", "called"),
    [
        ("over 600 million downloads", "over 1 billion downloads", ["600 million → 1 billion"]),
        ("It cost 3.50 crowns.", "It cost 4.50 crowns.", ["3.50 → 4.50"]),
        ("Some 12,000 came.", "Some 9,000 came.", ["12,000 → 9,000"]),
        ("12 boats", "twelve boats", []),
        ("Ada came.", "Ben came.", []),
    ],
)
def test_figures_that_changed_are_called_out(before: str, after: str, called: list[str]):
    assert callouts(changes(f"Same.\n\n{before}", f"Same.\n\n{after}")) == called


def test_changed_words_are_marked_within_their_paragraph():
    (change,) = changes("The boat is full.", "The ferry is full.")

    assert [(each.kind, each.text) for each in change.pieces] == [
        ("same", "The "),
        ("gone", "boat"),
        ("new", "ferry"),
        ("same", " is full."),
    ]
    assert (change.before, change.after) == ("The boat is full.", "The ferry is full.")


def test_paragraphs_that_came_and_went_stand_alone():
    came, went = changes("One.", "One.\n\nTwo."), changes("One.\n\nTwo.", "Two.")

    assert [(each.before, each.after) for each in came] == [("", "Two.")]
    assert [(each.before, each.after) for each in went] == [("One.", "")]


def test_texts_without_end_are_compared_at_once():
    before = "\n\n".join(f"{n}" for n in range(4000))

    (change,) = changes(before, f"{before}\n\nmore")
    assert change.after.endswith("more")


def test_words_changed_beside_each_other_are_one_change():
    (change,) = changes("over 600 million downloads", "over 1 billion downloads")

    assert [(each.kind, each.text) for each in change.pieces] == [
        ("same", "over "),
        ("gone", "600 million"),
        ("new", "1 billion"),
        ("same", " downloads"),
    ]
