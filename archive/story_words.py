"""What an article says, as counted terms: the words that stories are grouped by. Pure.

The terms are the stems of title (counted three times), lead (twice) and text, numbers and
overlapping bigrams of Chinese and the like among them, and pairs of neighbouring names in sorted
order, so that `Lin Junyang` and `Junyang Lin` are one term.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from archive.story_stems import stems
from archive.text import fold_tokens, is_unspaced, unlink

TITLE_COUNT, LEAD_COUNT = 3, 2
LEAD_TOKENS = 80
MOST_CHARACTERS, MOST_TOKENS = 2_500, 500
"""Of a text the beginning counts: news tells early what it tells, and a short report and a long
one are nearer to each other by it than by all their words."""

JOINT = "_"

# Whatever begins with no small ASCII letter: whether it is a capital is asked of fewer words then.
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z][\w’'\-]*")
_POSSESSIVE = re.compile(r"(?:['’]s?|-)$")
_HEADLINE_CASE = 0.6
"""Share of a title's words with a capital from which on all have one, be they names or not."""
_BETWEEN = frozenset(["of", "de", "da", "di", "von", "van", "der", "la", "al", "bin", "el"])
"""Words that stand between two names and are none."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an article: how many times each counts, and the names among them as spelled.

    A term is its tokens, joined by `_`, which stands in none.
    """

    times: dict[str, int] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.times)

    def is_name(self, term: str) -> bool:
        """Whether a term is written as a name, or is of a script that has no capitals."""
        return term in self.spelled or (not term.isascii() and is_unspaced(term))

    def shown(self, term: str) -> str:
        """The term as it stands in the article if it is a name; else as it is folded."""
        return self.spelled.get(term, term)

    @property
    def names(self) -> set[str]:
        """The terms that are names."""
        return set(filter(self.is_name, self.times))


def tokens_of(term: str) -> list[str]:
    """The folded words that a term is of."""
    return term.split(JOINT)


def terms_of(title: str, text: str, language: str | None = None) -> Terms:
    """The terms of a Markdown text in a language under its title."""
    title, text = title[:MOST_CHARACTERS], unlink(text[:MOST_CHARACTERS])
    times, names = _token_counts(title, text, language), _names(title, text, language)
    spelled = names.singles
    for tokens, (shown, count) in names.pairs.items():
        term = JOINT.join(tokens)
        times[term], spelled[term] = count, shown
    return Terms(times, spelled)


def _token_counts(title: str, text: str, language: str | None) -> dict[str, int]:
    tokens = stems(fold_tokens(text)[:MOST_TOKENS], language)
    counts = Counter(stems(fold_tokens(title), language) * TITLE_COUNT)
    counts.update(tokens)
    counts.update(tokens[:LEAD_TOKENS] * (LEAD_COUNT - 1))
    return counts


@dataclass(frozen=True, slots=True)
class _Names:
    """Names as they are spelled, single ones by their token, pairs by both in sorted order."""

    singles: dict[str, str]
    pairs: dict[tuple[str, ...], tuple[str, int]]


def _names(title: str, text: str, language: str | None) -> _Names:
    found = _Names({}, {})
    for run in _runs(text):
        _note(found, run, 1, language)
    headline = list(_runs(title))
    if _is_headline_case(title, headline):
        # Where every word has a capital, only what the text says too is a name.
        known = set(found.singles)
        headline = [
            [name] for run in headline for name in run if _token_of(name, language) in known
        ]
    for run in headline:
        _note(found, run, TITLE_COUNT, language)
    return found


def _note(found: _Names, run: list[str], count: int, language: str | None) -> None:
    folded = [(name, _token_of(name, language)) for name in run]
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
def _token_of(name: str, language: str | None) -> str:
    return "".join(stems(fold_tokens(name), language))


def told_names(terms: Iterable[str], of: Terms) -> Iterator[str]:
    """Names to show of terms, heaviest first: none twice, none that is part of another."""
    told: set[str] = set()
    for term in filter(of.is_name, terms):
        tokens = tokens_of(term)
        if not told.issuperset(tokens):
            yield of.shown(term)
            told.update(tokens)
