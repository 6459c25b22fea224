"""What was typed, as the numbers that lists are read out with."""

from __future__ import annotations

_MOST_DIGITS = 9
"""No list is longer; what is typed may be."""


def number_of(words: str) -> int:
    """The number that the words are; 0, which nothing is read out with, for any others."""
    return int(words[:_MOST_DIGITS]) if words.isascii() and words.isdecimal() else 0
