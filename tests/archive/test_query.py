from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.query import MAX_DEPTH, MAX_TERMS, parse, tag_query
from archive.query_tree import (
    EVERYTHING,
    NOTHING,
    And,
    InFeed,
    InFolder,
    InLanguage,
    Is,
    Long,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Since,
    Tagged,
    Until,
)

NOW = datetime(2026, 3, 11, 15, 30, tzinfo=UTC)  # a Wednesday


def word(*tokens: str) -> Phrase:
    return Phrase(tokens, loose=True)


def exact(*tokens: str, prefix: bool = False) -> Phrase:
    return Phrase(tokens, prefix)


def day(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


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
        ('"a b"', exact("a", "b")),
        ('-"a b" c', And((Not(exact("a", "b")), C))),
        ("ab*", exact("ab", prefix=True)),
        ('"a b"*', exact("a", "b", prefix=True)),
        ('"a b*"', exact("a", "b", prefix=True)),
        ("a NOT b", And((A, Not(B)))),
        ("NOT (a b) c", And((Not(And((A, B))), C))),
        ("a NOT", A),
        ("a not b", And((A, word("not"), B))),
        ('near(a "b c")', Near((A, exact("b", "c")), 10)),
        ("NEAR(a, b, 3) c", And((Near((A, B), 3), C))),
        ("-near(a b 4)", Not(Near((A, B), 4))),
        ("near by", And((word("near"), word("by")))),
        ("GLM-5.1", word("glm", "5", "1")),
        ("alibaba's", word("alibaba", "s")),
        ("foo:bar", word("foo", "bar")),
        ("落", exact("落", prefix=True)),
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
        ("outlet:Ars", Phrase(("ars",), column="outlet", loose=True)),
        ('text:"New York"', Phrase(("new", "york"), column="text")),
        (
            "url:https://www.n.example/a-b",
            Phrase(("n", "example", "a", "b"), column="url", loose=True),
        ),
        (
            "https://n.example/a -b",
            And(
                (
                    Or(
                        (
                            Phrase(("n", "example", "a"), column="url", loose=True),
                            Phrase(("n", "example", "a"), column="source", loose=True),
                        )
                    ),
                    Not(word("b")),
                )
            ),
        ),
        ("source:qwen.ai", Phrase(("qwen", "ai"), column="source", loose=True)),
        ("folder:News/Tech/", InFolder("News/Tech")),
        ("is:hidden", Is("hidden")),
        ("is:gone", Is("gone")),
        ("has:image", Is("image")),
        ("has:note", Is("note")),
        ("words:>800", Long(801)),
        ("words:>=800", Long(800)),
        ("words:<300", Long(0, 299)),
        ("words:300..800", Long(300, 800)),
        ("words:5", Long(5, 5)),
        ("age:<2d", Since(NOW - timedelta(days=2))),
        ("age:36h", Since(NOW - timedelta(hours=36))),
        ("age:>1w", Until(NOW - timedelta(weeks=1))),
        ("on:2026-02", And((Since(day(2026, 2)), Until(day(2026, 3))))),
        ("on:2026-12", And((Since(day(2026, 12)), Until(day(2027))))),
        ("on:2026", And((Since(day(2026)), Until(day(2027))))),
        ("on:2026-02-28", And((Since(day(2026, 2, 28)), Until(day(2026, 3))))),
        ("after:today", Since(day(2026, 3, 11))),
        ("after:Yesterday", Since(day(2026, 3, 10))),
        ("after:monday", Since(day(2026, 3, 9))),
        ("after:wed", Since(day(2026, 3, 11))),
        ("after:thursday", Since(day(2026, 3, 5))),
        ("before:march", Until(day(2026, 3))),
        ("on:april", And((Since(day(2025, 4)), Until(day(2025, 5))))),
        ("after:-7d", Since(day(2026, 3, 4))),
        ("after:-2h", Since(NOW - timedelta(hours=2))),
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
    assert expected == parse(text, now=NOW).tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is:new", word("is", "new")),
        ("feed:", word("feed")),
        ("tag:/", word("tag")),
        ("lang:!", word("lang")),
        ("lang:english", word("lang", "english")),
        ("title:!", word("title")),
        ("before:2026-13", word("before", "2026", "13")),
        ("after:0000", word("after", "0000")),
        ("on:9999", word("on", "9999")),
        ("age:>9999y", word("age", "9999", "y")),
        ("after:-9999y", word("after", "9999", "y")),
        ("words:many", word("words", "many")),
        ("has:fleas", word("has", "fleas")),
    ],
)
def test_a_field_with_a_wrong_value_is_words_and_widens_nothing(text: str, expected: Node) -> None:
    assert expected == parse(text).tree


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    [
        ('"a b', exact("a", "b"), "A quote is not closed."),
        ("(a", A, "A bracket is not closed."),
        ("a ) b", And((A, B)), "A closing bracket without an opening one was ignored."),
        ("near(a", A, "near( takes at least two words, as in near(a b, 10)."),
        ("a ...", A, "... has no letter or digit and was ignored."),
        ("...", NOTHING, "... has no letter or digit and was ignored."),
        ("*", NOTHING, "* has no letter or digit and was ignored."),
        (
            "A NOT B",
            And((A, word("not"), B)),
            "NOT is searched as a word: write -WORD to leave a word out.",
        ),
    ],
)
def test_what_is_broken_or_ignored_is_said(text: str, expected: Node, hint: str) -> None:
    query = parse(text)

    assert expected == query.tree
    assert hint == query.hints[-1]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "a after:soon",
            "after:soon is searched as words: after: takes a day such as 2026-03-01, 2026-03,",
        ),
        ("before:2026-13-45", "before:2026-13-45 is searched as words: before: takes a day"),
        ("is:new", "is:new is searched as words: is: takes read, unread, starred,"),
        ("-lang:!", "lang:! is searched as words: lang: takes a language's code such as en."),
        ("title:", "title: is searched as words: title: takes words of the title."),
        ("(Foo:bar)", "Foo:bar is searched as words: Foo: is no field. Fields are title, text,"),
        ("x:" + "y" * 500 + " foo:" + "y" * 500, "foo:" + "y" * 56 + "... is searched as words:"),
    ],
)
def test_a_field_not_understood_says_what_it_takes(text: str, hint: str) -> None:
    (said,) = parse(text).hints

    assert said.startswith(hint)


@pytest.mark.parametrize("text", ["https://a.example/x", "12:30", "a:b", "Re: x", '"foo:bar"'])
def test_what_only_looks_like_a_field_is_no_cause_for_a_hint(text: str) -> None:
    assert parse(text).hints == ()


def test_while_typing_an_unfinished_field_is_no_cause_for_a_hint() -> None:
    assert parse("foo:b", typing=True).hints == parse("after:20", typing=True).hints == ()


@pytest.mark.parametrize("tag", ["ai", "ai qwen", "a(b)", "c++", "a*", 'the"x', "news/ai", "中 文"])
def test_the_query_of_a_tag_finds_that_tag(tag: str) -> None:
    assert Tagged(tag) == parse(tag_query(tag)).tree
    assert And((A, Tagged(tag))) == parse(f"(a {tag_query(tag)})").tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", Phrase(("a",), True, True)),
        ("a b", And((A, Phrase(("b",), True, True)))),
        ("a ", A),
        ('"a b', Phrase(("a", "b"), True, True)),
        ('"a b"', exact("a", "b")),
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
