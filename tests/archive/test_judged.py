"""How good searches are: a judged set, and plain FTS5 beside it to show that the set is not easy.

A query with a slip of the finger finds nothing; judged is what the archive offers in its place,
which a person takes with one key.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from archive import Archive
from tests.archive.judged.articles import judged_articles
from tests.archive.judged.queries import QUERIES
from tests.archive.making import START, clock, make_article

FOUND = 10
PLACE = "https://judged.example/"
FULL = 3

Search = Callable[[str], list[str]]


@dataclass(frozen=True)
class Quality:
    """Means over all queries, and those for which nothing that was expected came."""

    success_at_1: float
    ndcg_at_10: float
    misses: tuple[str, ...]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    rows = list(judged_articles())
    articles = [
        make_article(
            number, title=title, text=text, language=language, url=f"{PLACE}{key}",
            archived_at=START - timedelta(hours=number * 7 % 400),
        )
        for number, (key, language, title, text) in enumerate(rows)
    ]  # fmt: skip
    with Archive.open(tmp_path_factory.mktemp("archive"), now=clock) as opened:
        opened.save(articles)
        yield opened


def ours(archive: Archive) -> Search:
    def search(query: str) -> list[str]:
        found = archive.search(query, limit=FOUND)
        if not found:
            instead = archive.asking.explain(query).instead
            found = archive.search(instead, limit=FOUND) if instead else []
        return [row.url.removeprefix(PLACE) for row in found]

    return search


def plain_fts5() -> Search:
    """The same articles in FTS5 as it comes, all words wanted, by its own bm25."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE fts USING fts5(key UNINDEXED, title, text)")
    rows = [(key, title, text) for key, _, title, text in judged_articles()]
    db.executemany("INSERT INTO fts VALUES (?, ?, ?)", rows)

    def search(query: str) -> list[str]:
        words = " ".join(f'"{word}"' for word in query.split())
        sql = "SELECT key FROM fts WHERE fts MATCH ? ORDER BY rank LIMIT ?"
        return [key for (key,) in db.execute(sql, (words, FOUND))]

    return search


def judge(search: Search) -> Quality:
    """Success at 1: the first result is among the best; nDCG at 10 with gains of 2^grade - 1."""
    successes, gains, misses = 0, 0.0, []
    for query, grades in QUERIES.items():
        found = search(query)
        best = max(grades.values())
        successes += bool(found) and grades.get(found[0]) == best
        ideal = gain(sorted(grades.values(), reverse=True))
        gains += gain([grades.get(key, 0) for key in found]) / ideal
        if not set(found) & set(grades):
            misses.append(query)
    return Quality(successes / len(QUERIES), gains / len(QUERIES), tuple(misses))


def gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades[:FOUND]))


def test_the_set_is_as_large_as_it_claims() -> None:
    rows = list(judged_articles())

    assert len(QUERIES) >= 60
    assert len(rows) >= 300
    assert {language for _, language, _, _ in rows} == {"en", "de", "fr", "es", "zh"}
    assert {key for grades in QUERIES.values() for key in grades} <= {row[0] for row in rows}


def test_searches_find_what_a_person_expects(archive: Archive) -> None:
    found, plain = judge(ours(archive)), judge(plain_fts5())
    print(f"\nsearch: {found}\nplain FTS5: {plain}")

    assert found.misses == ()
    assert found.success_at_1 >= 0.9
    assert found.ndcg_at_10 >= 0.9
    assert plain.success_at_1 <= 0.6
    assert plain.ndcg_at_10 <= 0.6
