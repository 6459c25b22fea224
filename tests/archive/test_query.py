from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.query import MAX_DEPTH, MAX_TERMS, parse
from archive.query_tree import (
    EVERYTHING,
    NOTHING,
    And,
    InFeed,
    InLanguage,
    Is,
    Node,
    Not,
    Or,
    Phrase,
    Since,
    Tagged,
    Until,
)


def word(*tokens: str, prefix: bool = False) -> Phrase:
    return Phrase(tokens, prefix)


A, B, C = word("a"), word("b"), word("c")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", EVERYTHING),
        ("   ", EVERYTHING),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("-a", Not(A)),
        ("-(a b)", Not(And((A, B)))),
        ('"a b"', word("a", "b")),
        ('-"a b" c', And((Not(word("a", "b")), C))),
        ("ab*", word("ab", prefix=True)),
        ('"a b"*', word("a", "b", prefix=True)),
        ("GLM-5.1", word("glm", "5", "1")),
        ("alibaba's", word("alibaba", "s")),
        ("foo:bar", word("foo", "bar")),
        ("落", word("落", prefix=True)),
        ("落地", word("落地")),
        ("or and", And((word("or"), word("and")))),
        ("f(x)", word("f", "x")),
    ],
)
def test_words_phrases_and_operators_make_a_tree(text: str, expected: Node) -> None:
    assert expected == parse(text).tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('title:"New York"', Phrase(("new", "york"), column="title")),
        ("author:smi*", Phrase(("smi",), prefix=True, column="author")),
        ("outlet:Ars", Phrase(("ars",), column="outlet")),
        ("feed:f3", InFeed("f3")),
        ("feed:https://n.example/feed?a=b", InFeed("https://n.example/feed?a=b")),
        ('tag:"to read"', Tagged("to read")),
        ("tag:ai/", Tagged("ai")),
        ("TAG:ai", Tagged("ai")),
        ("lang:zh_Hans", InLanguage("zh-hans")),
        ("is:Unread", Is("unread")),
        ("-is:starred", Not(Is("starred"))),
        ("after:2026", Since(datetime(2026, 1, 1, tzinfo=UTC))),
        ("after:2026-03", Since(datetime(2026, 3, 1, tzinfo=UTC))),
        ("before:2026-03-09", Until(datetime(2026, 3, 9, tzinfo=UTC))),
    ],
)
def test_fields_filter(text: str, expected: Node) -> None:
    assert expected == parse(text).tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is:new", word("is", "new")),
        ("feed:", word("feed")),
        ("tag:/", word("tag")),
        ("lang:!", word("lang")),
        ("title:!", word("title")),
        ("before:2026-13", word("before", "2026", "13")),
        ("after:0000", word("after", "0000")),
    ],
)
def test_a_field_with_a_wrong_value_is_words_and_widens_nothing(text: str, expected: Node) -> None:
    assert expected == parse(text).tree


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    [
        ('"a b', word("a", "b"), "A quote is not closed."),
        ("(a", A, "A bracket is not closed."),
        ("a ) b", And((A, B)), "A closing bracket without an opening one was ignored."),
        ("a ...", A, "... has no letter or digit and was ignored."),
        ("...", NOTHING, "... has no letter or digit and was ignored."),
    ],
)
def test_what_is_broken_or_ignored_is_said(text: str, expected: Node, hint: str) -> None:
    query = parse(text)

    assert expected == query.tree
    assert (hint,) == query.hints


@pytest.mark.parametrize("text", ["re:invent x", "-colour:red x", "(colour:red)"])
def test_a_field_that_there_is_not_is_named_with_those_there_are(text: str) -> None:
    (hint,) = parse(text).hints

    assert ": is no field" in hint
    assert "title: author: outlet:" in hint


@pytest.mark.parametrize("text", ["https://a.example/b", "16:30", "C: x", '"re:invent"', "a::b"])
def test_not_every_colon_is_a_field(text: str) -> None:
    assert parse(text).hints == ()


def test_a_word_under_way_is_not_remarked_upon() -> None:
    assert parse("colour:red", typing=True).hints == ()


def test_a_date_not_understood_names_the_forms() -> None:
    assert "2026-03-01" in parse("after:soon").hints[0]


def test_words_for_dates_come_from_the_caller() -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)

    assert Since(day) == parse("after:yesterday", dates={"yesterday": day}.get).tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", Phrase(("a",), True, True)),
        ("a b", And((A, Phrase(("b",), True, True)))),
        ("a ", A),
        ('"a b', Phrase(("a", "b"), True, True)),
        ('"a b"', word("a", "b")),
        ("title:a", Phrase(("a",), True, True, "title")),
        ("tag:cl", Tagged("cl", prefix=True)),
        ("a OR", And((A, Phrase(("or",), True, True)))),
        ("a OR b", Or((A, Phrase(("b",), True, True)))),
        ("a feed:", A),
        ("a after:20", A),
        ("a is:un", A),
        ("a -", A),
        ("...", EVERYTHING),
        ("feed:", EVERYTHING),
    ],
)
def test_while_typing_the_last_word_is_not_finished(text: str, expected: Node) -> None:
    assert expected == parse(text, typing=True).tree


def test_a_pasted_page_is_cut_and_said_so() -> None:
    query = parse("word " * 10 * MAX_TERMS)

    assert isinstance(query.tree, And)
    assert len(query.tree.parts) == MAX_TERMS
    assert query.hints == (f"Only the first {MAX_TERMS} words were used.",)


def test_groups_are_followed_to_a_depth_and_no_further() -> None:
    query = parse("(" * 5000 + "a" + ")" * 5000)

    assert query.tree == A
    assert f"Brackets more than {MAX_DEPTH} deep were ignored." in query.hints


@given(st.text(st.characters(exclude_categories=[]), max_size=80), st.booleans())
def test_any_text_is_a_query(text: str, typing: bool) -> None:
    assert parse(text, typing=typing).tree is not None
