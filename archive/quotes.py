"""What a sentence puts between quotation marks, if it may be somebody's words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from archive.story_weights import is_informative
from archive.text import fold_tokens, is_unspaced

Pairs = frozenset[tuple[str, str]]

_FEWEST_WORDS, _FEWEST_SIGNS = 3, 6
_FEWEST_TELLING = 2
"""Words of a quote that say something wherever they stand."""
_QUOTE = re.compile(
    r"“([^“”]{1,400})”|„([^„“”]{1,400})[“”]|»(?=\w)([^«»]{1,400})(?<=\S)«|«\s?([^«»]{1,400}?)\s?»|「([^「」]{1,400})」|\"([^\"]{1,400})\""
    r"|(?<![\w])[‘']((?:[^‘’'\"]|[’'](?=\w)){1,400})[’'](?!\w)"
)
# One set of signs `re` finds fast.
_OPENING = re.compile("[“„»«「\"‘']")


def quotes_in(text: str) -> Iterator[tuple[str, Pairs]]:
    """Quotes of a sentence, each with its pairs of folded words that stand side by side."""
    for match in _matches(text):
        quote = next(filter(None, match.groups())).strip(" ,.")
        words = fold_tokens(quote)
        fewest = _FEWEST_SIGNS if words and is_unspaced(words[0]) else _FEWEST_WORDS
        if len(words) >= fewest and sum(map(is_informative, words)) >= _FEWEST_TELLING:
            yield quote, frozenset(pairwise(words))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What `_QUOTE` finds."""
    opening = _OPENING.search(text)
    while opening:
        match = _QUOTE.match(text, opening.start())
        if match:
            yield match
        opening = _OPENING.search(text, (match or opening).end())
