"""The patterns that find what persons did, in each language, made of `archive.act_words`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from archive.act_words import ENGLISH, SPANISH, Act, ActWords

LOWER = r"(?:(?:[a-zà-ÿ\-]+|[A-Z][a-z]{1,3}\.)\s+)"
"""A word that may stand before a name: `governor`, `Mr.`."""


class Patterns(NamedTuple):
    """What is looked for of one act."""

    verbs: re.Pattern[str]
    gerunds: re.Pattern[str] | None
    nouns: re.Pattern[str] | None
    before: re.Pattern[str]
    """What a name stands right behind: `departure of`, `appointed`, `dijo`."""


def languages(language: str | None) -> Iterator[str]:
    """Those whose patterns are tried on a text in a language, None for an unknown one."""
    if language != "es":
        yield "en"
    if language != "en":
        yield "es"


@cache
def rare_acts(language: str) -> re.Pattern[str]:
    """The words of all acts but saying: most sentences have none, which one look tells."""
    acts = SPANISH if language == "es" else ENGLISH
    words = [each for act, of in acts.items() if act != "said" for each in of if each]
    begins_sentences = re.IGNORECASE if language == "es" else 0
    return re.compile(rf"\b(?:{'|'.join(words)})", begins_sentences)


@cache
def patterns_of(language: str) -> dict[Act, Patterns]:
    """The patterns of each act in one of those languages."""
    if language == "es":
        return {
            act: _compiled(words, r"(?:de|del)\s", postposed=True) for act, words in SPANISH.items()
        }
    return {
        act: _compiled(words, r"(?:of|by)\s", postposed=act == "said")
        for act, words in ENGLISH.items()
    }


def _compiled(words: ActWords, of: str, *, postposed: bool) -> Patterns:
    lead = rf"(?:(?!(?:by|to|as|after|under|for|from|por|para)\s){LOWER}){{0,4}}$"
    ahead = [rf"(?:{words.nouns})(?:s|es)?\s+{of}"] if words.nouns else []
    ahead += [rf"(?:{words.objects})\s+"] if words.objects else []
    ahead += [rf"(?:(?<=[,”\"»’'] )|^(?:[A-Z]\w+\s)?)(?i:{words.verbs})\s+"] if postposed else []
    return Patterns(
        re.compile(rf"\b(?:{words.verbs})(?![-‐‑\w])"),
        re.compile(rf"\b(?:after|before|since|upon|by|on) (?:{words.gerunds})\b")
        if words.gerunds
        else None,
        re.compile(rf"[’']s?\s+(?:\w+\s+){{0,2}}(?:{words.nouns})\b(?! of\b)")
        if words.nouns
        else None,
        re.compile(rf"(?<!\w)(?:{'|'.join(ahead)}){lead}") if ahead else re.compile(r"(?!)"),
    )
