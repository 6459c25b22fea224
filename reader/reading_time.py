"""How long a text takes to read, by its language."""

from __future__ import annotations

_WORDS_A_MINUTE = 230
_CHARACTERS_A_MINUTE = 500
_COUNTED_BY_CHARACTER = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my"})


def reading_minutes(word_count: int, language: str | None) -> int:
    """About how long a text takes to read, at least a minute."""
    by_character = (language or "").split("-")[0].lower() in _COUNTED_BY_CHARACTER
    return max(1, round(word_count / (_CHARACTERS_A_MINUTE if by_character else _WORDS_A_MINUTE)))
