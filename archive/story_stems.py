"""Words as stories are grouped and compared by them: without endings and articles. Pure.

Russian and its kin have a dozen forms of a word, and a headline has another one than the text: what
they have in common is its beginning. Arabic writes its article, and small words before it, as one
with the word. Of some languages in Latin script, which no letter tells from others, the first five
letters are taken where the language is known (for Turkish: Can et al., "Information retrieval on
Turkish texts", 2008). In other languages words are told apart well enough as they are.
"""

from __future__ import annotations

import re

_FIRST, _BEYOND = "а", "\u0660"
"""Between these signs words begin in Cyrillic and Arabic script."""
_CYRILLIC = "а-яёіїєґўј"
_INFLECTED = re.compile(rf"[{_CYRILLIC}]{{4,}}")
_ENDING = re.compile(
    rf"(?<=[{_CYRILLIC}]{{3}})"
    r"(?:(?:ск|н)?(?:ого|его|ому|ему|ыми|ими|ая|яя|ую|юю|ой|ей|ою|ий|ый|ое|ее|ые|ие|ых|их|ым|им|ом"
    r"|ем)|ами|ями|ах|ях|ам|ям|ов|ев|ия|ию|ии|ью|[аеиоуыюяьй])$"
)
_LONGEST = 7
"""Letters of a stem: behind them stand endings that make other words of it."""
_ARTICLE = re.compile("(?:[وفبك]?ال|لل)(?=[ء-ي]{3})")


AS_WRITTEN = "-"
"""In place of a language: words as they stand in the index."""
CUT = frozenset(["cs", "fi", "hu", "pl", "ro", "tr"])
_KEPT = 5
_CUT_MARK = "~"
"""Behind what is left of a word that was cut: no word of another language is meant by it."""


def main_language(tag: str | None) -> str | None:
    """The language of a tag: `tr` of `tr-TR`; imported articles have what other programs wrote."""
    return re.split("[-_]", tag)[0].lower() if tag else None


def stems(tokens: list[str], language: str | None = None) -> list[str]:
    """Folded tokens of a text in a language, each as its stem."""
    if language == AS_WRITTEN:
        return tokens
    if language in CUT:
        return [stem(each, language) for each in tokens]
    return [stem(each) if _FIRST <= each < _BEYOND else each for each in tokens]


def stem(token: str, language: str | None = None) -> str:
    """The stem of a folded word; the word itself where it has no such endings."""
    if language in CUT and token[:_KEPT].isalpha() and len(token) >= _KEPT and token < _FIRST:
        return token[:_KEPT] + _CUT_MARK
    if _INFLECTED.fullmatch(token):
        return _ENDING.sub("", token)[:_LONGEST]
    article = _ARTICLE.match(token)
    return token[article.end() :] if article else token
