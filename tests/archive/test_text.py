from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.characters import clean_text
from archive.text import (
    count_words,
    fold,
    fold_characters,
    fold_query,
    fold_tokens,
    folded_pieces,
    tag_key,
    unlink,
    unspaced_run,
)

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=40)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Qwen3.5", "qwen 3.5", "QWEN 3 . 5", "Ｑｗｅｎ３．５"),
        ("GLM‑5.1", "glm-5.1", "GLM–5.1", "GLM 5.1"),
        ("alibaba's", "Alibaba’s", "ALIBABA ʼs"),
        ("Café", "cafe", "CAFE\u0301", "ca\u00adfé"),
        ("Straße Œuvre Ærø Łódź Đà ılık Þor", "strasse oeuvre aero lodz da ilik thor"),
        ("ﬁne CO₂", "fine CO2"),
        ("ΟΔΟΣ ός", "οδος ΌΣ"),
        ("ёлка", "ЕЛКА"),
        ("مُحَمَّد أحمد", "محمد احمد", "مـحمد احمد"),
        ("می‌خواهم", "میخواهم"),
        ("ｶﾞﾝﾀﾞﾑ", "ガンダム", "カ\u3099ンタ\u3099ム"),
        ("가나", unicodedata.normalize("NFD", "가나")),
        ("rocket🚀start ❤️ 1️⃣", "rocket start 1"),
    ],
)
def test_spellings_of_the_same_fold_to_the_same_tokens(spellings: tuple[str, ...]) -> None:
    first, *others = map(fold_tokens, spellings)

    assert [first] * len(others) == others


@pytest.mark.parametrize(
    ("one", "other"),
    [("мой", "мои"), ("Київ", "Києв"), ("qwen3", "qwen35"), ("ab c", "a bc"), ("か", "が")],
)
def test_what_differs_to_a_reader_stays_apart(one: str, other: str) -> None:
    assert fold_tokens(one) != fold_tokens(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落地了", ["落地", "地了", "了"]),
        ("commercial落地", ["commercial", "落地", "地"]),
        ("第3季度", ["第", "3", "季度", "度"]),
        ("落，地", ["落", "地"]),
        ("ไทย", ["ไท", "ทย", "ย"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
    ],
)
def test_scripts_without_spaces_become_pairs_and_a_closing_single(
    text: str, expected: list[str]
) -> None:
    assert expected == fold_tokens(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落地了", ["落地", "地了"]),
        ("落", ["落"]),
        ("commercial落地", ["commercial", "落地"]),
        ("落地commercial", ["落地", "地", "commercial"]),
        ("落地，地", ["落地", "地", "地"]),
        ("!?…", []),
        ("", []),
    ],
)
def test_a_query_drops_only_the_single_that_closes_it(text: str, expected: list[str]) -> None:
    assert expected == fold_query(text)


def test_the_characters_left_alone_are_left_alone_by_unicode_too() -> None:
    """A run is folded only where it may change; a character that did would fold by chance."""
    stable = [c for c in map(chr, range(0x110000)) if unspaced_run().match(c)]
    changed = [
        c
        for c in stable
        if c not in "\u3099\u309a"
        and unicodedata.normalize("NFKC", c).casefold() != c
        and fold_characters(c) == c
    ]

    assert changed == []


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_characters(text) == fold_characters(fold_characters(text))
    assert fold_tokens(text) == fold_tokens(text + " ")


@given(ANY_TEXT)
def test_folded_text_has_no_signs_but_those_of_ascii(text: str) -> None:
    odd = {c for c in fold(text) if not c.isascii() and unicodedata.category(c)[0] in "PSZC"}

    assert {unicodedata.category(c) for c in odd} <= {"Co", "Cn"}


@given(ANY_TEXT)
@example("\u13a0 \uab70")  # Cherokee, whose case folding is upper case
def test_pieces_lead_back_from_the_folded_text(text: str) -> None:
    folded, pieces = folded_pieces(text)

    assert folded == fold_characters(text)
    shift = 0
    for start, end, folded_start, folded_end in pieces:
        assert start + shift == folded_start
        shift = folded_end - end
    assert len(text) + shift == len(folded)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two words", 2),
        ("It’s a well-known 3.5 story", 5),
        ("人工智能 works", 5),
        ("a [link of four words](https://n.example/many/words/here) ends", 6),
        ("", 0),
        ("*** --- !!!", 0),
    ],
)
def test_words_are_counted_and_characters_where_there_are_none(text: str, expected: int) -> None:
    assert expected == count_words(text)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("[OpenAI](https://o.example/a_(b)) said", "OpenAI said"),
        ("这是**重点**内容", "这是重点内容"),
        ("这是*重点*内容", "这是重点内容"),
        ('[![alt](a.png "t")](b.html) x', "alt x"),
        ("2*3 [not](a link", "2*3 [not](a link"),
    ],
)
def test_phrases_run_through_links_and_emphasis(markdown: str, expected: str) -> None:
    assert expected == unlink(markdown)


def test_unlinking_hostile_brackets_takes_linear_time() -> None:
    hostile = "[](" * 20_000 + "![" * 20_000 + "](" * 20_000

    assert len(unlink(hostile)) == len(hostile)


@pytest.mark.parametrize("unit", ["\u0316\u0301", "\u0344", "\u0300\u302e", "\ufdfa", "\u0e33"])
def test_towers_of_marks_do_not_stop_anybody(unit: str) -> None:
    text = "a" + unit * (200_000 // len(unit)) + " rye"

    assert fold_tokens(text)[-1] == "rye"
    assert folded_pieces(text)[0].endswith(" rye")
    assert tag_key(text).endswith(" rye")
    assert clean_text(text).endswith(" rye")
    assert count_words(text) >= 1


def test_a_stack_of_marks_as_languages_have_it_counts_whole() -> None:
    word = "\u0928\u093f\u0301\u0902" * 20

    assert fold(word) == fold_tokens(word)[0]
    assert len(fold(word)) == 60


def test_tags_that_differ_in_case_have_one_key() -> None:
    assert {tag_key("AI/Chips"), tag_key("ai/chips"), tag_key(" Ai/CHIPS ")} == {"ai/chips"}
