"""How much each term of an article weighs, and how near two articles are. Pure.

A weight is `(1 + ln times) * idf ** IDF_POWER`, a vector has the heaviest terms and the length 1:
the product of two is their cosine. The rarity of a term, its idf, starts from the table that
comes with the program, which stands for PRIOR_COUNT articles of any subject, and goes over to what
the archive's own articles have. Weights, powers and counts were tried out on public sets of grouped
news: `python -m bench --only stories`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import log, sqrt

from archive.story_words import JOINT, Terms, tokens_of, told_names
from archive.word_shares import term_of, word_shares

PRIOR_COUNT = 500
IDF_POWER = 0.9
LEAST_IDF = 0.7
"""Of words that half of all articles have nothing is kept."""
TERM_COUNT = 120
COUNTED_TERMS = 40
"""So many heaviest terms of an article count in the archive's own frequencies: what tells articles
apart is among them, what is common everywhere is in the table."""

_RARE_SHARE = 0.001
"""Of a word that the table does not have."""
_PAIR_SHARE = 0.5
"""Two names stand side by side in half of the articles that have the rarer of them."""
_NUMBER_SHARES = (0.4, 0.15, 0.03, 0.06, 0.002)
"""Of numbers by how many digits they have; those of four are mostly years."""
_NAME_IDF = 3.5
"""From here on a name is rare enough to be shown as a reason."""
_SHOWN_NAMES = 12
_SCALE = 65_535


@dataclass(frozen=True, slots=True)
class Vector:
    """Weights by term, of length 1, heaviest first, and the rare names among them."""

    weights: Mapping[int, float]
    names: tuple[str, ...] = ()

    @property
    def heaviest(self) -> list[int]:
        """The terms, heaviest first."""
        return list(self.weights)


def vector_of(
    terms: Terms, counts: Callable[[Iterable[int]], Mapping[int, int]], total: int
) -> Vector:
    """The vector of an article's terms.

    `counts` tells how many of the archive's `total` articles have each of some terms.
    """
    known = list(map(_known, terms.times))
    expectations = dict(known)
    spelled = dict(zip([number for number, _ in known], terms.times, strict=True))
    own = counts(spelled)
    most = PRIOR_COUNT + total
    weights: dict[int, float] = {}
    rarities: dict[int, float] = {}
    for number, term in spelled.items():
        rarity = log(most / (expectations[number] + own.get(number, 0)))
        if rarity >= LEAST_IDF:
            weight, times = rarity**IDF_POWER, terms.times[term]
            weights[number] = weight if times == 1 else (1 + log(times)) * weight
            rarities[number] = rarity
    heaviest = _heaviest(weights)
    length = sqrt(sum([weights[number] ** 2 for number in heaviest])) or 1.0
    rare = (spelled[number] for number in heaviest if rarities[number] >= _NAME_IDF)
    return Vector(
        {number: weights[number] / length for number in heaviest},
        tuple(islice(told_names(rare, terms), _SHOWN_NAMES)),
    )


def _heaviest(weights: Mapping[int, float]) -> list[int]:
    """The terms to keep, heaviest first; of those that weigh the same the lower numbers first."""
    ordered = sorted(weights)
    ordered.sort(key=weights.__getitem__, reverse=True)
    return ordered[:TERM_COUNT]


def cosine(one: Mapping[int, float], other: bytes) -> float:
    """How near a vector is to a packed one, from 0 to 1."""
    terms, levels = _halves(other)
    shared = [one[term] * levels[place] for place, term in enumerate(terms) if term in one]
    return sum(shared) / _SCALE


def packed(weights: Mapping[int, float]) -> bytes:
    """A vector's weights as they are kept: numbers of four bytes, then weights of two."""
    levels = (round(weight * _SCALE) for weight in weights.values())
    return array("I", weights).tobytes() + array("H", levels).tobytes()


def unpacked(data: bytes) -> dict[int, float]:
    """The weights that `packed` wrote."""
    terms, levels = _halves(data)
    return {term: level / _SCALE for term, level in zip(terms, levels, strict=True)}


def _halves(data: bytes) -> tuple[list[int], memoryview]:
    view, end = memoryview(data), 4 * (len(data) // 6)
    return view[:end].cast("I").tolist(), view[end:].cast("H")


def number_of(term: str) -> int:
    """The number that stands for a term in a vector."""
    return _known(term)[0]


@lru_cache(maxsize=1 << 16)
def _known(term: str) -> tuple[int, float]:
    """The number that stands for a term, and how many of PRIOR_COUNT articles have it."""
    number = term_of(term)
    return number, PRIOR_COUNT * _share(term, number)


def _share(term: str, number: int) -> float:
    """The share of all articles that have a term."""
    if JOINT in term:
        rarer = min(_share(token, term_of(token)) for token in tokens_of(term))
        return max(_RARE_SHARE, _PAIR_SHARE * rarer)
    if term.isdecimal():
        return _NUMBER_SHARES[min(len(term), len(_NUMBER_SHARES)) - 1]
    return word_shares().share(number) or _RARE_SHARE
