"""The index against a plain reading of the query tree, over random articles and queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.feed_names import FeedName, FeedNames
from archive.index import Index
from archive.models import Article, Feed, Mark, Origin
from archive.query import parse
from archive.query_match import Facts, compiled
from archive.query_tree import (
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
    Query,
    Since,
    Tagged,
    Until,
    names_flag,
)
from archive.snippets import find_hits
from archive.text import fold_characters, fold_tokens

FEEDS = [
    Feed("https://alpha.example/feed", "f1", "Alpha Times", folder="news"),
    Feed("https://beta.example/feed", "f2", "Beta", "Gamma Weekly", folder="news/tech"),
]
START = datetime(2026, 2, 27, 12, tzinfo=UTC)
WORDS = ["lee", "Café", "cab", "qwen3.5", "落地", "地了落", "ab落", "a", "the"]
TAGS = ["AI", "ai/chips", "x"]

texts = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
marks = st.builds(
    Mark,
    read=st.booleans(),
    starred=st.booleans(),
    tags=st.lists(st.sampled_from(TAGS)).map(tuple),
    note=st.sampled_from(["", "see page 3"]),
    hidden_by=st.sampled_from(["", "", "", "dull things"]),
)
terms = st.one_of(
    st.sampled_from([*WORDS, *(word[:1] + "*" for word in WORDS), "ca*", "落", "地", "3"]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda w: f'"{" ".join(w)}"'),
    st.sampled_from(
        ["is:unread", "is:read", "is:starred", "tag:ai", "tag:x", "lang:zh", "lang:en"]
    ),
    st.sampled_from(["feed:f1", "feed:gamma", "feed:news", "feed:none", "outlet:weekly"]),
    st.sampled_from(["outlet:times", "author:lee", 'author:"ada lee"', "title:ca*", "title:cab"]),
    st.sampled_from(
        ["near(cafe qwen, 2)", 'near(a "ab 落" the, 1)', "text:cab", "text:ca*", "words:>3"]
    ),
    st.sampled_from(["is:changed", "is:gone", "is:hidden", "has:note", "has:image", "words:0..2"]),
    st.sampled_from(["folder:news", "folder:tech", "url:alpha.example/2", "source:c.example"]),
    st.sampled_from(["after:2026-03", "before:2026-03", "after:2026-02-28", "before:2026-03-02"]),
)
queries = st.recursive(
    terms,
    lambda inner: st.one_of(
        inner.map(lambda query: f"-({query})"),
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda pair: f"({' OR '.join(pair)})"),
    ),
    max_leaves=5,
)


@st.composite
def shelves(draw: st.DrawFn) -> list[tuple[Article, Mark]]:
    """A few articles, each of one feed, of both or of none."""
    return [
        (
            Article(
                url=f"https://alpha.example/{number}",
                title=draw(texts),
                text=draw(texts),
                archived_at=START,
                sort_at=START + timedelta(hours=draw(st.integers(0, 4)) * 12),
                article_id=f"260301a{number}",
                origins=tuple(
                    Origin(feed.feed_url, f"e{number}")
                    for feed in draw(st.lists(st.sampled_from(FEEDS), unique=True))
                ),
                author=draw(st.sampled_from(["", "Ada Lee", "Lee Ada"])),
                language=draw(st.sampled_from([None, "en", "zh-Hans"])),
                word_count=draw(st.integers(0, 5)),
                changed_at=draw(st.sampled_from([None, START])),
                gone_at=draw(st.sampled_from([None, START])),
                image_url=draw(st.sampled_from(["", "https://alpha.example/i.png"])),
                source_url=draw(st.sampled_from([None, "https://www.c.example/x"])),
            ),
            draw(marks),
        )
        for number in range(1, draw(st.integers(1, 5)) + 1)
    ]


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with TemporaryDirectory() as folder:
        opened = Index(Path(folder) / "index.sqlite")
        opened.set_feeds(FEEDS)
        yield opened
        opened.close()


@contextmanager
def shelved(index: Index, shelf: list[tuple[Article, Mark]]) -> Iterator[None]:
    """The index with these articles only; rows of those before lie about dead, as they may."""
    index.put_articles(shelf)
    try:
        yield
    finally:
        index.remove_articles([article.article_id for article, _ in shelf])


def has(tokens: list[str], phrase: Phrase, *, prefix: bool) -> bool:
    """Whether the phrase's tokens stand side by side in these."""
    wanted, size = list(phrase.tokens), len(phrase.tokens)
    for at in range(len(tokens) - size + 1):
        seen = tokens[at : at + size]
        if prefix and seen[-1].startswith(wanted[-1]):
            seen[-1] = wanted[-1]
        if seen == wanted:
            return True
    return False


