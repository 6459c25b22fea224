"""How long a text is, and how long it takes to read, by its language and script."""

from __future__ import annotations

from archive.text import unlink, unspaced_run

_WORDS_A_MINUTE = 230
_CHARACTERS_A_MINUTE = 500
_SAMPLE = 600
"""Characters that tell whether a text is written with spaces."""
_COUNTED_BY_CHARACTER = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my"})


def reading_minutes(word_count: int, language: str | None) -> int:
    """About how long a text takes to read, at least a minute."""
    by_character = (language or "").split("-")[0].lower() in _COUNTED_BY_CHARACTER
    return max(1, round(word_count / (_CHARACTERS_A_MINUTE if by_character else _WORDS_A_MINUTE)))


def has_no_spaces(text: str) -> bool:
    """Whether a Markdown text begins, and so is, mostly in a script that parts no words."""
    sample = unlink(text[:_SAMPLE])
    return 2 * sum(map(len, unspaced_run().findall(sample))) > len(sample)


def length(word_count: int, text: str) -> str:
    """`1,204 words`; `1,204 characters` for a text that is counted by them."""
    noun = "character" if has_no_spaces(text) else "word"
    return f"{word_count:,} {noun}{'' if word_count == 1 else 's'}"
