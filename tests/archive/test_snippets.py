from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.query import parse
from archive.snippets import find_hits, plain_text, snippet


def hits(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in find_hits(text, parse(query))]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Café del mar; cafe noir", "cafe", ["Café", "cafe"]),
        ("cafe\u0301s cafe\u0301 bar", "café", ["cafe\u0301"]),
        ("Qwen3.5 and Qwen 3.5B, not qwen 3.55", "qwen3.5", ["Qwen3.5", "Qwen 3.5"]),
        ("Straße STRASSE strassen", "strasse", ["Straße", "STRASSE"]),
        ("the ﬁne print", "fine", ["ﬁne"]),
        ("noncommercial, commercial", "commercial", ["commercial"]),
        ("special forces, forces special", '"special forces"', ["special forces"]),
        ("a-b a_b ab a, b", '"a b"', ["a-b", "a_b", "a, b"]),
        ("hello help", "hel*", ["hel", "hel"]),
        ("one two three", "three OR one -two", ["one", "three"]),
        ("商业落地了，落，地", "落地", ["落地"]),
        ("商业落地了，落，地", "落", ["落", "落"]),
        ("commercial落地计划", "commercial落", ["commercial落"]),
        ("ai落地ai，kai", "ai", ["ai", "ai"]),
        ("落地3 3地", "落地3", ["落地3"]),
        ("ｶﾞﾝﾀﾞﾑ ガンダム", "ガンダム", ["ｶﾞﾝﾀﾞﾑ", "ガンダム"]),
        ("nothing here", "title:nothing author:here is:read", ["nothing"]),
        ("nothing here", "", []),
    ],
)
def test_hits_are_what_the_index_would_match(text: str, query: str, expected: list[str]) -> None:
    assert expected == hits(text, query)


@given(st.text(max_size=60), st.text(max_size=20))
def test_hits_lie_in_the_text_in_order_and_apart(text: str, query: str) -> None:
    previous = -1
    for start, end in find_hits(text, parse(query)):
        assert previous < start < end <= len(text)
        previous = end


def test_a_snippet_is_cut_around_the_match_at_words() -> None:
    text = "before " * 80 + "the special forces came " + "after " * 80

    found = snippet(text, parse("special forces"))

    assert found.text.startswith("…before ")
    assert found.text.endswith(" after…")
    assert [found.text[a:b] for a, b in found.hits] == ["special", "forces"]
    assert len(found.text) <= 162


def test_a_snippet_prefers_the_place_with_more_of_the_words() -> None:
    text = "rust alone. " + "filler words " * 60 + "rust and zig together. " + "filler " * 60

    assert "rust and zig" in snippet(text, parse("rust zig")).text


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    found = snippet("# Heading\n\nFirst words, then " + "more " * 80, parse("elsewhere"))

    assert found.text.startswith("Heading First words")
    assert found.hits == ()


def test_a_snippet_of_chinese_shows_the_match() -> None:
    found = snippet("甲" * 300 + "商业落地" + "乙" * 300, parse("落地"))

    assert [found.text[a:b] for a, b in found.hits] == ["落地"]


def test_a_snippet_has_no_markdown_and_nothing_harmful() -> None:
    text = "## A *b* **c** `d` [e](https://n.example) \x1b[31m\n\n> - f\\_g snake_case 2*3*4\n"
    text += "| h | i |\n|---|---|\n"

    expected = "A b c d e [31m f_g snake_case 2*3*4 h i"

    assert expected == snippet(text, parse("")).text


def test_code_keeps_its_words() -> None:
    assert plain_text("```py\nprint(1)\n```\n").strip() == "print(1)"


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("a\n  ```py x\nb", "a\n\nb"),
        ("~~~~\n ---\n| :--- |:-:|\n|---:x", "\n\n\n ---:x"),
        ("--\n-- -\n----- - :|\n:---", "--\n-- -\n\n"),
        (" | ---\n| |---", "\n   ---"),
        ("### A #\n > - * b\n#######c\n-d\n +\te", "A #\nb\n#######c\n-d\ne"),
    ],
)
def test_fences_rules_and_the_signs_that_begin_lines_go(markdown: str, plain: str) -> None:
    assert plain_text(markdown) == plain


@pytest.mark.parametrize(
    "unit",
    [
        *(" ", "\t", "-", "- ", "|", " :", "---|", "#", "# ", "> ", "*", "_", "`", "~", "\\", "["),
        *("](", "[](", "![x](", "[](<", "[](a ", '[](a "', "[](a(b)", "(y)", "a.", "a'", "a1"),
        *("\n", " \n", "-\n", "\u0316\u0301", "\u200d", "\u0640", "\u0439", "\u843d", "\ufdfa"),
    ],
)
def test_long_lines_of_one_sign_do_not_stop_anybody(unit: str) -> None:
    text = "[](" + unit * (200_000 // len(unit)) + "x"

    assert len(snippet(text, parse("x a")).text) <= 162
    assert snippet(text[3:], parse('"a a a b"'))
    assert plain_text(text[3:]) is not None
    assert find_hits(text[-20_000:], parse("no")) == []


@given(st.text(st.characters(exclude_categories=[]), max_size=300), st.text(max_size=10))
def test_any_text_has_a_snippet_of_bounded_length(text: str, query: str) -> None:
    found = snippet(text, parse(query), width=40)

    assert len(found.text) <= 42
    assert all(0 <= a < b <= len(found.text) for a, b in found.hits)


def test_a_long_text_is_searched_to_its_end_for_words_that_its_beginning_lacks() -> None:
    tide = "The tide is told here. " * 200

    found = snippet(f"{tide}Only now a lighthouse comes. {tide}", parse("lighthouse tide"))

    assert "lighthouse" in found.text
    assert (found.text[0], found.text[-1]) == ("…", "…")


@pytest.mark.parametrize(("word", "filling"), [("tide", "water "), ("潮汐", "海水")])
def test_a_snippet_says_that_more_follows_wherever_the_hit_stands(word: str, filling: str) -> None:
    for before in range(2800, 3000, 12):
        text = filling * (before // len(filling)) + word + " " + filling * 1000

        assert snippet(text, parse(word)).text.endswith("…")