def phrase_holds(phrase: Phrase, article: Article) -> bool:
    title, text = fold_tokens(article.title), fold_tokens(article.text)
    author = fold_tokens(article.author)
    feeds = [feed for feed in FEEDS if feed.feed_url in {o.feed_url for o in article.origins}]
    match phrase.column:
        case "author":
            turned = replace(phrase, tokens=phrase.tokens[::-1])
            return any(has(author, each, prefix=phrase.prefix) for each in (phrase, turned))
        case "url" | "source":
            address = article.url if phrase.column == "url" else article.source_url or ""
            address = address.removeprefix("https://").removeprefix("www.")
            return has(fold_tokens(address), phrase, prefix=phrase.prefix)
        case "text":
            return has(text, phrase, prefix=phrase.prefix)
        case "outlet":
            names = [name for feed in feeds for name in (feed.title, feed.user_title)]
            return any(has(fold_tokens(name), phrase, prefix=phrase.prefix) for name in names)
        case "title":
            return has(title, phrase, prefix=phrase.prefix)
    if phrase.typed and phrase.is_short:
        whole = any(has(tokens, phrase, prefix=False) for tokens in (title, text, author))
        return whole or has(title, phrase, prefix=True)
    return any(has(tokens, phrase, prefix=phrase.prefix) for tokens in (title, text, author))


def near_holds(near: Near, article: Article) -> bool:
    """Whether a title or a text has all the phrases so close, wherever each may stand."""
    for tokens in (fold_tokens(article.title), fold_tokens(article.text)):
        places = [
            [at for at in range(len(tokens)) if starts(tokens[at:], phrase)]
            for phrase in near.parts
        ]
        for chosen in product(*places):
            first = min(range(len(chosen)), key=chosen.__getitem__)
            gap = max(chosen) - (chosen[first] + len(near.parts[first].tokens))
            if gap <= near.distance:
                return True
    return False


def starts(tokens: list[str], phrase: Phrase) -> bool:
    return has(tokens[: len(phrase.tokens)], phrase, prefix=phrase.prefix)


def in_feed(name: str, article: Article) -> bool:
    urls = {origin.feed_url for origin in article.origins}
    named = [
        feed
        for feed in FEEDS
        if name == feed.feed_id
        or any(name in part.casefold() for part in (feed.title, feed.user_title, feed.folder))
    ]
    return any(feed.feed_url in urls for feed in named)


def holds(node: Node, article: Article, mark: Mark) -> bool:  # noqa: C901
    """What the tree says, read plainly."""
    assert article.sort_at
    match node:
        case And(parts):
            return all(holds(part, article, mark) for part in parts)
        case Or(parts):
            return any(holds(part, article, mark) for part in parts)
        case Not(part):
            return not holds(part, article, mark)
        case Phrase():
            return phrase_holds(node, article)
        case Near():
            return near_holds(node, article)
        case Long(least, most):
            return least <= article.word_count <= (10**9 if most is None else most)
        case InFolder(name):
            urls = {origin.feed_url for origin in article.origins}
            return any(f"/{name}/" in f"/{f.folder}/" for f in FEEDS if f.feed_url in urls)
        case InFeed(name):
            return in_feed(name, article)
        case InLanguage(code):
            return f"{article.language}-".lower().startswith(f"{code}-")
        case Tagged(tag, prefix):
            keys = [each.casefold() for each in mark.tags]
            return any(k == tag or k.startswith(tag + "/" * (not prefix)) for k in keys)
        case Is(flag):
            return {
                "read": mark.read,
                "unread": not mark.read,
                "starred": mark.starred,
                "changed": article.changed_at is not None,
                "gone": article.gone_at is not None,
                "hidden": bool(mark.hidden_by),
                "note": bool(mark.note),
                "image": bool(article.image_url),
            }[flag]
        case Since(instant):
            return article.sort_at >= instant
        case Until(instant):
            return article.sort_at < instant


