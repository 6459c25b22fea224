"""How near two sentences of a story are: by their words, rare ones first. Pure.

What all articles of the story say weighs little, or every sentence of it would be near to every
other one. The score is .6 of the part of a sentence that the other one has too, and .4 of the
cosine of the two.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from archive.quantities import stem
from archive.story_stems import stems
from archive.text import fold_tokens, is_unspaced
from archive.word_shares import term_of, word_shares

CUT = 0.25
"""Score from which on a sentence says what another one says."""
LEAST_SHARED = 3
"""Words that both must have, rare enough to say something; a pair of Chinese signs is half one."""
_WEAK, _LEAST_OF_WEAK = 0.35, 4
"""Below this score they must have so many: who did it and where are in all that is told of it, and
a third word is soon found. Of 60 sentences of public news that were looked at, three words alone
were right in one of eight."""

MOST_HAVING = 500
"""Sentences; a word that more of them have tells none from the others."""

_ADDRESS = re.compile(r"https?://\S+")
_CONTAINED, _COSINE = 0.6, 0.4
_MOST_WEIGHT = 4.0
"""Of a word that one text in fifty has or fewer: of these none says more than another."""
_NUMBER_WEIGHT = 3.0
_INFORMATIVE = 2.0
"""Weight from which on a word says something: at most one text in seven has it."""
_COMMON = 0.35
"""Of its weight a word loses as much if every article of the story has it."""


@lru_cache(maxsize=2048)
def words_of(text: str) -> frozenset[str]:
    """The stems of a sentence, plurals without their ending, addresses left out."""
    if "://" in text:
        text = _ADDRESS.sub(" ", text)
    tokens = fold_tokens(text)
    if not text.isascii():
        tokens = stems(tokens)
    return frozenset(
        [stem(each) if each[-1] == "s" and each.isascii() else each for each in tokens]
    )


class Weights(dict[str, float]):
    """What words weigh in a story of these articles, each given by the set of its words.

    A mapping, filled as words are asked for: it is asked for every word of every sentence.
    """

    def __init__(self, articles: Sequence[AbstractSet[str]]) -> None:
        super().__init__()
        self._counts: Counter[str] = Counter()
        for words in articles:
            self._counts.update(words)
        self._total = max(2, len(articles))

    def __missing__(self, word: str) -> float:
        """The weight of a word that is asked for the first time."""
        common = _COMMON * (self._counts[word] - 1) / (self._total - 1)
        weight = self[word] = _rarity(word) * (1 - max(0.0, common))
        return weight


def is_informative(word: str) -> bool:
    """Whether a word says something wherever it stands."""
    return _rarity(word) >= _INFORMATIVE


@lru_cache(maxsize=1 << 15)
def _rarity(word: str) -> float:
    if word.isdecimal():
        return _NUMBER_WEIGHT
    share = word_shares().share(term_of(word))
    return min(_MOST_WEIGHT, -math.log(share)) if share else _MOST_WEIGHT


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence by its place among those that were given, and its score."""

    place: int
    score: float


class Sentences:
    """Sentences, each given by its words, that others are compared with."""

    def __init__(self, sentences: Sequence[frozenset[str]], weights: Weights) -> None:
        self._weights = weights
        self._lengths = [_length(words, weights) for words in sentences]
        self._having: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(sentences):
            for word in words:
                self._having[word].append(place)
        for word, places in self._having.items():
            if len(places) > MOST_HAVING or not is_informative(word):
                places.clear()

    def near(self, words: frozenset[str]) -> list[Near]:
        """Those that say what a sentence of these words says, the nearest first."""
        weighed = {word: self._weights[word] for word in words}
        shared: dict[int, float] = defaultdict(float)
        squares: dict[int, float] = defaultdict(float)
        counts: dict[int, float] = defaultdict(float)
        for word, weight in weighed.items():
            places = self._having.get(word)
            if not places:
                continue
            count = 0.5 if is_unspaced(word) else 1.0
            for place in places:
                shared[place] += weight
                squares[place] += weight * weight
                counts[place] += count
        total = sum(weighed.values()) or 1.0
        length = _length(words, self._weights)
        found = [
            Near(
                place,
                _CONTAINED * shared[place] / total
                + _COSINE * squares[place] / (length * self._lengths[place]),
            )
            for place, count in counts.items()
            if count >= LEAST_SHARED
        ]
        near = (
            each
            for each in found
            if each.score >= (CUT if counts[each.place] >= _LEAST_OF_WEAK else _WEAK)
        )
        return sorted(near, key=lambda each: (-each.score, each.place))


def _length(words: Iterable[str], weights: Weights) -> float:
    weighed = [weights[word] for word in words]
    return math.hypot(*weighed) or 1.0
