"""Markdown as terminal lines, and text measured in cells."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cells import cell_len, clusters, cut, pad, wrap
from reader.cli.markdown import paint, terminal_lines
from reader.cli.terminal import Terminal

PLAIN = Terminal(sys.stdout, sys.stderr)
COLOURED = Terminal(sys.stdout, sys.stderr, colour=True)


def shown(text: str, width: int = 40) -> list[str]:
    return terminal_lines(text, width, PLAIN)


def wrapped(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


def test_lists_hang_and_nest() -> None:
    text = "- one two three four five six seven\n- b\n  1. first\n  2. second\n\nAfter."

    assert shown(text, 24) == [
        "• one two three four",
        "  five six seven",
        "• b",
        "  1. first",
        "  2. second",
        "",
        "After.",
    ]


def test_a_line_break_in_a_paragraph_is_a_space_only_between_spaced_scripts() -> None:
    assert shown("one\ntwo 新しい\n**評価**が\n公開 GLM\n5  \nend") == [
        "one two 新しい評価が公開 GLM 5",
        "end",
    ]


def test_quotes_have_a_bar_on_every_line() -> None:
    assert shown("> one two three four five six\n>\n> seven", 20) == [
        "│ one two three four",
        "│ five six",
        "│",
        "│ seven",
    ]


def test_code_is_indented_and_never_wrapped() -> None:
    code = "x = '" + "y" * 60 + "'"

    assert shown(f"Text\n\n```python\n{code}\n\n\tdone\n```\n\nMore") == [
        "Text",
        "",
        "    " + code,
        "",
        "        done",
        "",
        "More",
    ]


def test_links_are_numbered_and_listed_once() -> None:
    text = (
        "See [one](https://a.example/1) and [two](https://a.example/2), "
        "[again](https://a.example/1), <https://a.example/3>, [bad](javascript:x)."
    )

    lines = shown(text, 200)

    assert lines == [
        "See one [1] and two [2], again [1], https://a.example/3, [bad](javascript:x).",
        "",
        "[1] https://a.example/1",
        "[2] https://a.example/2",
    ]


def test_tables_are_aligned_by_cells() -> None:
    assert shown("| 模型 | n |\n|---|---|\n| a | 1 |\n| bbbbb | 22 |") == [
        "模型   n",
        "─────────",
        "a      1",
        "bbbbb  22",
    ]


def test_wide_tables_become_records() -> None:
    text = "| name | story |\n|---|---|\n| a | " + "word " * 10 + "|\n| b | short |"

    assert shown(text, 30) == [
        "name: a",
        "story: word word word word",
        "word word word word word word",
        "",
        "name: b",
        "story: short",
    ]


def test_html_is_text() -> None:
    assert shown("<b>bold</b> &amp; <script>x</script>") == ["<b>bold</b> & <script>x</script>"]


def test_emphasis_becomes_styles_that_end_with_the_line() -> None:
    lines = terminal_lines("a **bold words and more that wrap** b", 20, COLOURED)

    assert lines == ["a \x1b[1mbold words and\x1b[0m", "\x1b[1mmore that wrap\x1b[0m b"]


def test_overlapping_spans_join_their_styles() -> None:
    spans = [(0, 3, ("bold",)), (2, 5, ("dim",))]

    assert paint("abcdef", 1, 6, spans, COLOURED) == (
        "\x1b[1mb\x1b[0m\x1b[1;2mc\x1b[0m\x1b[2mde\x1b[0mf"
    )


def test_deep_nesting_is_shown_and_absurd_nesting_does_no_harm() -> None:
    assert shown("> " * 50 + "x")[-1] == "│ " * 50 + "x"
    assert shown("".join("  " * n + f"- {n}\n" for n in range(40)))[-1].strip() == "• 39"
    shown("> " * 5000 + "x")


@given(st.text(max_size=300))
def test_no_text_breaks_the_page(text: str) -> None:
    terminal_lines(text, 30, COLOURED)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("大規模", 6),
        ("é", 1),
        ("e\u0301", 1),
        ("👩‍👩‍👧", 2),
        ("👍🏽", 2),
        ("❤️", 2),
        ("🇪🇸", 2),
        ("한국", 4),
        ("नमस्ते", 4),
        ("", 0),
    ],
)
def test_width_is_what_a_terminal_takes(text: str, width: int) -> None:
    assert cell_len(text) == width


def test_cutting_keeps_wide_characters_whole() -> None:
    assert cut("大規模言語", 10) == "大規模言語"
    assert cut("大規模言語", 8) == "大規模…"
    assert cut("abc", 0) == ""
    assert pad("大", 4) == "大  "
    assert pad("大", 4, right=True) == "  大"


def test_closing_punctuation_does_not_begin_a_line() -> None:
    assert wrapped("新しい評価。公開", 10) == ["新しい評", "価。公開"]


def test_long_words_are_broken_and_spaces_dropped_at_breaks() -> None:
    assert wrapped("a  " + "x" * 25 + " b", 10) == ["a", "x" * 10, "x" * 10, "xxxxx b"]
    assert wrapped("   ", 10) == []


@given(st.text(max_size=200), st.integers(2, 40))
def test_wrapping_loses_nothing_but_spaces_and_holds_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@given(st.text(max_size=200), st.integers(0, 40))
def test_a_cut_text_holds_the_width(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    assert "".join(cluster for cluster, _ in clusters(text)) == text
