"""The occasion that a sentence tells of: a number of another occasion is no other number. Pure.

Reports recall what was before: the flood of 2011 in one of today's. A sentence that names a year,
or says that something was years ago, tells of the occasion of one that names the same; and two
that both name somebody or a place, share no name and hardly another word, tell of two.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from archive.person_names import names_in
from archive.story_weights import is_informative, words_of

_YEAR = re.compile(
    r"(?<!since )(?<!founded in )(?<!desde )(?<!自)(?<![\d.,$€£\-])"
    r"((?:19|20)\d\d)(?=年|(?![\d.,%\-]*\w))"
)
_AGO = re.compile(
    r"\b(?:years|decades?|months|a year) (?:ago|earlier|before)\b|\blast (?:year|decade|century)\b"
    r"|\bhace (?:\w+ )?(?:años|meses|décadas)\b|\baños (?:antes|atrás)\b"
    r"|\b(?:año|década) pasad[oa]\b|年前|去年|前年",
    re.IGNORECASE,
)
_PAST = "ago"
_SHARED = 3
"""Words that two sentences with other names must share: of what was counted both tell anyway."""


@dataclass(frozen=True, slots=True)
class Context:
    """When a sentence says that it was, what it names, and its words that say something."""

    times: AbstractSet[str]
    names: AbstractSet[str]
    words: AbstractSet[str]

    def is_that_of(self, other: Context) -> bool:
        """Whether two sentences may tell of one occasion."""
        if self.times != other.times:
            return False
        if not self.names or not other.names or self.names & other.names:
            return True
        return len(self.words & other.words) >= _SHARED


@lru_cache(maxsize=512)
def context_of(sentence: str) -> Context:
    """The occasion of a sentence."""
    times = {match[1] for match in _YEAR.finditer(sentence)}
    if _AGO.search(sentence):
        times.add(_PAST)
    names = {part for name in names_in(sentence) if name.start for part in name.key}
    words = {each for each in words_of(sentence) if is_informative(each) and not each.isdecimal()}
    return Context(times, names, words)
