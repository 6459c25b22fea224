"""The nearest word that an archive has to one that it has not.

One letter off (left out, too many, another, two swapped) is looked for among all words by asking
for each such spelling (P. Norvig, "How to write a spelling corrector", 2007); two letters off among
the words of titles that begin alike, where the names are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from archive.widening import Vocabulary

_SHORTEST = 4
"""Letters below which nearly every other word is near."""
_SHORTEST_FAR = 6
_LONGEST = 30
_FARTHEST = 2
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
)


class Words(Vocabulary, Protocol):
    """What an archive's texts have, and how often."""

    def frequency(self, token: str) -> int:
        """How many articles have the token, counted as far as matters."""

    def of_titles(self, beginning: str) -> Iterable[tuple[str, int]]:
        """The words of titles that begin so, each with how many titles have it."""


def nearest(word: str, words: Words) -> str | None:
    """The commonest of the nearest words; None where none is near enough."""
    alphabet = next((each for each in _ALPHABETS if word[:1] in each), "")
    if not alphabet or not word.isalpha() or not _SHORTEST <= len(word) <= _LONGEST:
        return None
    near = [each for each in sorted(_one_off(word, alphabet)) if words.has(each)]
    if near:
        return max(near, key=words.frequency)
    if len(word) < _SHORTEST_FAR:
        return None
    far = [
        (-count, each)
        for each, count in words.of_titles(word[0])
        if abs(len(each) - len(word)) <= _FARTHEST and _distance(word, each) <= _FARTHEST
    ]
    return min(far)[1] if far else None


def _one_off(word: str, alphabet: str) -> set[str]:
    return set(_spellings(word, alphabet)) - {word}


def _spellings(word: str, alphabet: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in alphabet:
            yield before + letter + after
            yield before + letter + after[1:]


def _distance(one: str, other: str) -> int:
    """Letters to insert, leave out, replace or swap (optimal string alignment)."""
    earlier: list[int] = []
    above = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        row = [at]
        for to, wanted in enumerate(other, start=1):
            cost = min(above[to] + 1, row[-1] + 1, above[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
        earlier, above = above, row
    return above[-1]
