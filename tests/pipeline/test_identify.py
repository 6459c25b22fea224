from __future__ import annotations

import pytest
from rich.cells import cell_len

from reader.pipeline.blocks import Cleaned
from reader.pipeline.headline import drop_title
from reader.pipeline.identify import (
    choose_title,
    cut_to_cells,
    first_sentence,
    language_code,
)


def test_the_entrys_own_title_comes_first_then_the_heading_then_the_first_sentence():
    assert choose_title(" Own\ntitle ", "Heading", "Text. More.") == "Own title"
    assert choose_title("", "Heading", "Text. More.") == "Heading"
    assert choose_title("", "", "Text. More.") == "Text."
    assert choose_title("", "", "") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One sentence. Another.", "One sentence."),
        ("Is it? Yes.", "Is it?"),
        ("“So it is.” She left.", "“So it is.”"),
        ("# A heading\n\ntext", "A heading"),
        ("- an item\n- another", "an item"),
        ("> quoted words. More.", "quoted words."),
        ("![alt](x.png)\n\n| a | b |\n\nReal text here.", "Real text here."),
        ("```\ncode\n```", "code"),
        ("A [link](http://x.example/) and **bold**. More.", "A link and bold."),
        (r"1\. not a list \[x\]", "1. not a list [x]"),
        (
            "Dr. Who met Mr. J. Smith in the U.S. today. Then left.",
            "Dr. Who met Mr. J. Smith in the U.S. today.",
        ),
        ("It cost 3.50 crowns. Much.", "It cost 3.50 crowns."),
        ("今天天气很好。我们去公园。", "今天天气很好。"),
        ("no end at all", "no end at all"),
        ("", ""),
        ("\n\n---\n\n", ""),
    ],
)
def test_the_first_sentence_is_plain_words(text: str, expected: str):
    assert first_sentence(text) == expected


@pytest.mark.parametrize("text", ["word " * 50, "字" * 100, "x" * 200, "👨‍👩‍👧 " * 60])
def test_a_long_first_sentence_is_cut_at_80_cells(text: str):
    cut = first_sentence(text)

    assert cut.endswith("…")
    assert 20 < cell_len(cut) <= 80


def test_a_line_that_fits_is_left_alone():
    assert cut_to_cells("x" * 80, 80) == "x" * 80


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# The ferry returns\n\nText.", "Text."),
        ("## the Ferry  returns\n\nText.", "Text."),
        ("# The *ferry* returns\n\nText.", "Text."),
        ("# Another heading\n\nText.", "# Another heading\n\nText."),
        ("The ferry returns\n\nText.", "Text."),
        ("# The ferry returns\n\n## The ferry returns\n\nText.", "## The ferry returns\n\nText."),
        ("# The ferry returns", "# The ferry returns"),
        ("", ""),
    ],
)
def test_a_heading_that_repeats_the_title_is_dropped(text: str, expected: str):
    assert drop_title(Cleaned(text), "The ferry returns").text == expected


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("zh_Hans_CN", "zh"),
        ("DE", "de"),
        ("gsw", "gsw"),
        ("", ""),
        ("und", ""),
        ("english", ""),
        ("1", ""),
    ],
)
def test_a_language_is_its_main_part(stated: str, code: str):
    assert language_code(stated) == code


@pytest.mark.parametrize(
    "piece",
    ["!", ". ", "A.", "St. ", "!)", '."', "\\", "\\!", "[", "](", "[x](", "*", "`", "# ", "> ",
     "- ", "1. ", " ", "字", "。", "\u0301", "\u200d", "x", "---\n", "| |\n", "\u0964"],
)  # fmt: skip
def test_a_megabyte_of_anything_gets_a_title_at_once(piece: str):
    text = piece * (1_000_000 // len(piece))

    assert cell_len(choose_title("", "", text)) <= 80
    assert cell_len(first_sentence(f"word {text}")) <= 80
    assert cell_len(cut_to_cells(text, 80)) <= 80
    assert drop_title(Cleaned(f"# {text}\n\nrest"), text).text.endswith("rest")


@pytest.mark.parametrize(
    ("line", "cells", "expected"),
    [("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("字字字", 6, "字字字"),
     ("字字字字", 6, "字字…"), ("e\u0301" * 6, 6, "e\u0301" * 6), ("", 6, "")],
)  # fmt: skip
def test_a_line_is_cut_to_its_cells(line: str, cells: int, expected: str):
    assert cut_to_cells(line, cells) == expected


def test_the_first_sentence_is_found_behind_a_long_link():
    line = f"[Words](http://a.example/{'x' * 800}) that end. And more."

    assert first_sentence(line) == "Words that end."
