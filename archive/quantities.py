"""What the numbers of a sentence count or measure, in its own words. Pure.

The noun is looked for behind the number, else before it (`downloads exceeded 1 billion`). What
befell people is told by a word near by and says more than they: `2,300 people were evacuated`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from archive.counted_words import (
    CONCEPTS,
    HAN_CONCEPTS,
    LINKS,
    LOST_LIVES,
    OUTCOME_NAMES,
    STOPS,
    WHO,
)
from archive.number_patterns import flat
from archive.number_words import DURATIONS
from archive.numbers import Number, numbers_in
from archive.word_lists import word_set

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_CLAUSE_END = re.compile(r"[;:.!?()\[\]“”\"—–]|,\s|[，。；：！？（）、“”]|\s-\s")
_MOST_WORDS_ON, _MOST_WORDS_BACK, _MOST_SIGNS = 4, 6, 8
_HAN_LINK = re.compile("[达到至为破]\\s?$")
_TIMES = re.compile(r"\s?(?:times|veces|mal|(?:de )?fois|次)")
"""Behind a number of what was done so often: `downloaded 6 million times`."""
_WERE = re.compile(
    r"\s(?:(?:others?|more|otr[oa]s|autres|weitere)\s)?(?:were|was|are|have been|had been"
    r"|fueron|han sido|resultaron|wurden|ont ete|sont|etaient)\s"
)
_JOINING = ("de", "d", "plus", "of", "other", "more", "mal", "weitere", "autres")
"""Words between a number and its noun."""
_PLURALS = word_set("men women police aircraft sheep species cattle media sets")
"""Plurals without an s."""
FEW = 1000
"""Less of a thing may be counted twice in one story: two women and three women."""
_ROUNDED = 10_000
"""Numbers from here on are rounded: 2.123 million is 2.1 million too."""
_FAR = 10
_ROUGHLY = 1.2
"""Rough numbers that differ by less than this factor may be the same."""
_ONE = re.compile(r"\b(?:an?|the|its|his|her|their|this|that)\s$", re.IGNORECASE)
_GERMAN_ENDING = re.compile(r"(?<=\w{4})(?:en|er|e|n|s)$")
_BEARERS = "员者人兵生师家工民众客童车机船站店厂院校馆区"
"""Signs that end a noun of three: of two alone 消防员 would be the fire brigade."""
_CLASSIFIER = re.compile("^(?:多|余)?[人名位家个個次起辆艘架件条台栋座所户部种项张份]?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that counts or measures something; `shown` are its own words, unit with it.

    `what` tells what is counted, or the unit, the same for all spellings of it; `label` are the
    words for it. `is_loose`: numbers of the same `what` may well be of different things.
    """

    low: float
    high: float
    what: str
    shown: str
    label: str
    is_rough: bool
    is_loose: bool


def quantities_in(text: str, language: str | None = None) -> list[Quantity]:
    """The quantities of a sentence, in order."""
    numbers = numbers_in(text, language)
    if not numbers:
        return []
    low = flat(text)
    bounds = [0, *(each.start for each in numbers[1:]), len(text)]
    ends = [0, *(each.end for each in numbers)]
    return [
        found
        for number, (_, stop), before in zip(numbers, pairwise(bounds), ends, strict=False)
        if number.is_quantity and (found := _quantity(text, low, number, before, stop, language))
    ]


def _quantity(
    text: str, low: str, number: Number, begin: int, stop: int, language: str | None
) -> Quantity | None:
    """What a number counts of what stands between the numbers beside it; None for nothing."""
    behind = _clause(low[number.end : stop])
    ahead = _last_clause(low[begin : number.start])
    if number.measure in DURATIONS:
        what = label = DURATIONS[number.measure]
    elif found := _counted(text, number, ahead, behind, begin, language):
        what, label = found
    elif number.measure:
        what, label = "", number.measure
    else:
        return None
    if what in WHO and (outcome := _outcome(behind, ahead)):
        what = label = outcome
    elif not number.measure and LOST_LIVES.search(behind):
        what = label = "dead"
    shown = text[number.start : number.end].strip()
    return Quantity(
        number.low, number.high, number.measure or what, shown, label,
        is_rough=number.is_qualified or not shown[:1].isdecimal() or _is_round(number.high),
        is_loose=bool(number.measure) or what in WHO or _is_common(what, number.high),
    )  # fmt: skip


