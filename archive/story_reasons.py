"""Names as a reason shows them: pairs of signs of scripts without spaces as the words they are of.

Chinese and the like are indexed by overlapping pairs of signs: 青石, 石水 and 水库 say 青石水库.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.text import is_unspaced

_PAIR = 2


def whole_words(names: Iterable[str], titles: Sequence[str]) -> list[str]:
    """The names in their order; pairs that overlap are one where a title has them so."""
    left = list(names)
    found: list[str] = []
    while left:
        word = left.pop(0)
        while part := _next(word, left, titles):
            word = _joined(word, part, titles)
            left.remove(part)
        found.append(word)
    return found


def _next(word: str, left: Iterable[str], titles: Sequence[str]) -> str:
    """A pair that goes on with a word, behind or before it; empty for none."""
    if not is_unspaced(word):
        return ""
    return next((each for each in left if len(each) == _PAIR and _joined(word, each, titles)), "")


def _joined(word: str, pair: str, titles: Sequence[str]) -> str:
    """A word with a pair that overlaps it; empty where no title says so."""
    if pair in word:
        return word
    behind = word + pair[1] if word[-1] == pair[0] else ""
    before = pair[0] + word if word[0] == pair[1] else ""
    for whole in filter(None, (behind, before)):
        if any(whole in title for title in titles):
            return whole
    return ""
