"""Paragraphs on a terminal: broken by cells, as their scripts are."""

from io import StringIO

import pytest

from reader.plain.console import Console


def said(text: str, width: int | None, indent: str = "") -> list[str]:
    out = StringIO()
    Console(StringIO(), out, print, width=width).say(text, indent)
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. Boats 🚢, never refreshed.", ["1. Boats 🚢, never", "   refreshed."]),
        ("a b c d e f g h i 🚢.", ["a b c d e f g h i", "   🚢."]),
        ("新しい評価が公開された。", ["新しい評価が公開さ", "   れた。"]),
        ("  deep words stay deep words", ["  deep words stay", "   deep words"]),
        ("at https://harbour.example/a/b now", ["at", "   https://harbour.example/a/b", "   now"]),
        ("", [""]),
        (" \t ", [" "]),
    ],
)
def test_a_paragraph_breaks_between_words_by_its_cells(text: str, lines: list[str]) -> None:
    assert said(text, 18, "   ") == lines


def test_in_a_pipe_a_paragraph_is_one_line() -> None:
    assert said("  words " * 40, None) == ["  words " * 40]


def test_text_that_fills_the_terminal_has_no_sign_alone_on_a_line() -> None:
    text = "1. " + "x" * 70 + " 🚢🚢."

    assert said(text, 79, "   ") == ["1. " + "x" * 70 + " 🚢🚢."]
    assert said(text, 78, "   ") == ["1. " + "x" * 70 + " 🚢", "   🚢."]
