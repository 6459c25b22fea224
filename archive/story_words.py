"""What an article says, as counted terms: the words that stories are grouped by. Pure.

The terms are the folded words of title (counted three times), lead (twice) and text, numbers and
overlapping bigrams of Chinese and the like among them, and pairs of neighbouring names in sorted
order, so that `Lin Junyang` and `Junyang Lin` are one term.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from archive.text import fold_tokens, is_unspaced, unlink
from archive.word_shares import term_of

TITLE_COUNT, LEAD_COUNT = 3, 2
LEAD_TOKENS = 80
MOST_CHARACTERS, MOST_TOKENS = 2_500, 500
"""Of a text the beginning counts: news tells early what it tells, and a short report and a long
one are nearer to each other by it than by all their words."""

# Whatever begins with no small ASCII letter: whether it is a capital is asked of fewer words then.
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z][\w’'\-]*")
_POSSESSIVE = re.compile(r"(?:['’]s?|-)$")
_HEADLINE_CASE = 0.6
"""Share of a title's words with a capital from which on all have one, be they names or not."""
_BETWEEN = frozenset(["of", "de", "da", "di", "von", "van", "der", "la", "al", "bin", "el"])
"""Words that stand between two names and are none."""


class Term(NamedTuple):
    """A term that stands in an article: its spelling there, its tokens, how many times it counts.

    `is_name`: it is written as one, or of a script that has no capitals.
    """

    shown: str
    tokens: tuple[str, ...]
    times: int
    is_name: bool = False


def terms_of(title: str, text: str) -> dict[int, Term]:
    """The terms of a Markdown text under its title, by the number that stands for each."""
    title, text = title[:MOST_CHARACTERS], unlink(text[:MOST_CHARACTERS])
    names = _names(title, text)
    found: dict[int, Term] = {}
    for token, count in _token_counts(title, text).items():
        spelled = names.singles.get(token)
        is_name = spelled is not None or (not token.isascii() and is_unspaced(token))
        found[term_of(token)] = Term(spelled or token, (token,), count, is_name)
    for tokens, (shown, count) in names.pairs.items():
        found[term_of("_".join(tokens))] = Term(shown, tokens, count, is_name=True)
    return found


def _token_counts(title: str, text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for token in fold_tokens(title):
        counts[token] += TITLE_COUNT
    tokens = fold_tokens(text)[:MOST_TOKENS]
    counts.update(tokens)
    for token in tokens[:LEAD_TOKENS]:
        counts[token] += LEAD_COUNT - 1
    return counts


@dataclass(frozen=True, slots=True)
class _Names:
    """Names as they are spelled, single ones by their token, pairs by both in sorted order."""

    singles: dict[str, str]
    pairs: dict[tuple[str, ...], tuple[str, int]]


def _names(title: str, text: str) -> _Names:
    found = _Names({}, {})
    for run in _runs(text):
        _note(found, run, 1)
    headline = list(_runs(title))
    if _is_headline_case(title, headline):
        # Where every word has a capital, only what the text says too is a name.
        known = set(found.singles)
        headline = [[name] for run in headline for name in run if _token_of(name) in known]
    for run in headline:
        _note(found, run, TITLE_COUNT)
    return found


def _note(found: _Names, run: list[str], count: int) -> None:
    folded = [(name, _token_of(name)) for name in run]
    for name, token in folded:
        found.singles.setdefault(token, name)
    for (first, one), (second, other) in pairwise(folded):
        key = tuple(sorted((one, other)))
        shown, known = found.pairs.get(key, (f"{first} {second}", 0))
        found.pairs[key] = shown, known + count


def _is_headline_case(title: str, runs: list[list[str]]) -> bool:
    return sum(map(len, runs)) > _HEADLINE_CASE * len(title.split())


def _runs(text: str) -> Iterator[list[str]]:
    """Words with a capital that follow each other with nothing but a space between."""
    run: list[str] = []
    end = 0
    for match in _CAPITAL.finditer(text):
        if not match[0][0].isupper():
            continue
        word = _POSSESSIVE.sub("", match[0])
        if run and not _is_inside_name(text[end : match.start()]):
            yield run
            run = []
        end = match.end()
        if len(word) > 1:
            run.append(word)
        if run and word != match[0]:  # a possessive ends its name
            yield run
            run = []
    if run:
        yield run


def _is_inside_name(between: str) -> bool:
    return between in {" ", "\u00a0"} or between.strip() in _BETWEEN


@lru_cache(maxsize=4096)
def _token_of(name: str) -> str:
    return "".join(fold_tokens(name))


def told_names(terms: Iterable[Term]) -> list[str]:
    """Names to show of terms, heaviest first: none twice, none that is part of another."""
    shown: list[str] = []
    told: set[str] = set()
    for term in terms:
        if term.is_name and not told.issuperset(term.tokens):
            shown.append(term.shown)
            told.update(term.tokens)
    return shown