def _counted(
    text: str, number: Number, ahead: str, behind: str, begin: int, language: str | None
) -> tuple[str, str] | None:
    """What a number counts, as it is known here and in the words for it."""
    words = list(_WORD.finditer(behind))
    return (
        _right_before(ahead)
        or _concept(behind, words)
        or _befell(behind, words)
        or _noun(text, number, words, behind, language)
        or (_before(text, ahead, begin) if _is_linked(number, ahead, behind) else None)
    )


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may state the same: equal, rounded, or near where either is rough."""
    if one.low <= other.high and other.low <= one.high:
        return True
    smaller, greater = sorted((one.high, other.high))
    if smaller >= _ROUNDED and greater - smaller <= max(map(_step, (smaller, greater))) / 2:
        return True
    return (one.is_rough or other.is_rough) and 0 < greater <= smaller * _ROUGHLY


def are_far(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are too far apart to be of the same quantity.

    What is a thousand times another one may be a million that was meant as a billion.
    """
    smaller, greater = sorted((one.high, other.high))
    return smaller <= 0 or (greater > smaller * _FAR and greater != smaller * 1000)


def _step(value: float) -> float:
    """What the last digit counts that a number has before its zeros: 100,000 of 2.1 million.

    At most a tenth of it: of `1 billion` it is not known that all its zeros were rounded.
    """
    digits = f"{value:.0f}"
    return min(float(10 ** (len(digits) - len(digits.rstrip("0")))), value / 10)


def _is_common(what: str, value: float) -> bool:
    """Whether so few of a thing may be others than those of another outlet."""
    return value < FEW and what not in OUTCOME_NAMES and what != "magnitude"


def _is_round(value: float) -> bool:
    """Whether it has one digit that counts."""
    return value >= 10 and len(f"{value:.0f}".rstrip("0")) == 1


def _clause(text: str) -> str:
    """The text up to the end of its first clause."""
    end = _CLAUSE_END.search(text)
    return text[: end.start()] if end else text


def _last_clause(text: str) -> str:
    """The text from the beginning of its last clause on."""
    at = 0
    for end in _CLAUSE_END.finditer(text):
        at = end.end()
    return " " * at + text[at:]


def _right_before(ahead: str) -> tuple[str, str] | None:
    """What a number tells that stands right behind it: `killing 12`, `magnitude 6.4`."""
    words = _WORD.findall(ahead)
    concept = CONCEPTS.get(words[-1], "") if words else ""
    concept = "magnitude" if words[-2:] == ["der", "starke"] else concept
    is_told = concept in OUTCOME_NAMES or concept == "magnitude"
    return (concept, words[-1]) if is_told and ahead.rstrip().endswith(words[-1]) else None


def _concept(behind: str, words: Sequence[re.Match[str]]) -> tuple[str, str] | None:
    """A known noun among the words right behind a number."""
    if run := _HAN_RUN.match(behind.lstrip()):
        return _han_concept(run[0][:_MOST_SIGNS])
    for word in _phrase(words):
        if concept := CONCEPTS.get(word[0]):
            return concept, word[0]
    return None


def _befell(behind: str, words: Sequence[re.Match[str]]) -> tuple[str, str] | None:
    """What befell those whom a number alone stands for: `19 died and 230 were hurt`."""
    if _WERE.match(behind):
        for word in words[1:_MOST_WORDS_ON]:
            if (concept := CONCEPTS.get(word[0], "")) in OUTCOME_NAMES:
                return concept, word[0]
    return None


