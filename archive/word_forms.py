"""Other forms that a word may have in its language: plurals, cases, endings of common verbs. Pure.

Each language has paradigms, sets of endings that one stem takes. A word that has one of them may be
written with the others; which of these forms are words is for the archive to tell. Only inflection
is followed, as in light stemmers (J. Savoy, "Light stemming approaches for the French, Portuguese,
German and Hungarian languages", 2006): strong ones take "university" for "universe".
Words and endings are folded, as text.py folds them: without accents.
"""

from __future__ import annotations

from collections.abc import Iterator

ANY_LANGUAGE = ""

_DOUBLED = tuple((c, f"{c}s", f"{c}{c}ed", f"{c}{c}ing", f"{c}{c}er") for c in "bdgmnprt")
_PARADIGMS: dict[str, tuple[tuple[str, ...], ...]] = {
    ANY_LANGUAGE: (("", "s"),),
    "en": (
        ("", "s", "ed", "ing", "er", "ers"),
        ("e", "es", "ed", "ing", "er", "ers"),
        ("y", "ies", "ied", "ying"),
        ("ss", "sses", "ssed", "ssing"),
        ("sh", "shes", "shed", "shing"),
        ("ch", "ches", "ched", "ching"),
        ("x", "xes", "xed", "xing"),
        ("z", "zes"),
        ("fe", "ves"),
        ("f", "ves"),
        *_DOUBLED,
    ),
    "de": (("", "e", "en", "em", "er", "ern", "es", "n", "s"), ("in", "innen")),
    "fr": (
        ("", "s", "e", "es", "x"),
        ("al", "aux", "ale", "ales"),
        ("er", "e", "es", "ent", "ez", "ee", "ees", "ant"),
    ),
    "es": (
        ("", "s", "es"),
        ("o", "a", "os", "as"),
        ("z", "ces"),
        ("ar", "a", "an", "o", "ado", "ada", "ados", "adas", "ando"),
    ),
    "it": (("o", "i", "a", "e"), ("io", "i"), ("co", "chi", "ca", "che"), ("go", "ghi", "ga")),
    "pt": (("", "s", "es"), ("o", "a", "os", "as"), ("ao", "oes"), ("l", "is"), ("m", "ns")),
    "nl": (("", "s", "en", "e"),),
    "ru": (
        ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"),
        ("а", "ы", "и", "е", "у", "ой", "", "ам", "ами", "ах"),
        ("я", "и", "ю", "ей", "ем", "е", "ь", "ям", "ями", "ях"),
        ("ия", "ии", "ию", "ией", "ий", "иям", "иями", "иях", "ие", "ием"),
        ("ый", "ий", "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми"),
    ),
}
_CYRILLIC = frozenset({"ru"})
_SHORTEST_STEM = {ANY_LANGUAGE: 3, "en": 3}
_SHORTEST_OTHER_STEM = 2
_SHORTEST_WORD = 3
"""Letters of the first form of a paradigm."""
_VOWELS = frozenset("aeiouyаеиоуыэюя")
_NO_PLURALS = frozenset({"news", "series", "species", "always", "lens", "mars", "texas", "does"})
"""Words that only look like a plural, of which the singular would be another word."""


def word_forms(word: str) -> Iterator[tuple[str, str]]:
    """Forms beside the word itself, each once with the language that has it.

    The language ANY_LANGUAGE is for names and what is common to most: it comes first.
    """
    if not word.isalpha() or word in _NO_PLURALS:
        return
    seen = {word}
    for language, paradigms in _PARADIGMS.items():
        if language in _CYRILLIC and word.isascii():
            continue  # no word is of two scripts
        shortest = _SHORTEST_STEM.get(language, _SHORTEST_OTHER_STEM)
        of_language = {
            stem + ending
            for endings in paradigms
            for stem in _stems(word, endings, shortest)
            for ending in endings
        }
        for form in sorted(of_language - seen):
            yield form, language
        if language == ANY_LANGUAGE:
            seen |= of_language


def _stems(word: str, endings: tuple[str, ...], shortest: int) -> Iterator[str]:
    for ending in endings:
        stem = word.removesuffix(ending) if ending else word
        long_enough = len(stem) >= shortest and len(stem + endings[0]) >= _SHORTEST_WORD
        if (ending == "" or stem != word) and long_enough and _VOWELS & set(stem):
            yield stem
