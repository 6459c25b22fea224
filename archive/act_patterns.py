"""The patterns that find what persons did, in each language, made of `archive.act_words`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from archive.act_more_words import FRENCH, GERMAN, GERMAN_OFFICES
from archive.act_words import ENGLISH, SPANISH, Act, ActWords

LOWER = (
    r"(?:(?:(?:[ld][’'])?[a-zà-ÿ\-]+|[A-Z][a-z]{1,3}\.|[A-Z]{2,4}"
    rf"|(?=[A-ZÄÖÜ])[\w\-]*(?i:{GERMAN_OFFICES}))\s+)"
)
"""A word that may stand before a name: `governor`, `Mr.`, `Finanzminister`."""

_OTHERS = "by|to|as|after|under|for|from|por|para|nach|von|für|par|pour|après"
"""Words behind which somebody else is named than who the act is of."""
_WORDS = {"en": ENGLISH, "es": SPANISH, "de": GERMAN, "fr": FRENCH}
_OF = {
    "en": r"(?:of|by)\s",
    "es": r"(?:de|del)\s",
    "de": r"(?:von|des|der|durch)\s",
    "fr": r"(?:de\s|du\s|de l[’']|d[’'])",
}
"""What joins a noun to the person who did it."""

BEFORE_NAME = re.compile(rf"\s+{LOWER}{{0,4}}")
"""What may stand between a verb and the name of its subject behind it."""


class Patterns(NamedTuple):
    """What is looked for of one act."""

    verbs: re.Pattern[str]
    gerunds: re.Pattern[str] | None
    nouns: re.Pattern[str] | None
    before: re.Pattern[str]
    """What a name stands right behind: `departure of`, `appointed`, `dijo`."""


def languages(language: str | None) -> Iterator[str]:
    """Those whose patterns are tried on a text in a language, None for an unknown one."""
    if language in _WORDS:
        yield language
    else:
        yield from ("en", "es")


@cache
def rare_acts(language: str) -> re.Pattern[str]:
    """The words of all acts but saying: most sentences have none, which one look tells."""
    acts = _WORDS[language]
    words = [each for act, of in acts.items() if act != "said" for each in of if each]
    begins_sentences = 0 if language == "en" else re.IGNORECASE
    return re.compile(rf"\b(?:{'|'.join(words)})", begins_sentences)


@cache
def patterns_of(language: str) -> dict[Act, Patterns]:
    """The patterns of each act in one of those languages."""
    return {
        act: _compiled(words, _OF[language], postposed=act == "said" or language != "en")
        for act, words in _WORDS[language].items()
    }


def _compiled(words: ActWords, of: str, *, postposed: bool) -> Patterns:
    lead = rf"(?:(?!(?:{_OTHERS})\s){LOWER}){{0,4}}$"
    ahead = [rf"(?:{words.nouns})(?:e?s)?\s+{of}"] if words.nouns else []
    ahead += [rf"(?i:{words.objects})\s+"] if words.objects else []
    ahead += [rf"(?:(?<=[,”“\"»«’'] )|^(?:[A-Z]\w+\s)?)(?i:{words.verbs})\s+"] if postposed else []
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