@given(shelves(), st.lists(queries, min_size=1, max_size=6), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_way_of_asking_finds_what_the_query_says(
    index: Index, shelf: list[tuple[Article, Mark]], asked: list[str], typing: bool
) -> None:
    with shelved(index, shelf):
        for text in asked:
            query = parse(text, typing=typing)
            shown = names_flag(query.tree, "hidden")
            expected = {
                a.article_id
                for a, mark in shelf
                if (shown or not mark.hidden_by) and holds(query.tree, a, mark)
            }

            assert expected == {each.article_id for each in index.list(query)}, text
            assert expected == {each.article_id for each in index.search(query)}, text
            if not typing:
                assert expected == matching(query, shelf), text
            assert expected == set(index.article_ids(query)), text
            assert len(expected) == index.count(query) == len(index.list(query)), text


NAMES = FeedNames(
    lambda: [
        FeedName(number, f.feed_url, f.feed_id, f.title, f.user_title, f.folder)
        for number, f in enumerate(FEEDS, start=1)
    ]
)


def matching(query: Query, shelf: list[tuple[Article, Mark]]) -> set[str]:
    """What rules would take, which ask no index."""
    test = compiled(query.tree, NAMES)
    numbers = {feed.feed_url: number for number, feed in enumerate(FEEDS, start=1)}
    return {
        article.article_id
        for article, mark in shelf
        if test(Facts(article, mark, frozenset(numbers[o.feed_url] for o in article.origins)))
    }


SEPARATORS = ["，", " ", "\n"]
scripts = st.text("落地了가나かｶดー々", min_size=1, max_size=5)
latin = st.sampled_from(["ab", "AI", "b", "3", "35"])


@st.composite
def mixed(draw: st.DrawFn, *, separated: bool) -> str:
    """Runs of scripts without spaces, Latin words between them with nothing else between."""
    runs = [draw(scripts)]
    for _ in range(draw(st.integers(0, 3))):
        if separated and draw(st.booleans()):
            runs += [draw(st.sampled_from(SEPARATORS)), draw(scripts)]
        else:
            runs += [draw(latin), draw(scripts)]
    if len(runs) > 2:
        runs = runs[draw(st.booleans()) : len(runs) - draw(st.booleans())]
    return "".join(runs)


def has_substring(text: str, query: str) -> bool:
    """Plain search in the folded text, but Latin words and numbers are whole."""
    wanted = fold_characters(query)
    before = r"(?<![a-z])" if wanted[0].isascii() and wanted[0].isalpha() else ""
    before = r"(?<!\d)" if wanted[0].isdecimal() else before
    after = r"(?![a-z])" if wanted[-1].isascii() and wanted[-1].isalpha() else ""
    after = r"(?!\d)" if wanted[-1].isdecimal() else after
    return bool(re.search(before + re.escape(wanted) + after, fold_characters(text)))


@given(
    st.lists(mixed(separated=True), min_size=1, max_size=6),
    st.lists(mixed(separated=False), min_size=1, max_size=6),
)
@settings(max_examples=200, deadline=None)
@example(["commercial落地计划"], ["commercial落地", "commercial落", "落地计", "地计划"])
@example(["落地落地了"], ["落地了", "地落", "了"])
def test_search_in_scripts_without_spaces_is_substring_search(
    index: Index, documents: list[str], asked: list[str]
) -> None:
    # Pieces of the documents are asked as well, else most random queries find nothing.
    asked += [run[:3] for each in documents for run in re.findall("[^， \n]+", each)]
    shelf = [
        (Article("", "", text, START, article_id=f"260301a{number}"), Mark())
        for number, text in enumerate(documents, 1)
    ]
    with shelved(index, shelf):
        for text in asked:
            query = parse(text)
            expected = {a.article_id for a, _ in shelf if has_substring(a.text, text)}

            assert expected == {each.article_id for each in index.list(query)}, text
            assert expected == {a.article_id for a, _ in shelf if find_hits(a.text, query)}, text


pieces = st.one_of(
    st.sampled_from(
        ["(", ")", '"', "-", "*", " ", " OR ", " AND ", ":", "/", "NOT ", "NEAR(", "^"]
    ),
    st.sampled_from(
        ["tag:", "feed:", "is:unread", "after:2026", "title:", "outlet:", "{", "}", "near("]
    ),
    st.sampled_from(["a", "落", "地了", "3.5", "é", "हिन्दी", "ไทย", "\0", "\ud800", "'"]),
    st.text(st.characters(exclude_categories=[]), max_size=6),
)


@given(st.lists(pieces, max_size=25).map("".join), st.booleans())
@settings(max_examples=400, deadline=None)
@example("(a OR (b " * 40, False)
@example("-(a OR tag:b (c OR -(d OR is:read " * 30, True)
@example("a " * 300 + '"' + "b " * 500, True)
@example("落" * 3000, False)
def test_any_text_is_answered(index: Index, text: str, typing: bool) -> None:
    article = Article("", "a 落 title", "text 地了 é 3.5", START, article_id="260301a1")
    query = parse(text, typing=typing)

    with shelved(index, [(article, Mark())]):
        found = index.list(query)
        assert len(found) == len(index.search(query)) == index.count(query)
        assert [each.article_id for each in found] == index.article_ids(query)
    find_hits("a 落 title", query)
