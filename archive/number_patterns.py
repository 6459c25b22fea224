"""How numbers are written, in digits and in words, and what their signs are worth. Pure.

Patterns are for flat texts: in lower case, without accents, each character in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from string import ascii_lowercase

from archive.number_words import (
    HAN_DIGITS,
    HAN_MEASURES,
    HAN_PLACES,
    HAN_QUALIFIERS,
    HAN_SCALES,
    MEASURE_OF,
    QUALIFIERS,
    SCALES,
    UNITS,
)
from archive.word_lists import word_set

HAN_SIGNS = re.compile("[" + "".join((*HAN_DIGITS, *HAN_PLACES, *HAN_SCALES)) + "]+")
"""Chinese signs of number in a row."""
_DECIMAL_COMMA = word_set("es de pt it nl id tr da nb no pl cs ru uk sv fi ro el")
"""Languages that write 1.234,5 for what English writes as 1,234.5."""
_JOINED_SCALES = ("k", "m", "mn", "mln", "bn", "b", "tn")
_CURRENCIES = "$€£¥₹₩"
_DIGIT = re.compile(r"\d")
_LETTERS = bytes(code if chr(code) in ascii_lowercase else 32 for code in range(256))
"""For each byte of a flat text: itself where it is a letter, else a space."""


@lru_cache(maxsize=512)
def flat(text: str) -> str:
    """The text in lower case without accents, each character in its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
    return lowered if lowered.isascii() else lowered.translate(_unaccented())


@cache
def _unaccented() -> dict[int, str]:
    """Base letters of the Latin letters with accents."""
    bases = {code: unicodedata.normalize("NFD", chr(code))[0] for code in range(0xC0, 0x250)}
    return {code: base for code, base in bases.items() if base.isascii()}


def matches_in(low: str) -> list[re.Match[str]]:
    """Where digits, words of number and Chinese signs of number stand in a flat text, in order."""
    found = list(_digits().finditer(low)) if _DIGIT.search(low) else []
    if not _number_words().isdisjoint(low.encode("ascii", "replace").translate(_LETTERS).split()):
        found += words_of_number().finditer(low)
    if not low.isascii():
        found += HAN_SIGNS.finditer(low)
    return sorted(found, key=re.Match.start)


@cache
def words_of_number() -> re.Pattern[str]:
    """A number in words: `two thousand three hundred`, `dos mil`, `a million`."""
    units, named = _either(UNITS), _either(_named_scales())
    return re.compile(
        rf"(?<![a-z-])(?:{units}|(?:a|one|un|una|une|eine?)\s+(?:{named}))"
        rf"(?:(?:\s+|-|\s+(?:and|y|et)\s+)(?:{units}|{named}))*(?![a-zß])"
    )


@cache
def _digits() -> re.Pattern[str]:
    named, joined = _either(_named_scales()), _either(_JOINED_SCALES)
    han = _either(f"{one}{two}" for one in HAN_SCALES for two in ("", *HAN_SCALES))
    return re.compile(
        rf"(?P<currency>(?:us|hk|nz|[acr])?[{_CURRENCIES}]\s?)?"
        r"(?P<digits>\d{1,3}(?:[ \u00a0\u202f’']\d{3})+(?!\d)|\d+(?:[.,]\d+)*)"
        rf"(?:[\s-]?(?P<scale>{named})(?![a-z])(?:(?<=\bmio|\bmrd)\.)?|(?P<joined>{joined})(?![a-z])"
        rf"|(?P<han>千?(?:{han})|千))?"
    )


@cache
def qualifier() -> re.Pattern[str]:
    """What qualifies a number, up to the end of the words before it."""
    words, signs = _either(QUALIFIERS), "|".join(HAN_QUALIFIERS)
    return re.compile(rf"((?<![a-z])(?:{words})\s+|(?:{signs})了?\s?)$")


def measure_at(low: str, at: int) -> tuple[str, int] | None:
    """The sign of the unit that begins at a place, and where it ends."""
    match = _measure().match(low, at)
    if match is None:
        return None
    word = match[1] or match[0].strip()
    sign = MEASURE_OF.get(word) or ("°" if word[0] == "°" else "%")
    return sign, match.end()


@cache
def _measure() -> re.Pattern[str]:
    words = _either(each for each in MEASURE_OF if each.isascii() and each[0].isalpha())
    signs = "|".join(HAN_MEASURES)
    return re.compile(
        rf"\s?(?:%|°\s?[cf]?|€|per\scent|por\sciento|percentage\spoints|puntos\sporcentuales|"
        rf"(?:{signs}))|[\s-]?(?:of\s|de\s|d['’])?(?:us\s)?({words})(?![a-z0-9])"
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _named_scales() -> list[str]:
    return [each for each in SCALES if each not in _JOINED_SCALES]


@cache
def _parts_of_number() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{_either((*UNITS, *SCALES))})(?![a-zß])")


@cache
def _number_words() -> frozenset[bytes]:
    """Words of which a number in words has one, each up to what is no small letter."""
    words = (*UNITS, *_named_scales())
    return frozenset(
        each.encode("ascii", "replace").translate(_LETTERS).split()[0] for each in words
    )


def value_of_digits(written: str, language: str | None) -> float:
    """The value of digits with their marks, as the language sets these."""
    digits = re.sub(r"[ \u00a0\u202f’']", "", written)
    marks = [each for each in digits if each in ".,"]
    if not marks:
        return float(digits)
    last, tail = marks[-1], re.split("[.,]", digits)[-1]
    in_groups = len(tail) == 3 and not digits.startswith("0")
    decimal = "," if language in _DECIMAL_COMMA else "."
    if len(set(marks)) == 1 and (len(marks) > 1 or (in_groups and last != decimal)):
        return float(re.sub("[.,]", "", digits))
    if len(set(marks)) == 1 and in_groups and last == ",":
        return float(digits.replace(",", ""))  # 2,300 is written in Spanish too
    head = re.sub("[.,]", "", digits[: -len(tail) - 1])
    return float(f"{head}.{tail}")


def value_of_words(written: str) -> float:
    """The value of a number in words."""
    total = current = 0.0
    for word in _parts_of_number().findall(" ".join(written.split())):
        if word in UNITS:
            current += UNITS[word]
        elif word in SCALES and SCALES[word] <= 100:
            current = (current or 1) * SCALES[word]
        elif word in SCALES:
            current = (current or 1) * SCALES[word]
            total, current = total + current, 0.0
    return total + current


def value_of_han(written: str) -> float:
    """The value of Chinese signs of number."""
    total = part = digit = 0.0
    for sign in written:
        if sign in HAN_DIGITS:
            digit = HAN_DIGITS[sign]
        elif sign in HAN_PLACES:
            part += (digit or 1) * HAN_PLACES[sign]
            digit = 0
        else:
            total = (total + part + digit) * HAN_SCALES[sign]
            part = digit = 0
    return total + part + digit