def _phrase(words: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The words behind a number that may be its noun or stand before it."""
    for place, word in enumerate(words[:_MOST_WORDS_ON]):
        if word[0] in STOPS and not (place == 0 and word[0] in _JOINING):
            return
        yield word


def _noun(
    text: str, number: Number, words: Sequence[re.Match[str]], behind: str, language: str | None
) -> tuple[str, str] | None:
    """The noun behind a number, stem and words: a plural, or what a hyphen or unit joins to it.

    In German whatever has a capital.
    """
    if run := _HAN_RUN.match(behind.lstrip()):
        if number.measure:
            return None
        signs = _CLASSIFIER.sub("", run[0])
        noun = signs[: 3 if signs[2:3] and signs[2] in _BEARERS else 2]
        return (noun, noun) if len(noun) > 1 else None
    phrase = [word for word in _phrase(words) if word[0] not in STOPS]
    if not phrase or behind[: phrase[0].start()].strip(" -‐‑") not in ("", *_JOINING):
        return None
    at = number.end
    if language == "de":
        head = next((word for word in phrase if text[at + word.start()].isupper()), None)
        return _named(text, at, phrase, head, _GERMAN_ENDING.sub("", head[0])) if head else None
    head = next((word for word in phrase if _is_plural(word[0]) or word[0] in _PLURALS), None)
    is_joined = behind[:1] in "-‐‑" and text[number.start : number.end][-1:].isdecimal()
    if head is None and (is_joined or (number.measure and _is_told(text, number, words[0]))):
        head = phrase[0]
    if head is None:
        return None
    return _named(text, at, phrase, head, stem(head[0]))


def _is_told(text: str, number: Number, following: re.Match[str]) -> bool:
    """Whether a measure belongs to what follows: `a $5 watch`, `3 tons of rice`."""
    return following[0] in _JOINING or _ONE.search(text[: number.start]) is not None


def _named(
    text: str, at: int, phrase: Sequence[re.Match[str]], head: re.Match[str], what: str
) -> tuple[str, str]:
    """A noun, with the words before it that belong to it as they stand in the text."""
    return what, text[at + phrase[0].start() : at + head.end()]


def _before(text: str, ahead: str, begin: int) -> tuple[str, str] | None:
    """The noun in the words before a number."""
    signs = _HAN_RUN.findall(ahead)
    if signs:
        return _han_concept("".join(signs)[-_MOST_SIGNS:], last=True)
    words = list(_WORD.finditer(ahead))[-_MOST_WORDS_BACK:]
    for word in reversed(words):
        if concept := CONCEPTS.get(word[0]):
            return concept, word[0]
    for word in reversed(words):
        if _is_plural(word[0]) and word[0] not in STOPS and word[0] not in LINKS:
            return stem(word[0]), text[begin + word.start() : begin + word.end()]
    return None


def _is_linked(number: Number, ahead: str, behind: str) -> bool:
    """Whether words before a number say that it tells of the noun ahead of them."""
    words = _WORD.findall(ahead)
    is_linked = bool(words) and words[-1] in LINKS
    is_linked = is_linked or _HAN_LINK.search(ahead) is not None
    is_qualified = number.is_qualified and not number.measure  # who spends more than $5 is no sum
    return is_qualified or is_linked or _TIMES.match(behind) is not None


def _outcome(behind: str, ahead: str) -> str:
    """What befell those who are counted, by the words near by; the ones behind first."""
    for part in (behind, ahead):
        if LOST_LIVES.search(part):
            return "dead"
        for word in _WORD.findall(part):
            concept = CONCEPTS.get(word, "")
            if concept in OUTCOME_NAMES:
                return concept
        han = _han_concept("".join(_HAN_RUN.findall(part)), outcomes=True)
        if han:
            return han[0]
    return ""


def _han_concept(
    signs: str, *, last: bool = False, outcomes: bool = False
) -> tuple[str, str] | None:
    """The first (or last) known word in a run of Chinese."""
    found = [
        (signs.rfind(word) if last else signs.find(word), word)
        for word in HAN_CONCEPTS
        if word in signs and (not outcomes or CONCEPTS[word] in OUTCOME_NAMES)
    ]
    if not found:
        return None
    word = max(found)[1] if last else min(found)[1]
    return CONCEPTS[word], word


def _is_plural(word: str) -> bool:
    is_french = len(word) > 4 and word.endswith(("aux", "eux"))
    return is_french or (len(word) > 3 and word[-1] == "s" and word[-2:] not in ("ss", "us", "is"))


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A folded word without the ending of its plural."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if _is_plural(word) else word
