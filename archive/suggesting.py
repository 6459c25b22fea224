"""Which tags an article may want, learned from the articles that have some. Offline, never applied.

Naive Bayes over the presence of words: for each of the article's heaviest words, how much likelier
it is in articles with a tag than in the whole archive, smoothed towards the archive (Manning,
Raghavan, Schütze, Introduction to Information Retrieval, 13.3 and 12.2.2). So that two articles by
chance make no evidence, a word counts only where that is three standard errors above nothing, as in
the log-odds with a Dirichlet prior of Monroe, Colaresi and Quinn, "Fightin' Words" (2008). What
speaks against a tag is not counted: most articles have no tags because nobody gave them any.

A tag that two other articles of its story have is suggested too, also in an archive that is too
small for that; what speaks for it are the telling words that they share.

Counts are those of the index, asked word by word; no text but the article's own is read.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive import index_tags
from archive.index import Index
from archive.models import Article
from archive.story_stems import AS_WRITTEN
from archive.story_vectors import number_of, vector_of
from archive.story_words import Terms, terms_of, tokens_of
from archive.text import tag_key

MOST_TERMS = 30
MOST_SUGGESTED = 5
SHOWN_WORDS = 3
FEWEST_ARTICLES = 2
"""Articles that a tag, and a word beside it, must have: one says nothing."""
FEWEST_WORDS = 2
LEAST_ERRORS = 3.0
"""Standard errors that the evidence of a word must be above nothing."""
LEAST_EVIDENCE = math.log(100)
"""The words together must be a hundred times likelier with the tag than without."""
NAME = 4.0
"""How many times as much a name says of what a story is about as another word."""
PRIOR = 2.0
"""Articles as the archive has them that each tag is smoothed with."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag, the words of the article that speak for it, the strongest first, and how much they do.

    `evidence` is the logarithm of how much likelier the words are with the tag.
    """

    tag: str
    because: tuple[str, ...]
    evidence: float


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as the article spells it, and the articles of the archive that have it."""

    shown: str
    row_ids: Sequence[int]


def suggestions(index: Index, article: Article, own: Iterable[str]) -> list[Suggestion]:
    """The tags that an article may want beside its `own`, the likeliest first."""
    taken = set(map(tag_key, own))
    with index.connections.reading() as db:
        tagged, total = index_tags.newest_tagged(db), index_tags.article_count(db)
        of_story = index_tags.tagged_in_story(db, article.article_id)
    counts = Counter(key for keys in tagged.values() for key in keys if key not in taken)
    words = _words(index, article) if counts else []
    found = _shared(words, of_story, taken, total) | _weighed(words, tagged, counts, total)
    best = sorted(found.items(), key=lambda each: (-sum(each[1].values()), each[0]))
    with index.connections.reading() as db:
        return [
            Suggestion(index_tags.spelled(db, key), _strongest(weights), sum(weights.values()))
            for key, weights in best[:MOST_SUGGESTED]
        ]


def _words(index: Index, article: Article) -> list[_Word]:
    """What the index has of the article's telling words; lists need not wait for all of them."""
    words = []
    terms = terms_of(article.title, article.text, AS_WRITTEN)
    for term in _telling(terms):
        with index.connections.reading() as db:
            row_ids = index_tags.rows_having(db, tokens_of(term))
        if row_ids is not None:
            words.append(_Word(terms.shown(term), row_ids))
    return words


def _telling(terms: Terms) -> list[str]:
    """The heaviest terms but numbers; what stands in a heavier one is no evidence of its own."""
    told: set[str] = set()
    found = []
    by_number = {number_of(term): term for term in terms.times}
    for number in vector_of(terms, lambda _: {}, 0).heaviest:
        tokens = tokens_of(by_number[number])
        if not told.issuperset(tokens) and not tokens[0].isdecimal():
            told.update(tokens)
            found.append(by_number[number])
    return found[:MOST_TERMS]


def _weighed(
    words: Iterable[_Word],
    keys_by_row: Mapping[int, Sequence[str]],
    counts: Mapping[str, int],
    total: int,
) -> dict[str, dict[str, float]]:
    """By tag the evidence of each word for it; only of tags with enough of that."""
    found: dict[str, dict[str, float]] = {key: {} for key in counts}
    for word in words:
        beside = Counter(key for row_id in word.row_ids for key in keys_by_row.get(row_id, ()))
        for key, both in beside.items():
            if key in counts and both >= FEWEST_ARTICLES:
                weight, error = evidence(both, counts[key], len(word.row_ids), total)
                if weight >= LEAST_ERRORS * error:
                    found[key][word.shown] = weight
    return {
        key: each
        for key, each in found.items()
        if len(each) >= FEWEST_WORDS and sum(each.values()) >= LEAST_EVIDENCE
    }


def _shared(
    words: Iterable[_Word], rows_by_key: Mapping[str, Sequence[int]], taken: set[str], total: int
) -> dict[str, dict[str, float]]:
    """By tag that articles of the same story have the words that these share, names for more.

    Together they speak for it as much as is needed, and no more: the story does.
    """
    found: dict[str, dict[str, float]] = {}
    for key, rows in rows_by_key.items():
        if key in taken or len(rows) < FEWEST_ARTICLES:
            continue
        having = {word.shown: len(word.row_ids) for word in words if {*rows} <= {*word.row_ids}}
        rarity = {
            shown: math.log((total + 1) / count) * (1 if shown.islower() else NAME)
            for shown, count in having.items()
            if not any(f" {shown} " in f" {other} " for other in having if other != shown)
        }
        if len(rarity) >= FEWEST_WORDS:
            scale = LEAST_EVIDENCE / sum(rarity.values())
            found[key] = {shown: weight * scale for shown, weight in rarity.items()}
    return found


def evidence(both: int, tagged: int, having: int, total: int) -> tuple[float, float]:
    """How much a word speaks for a tag, as a logarithm, with its standard error.

    Of `total` articles `tagged` have the tag, `having` the word and `both` have both.
    """
    share = (having + 0.5) / (total + 1)
    weight = math.log((both + PRIOR * share) / (tagged + PRIOR) / share)
    return weight, math.sqrt(1 / both + 1 / having)


def _strongest(weights: Mapping[str, float]) -> tuple[str, ...]:
    order = sorted(weights, key=lambda word: -weights[word])
    return tuple(order[:SHOWN_WORDS])
