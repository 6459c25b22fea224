"""Numbers that a sentence states, digits and words, with their scale, unit and qualifier. Pure.

`over 1 billion`, `2.300`, `两千三百`, `$8–11 million`, `two thousand`. Dates, clock times,
versions, ordinals and section numbers are found as well, but are no quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from archive.counted_words import CONCEPTS, LINKS, STOPS
from archive.number_patterns import (
    HAN_SIGNS,
    flat,
    matches_in,
    measure_at,
    qualifier,
    value_of_digits,
    value_of_han,
    value_of_words,
    words_of_number,
)
from archive.number_words import (
    HAN_DIGITS,
    HAN_MEASURES,
    HAN_PLACES,
    HAN_SCALES,
    MEASURE_OF,
    MONTHS,
    QUALIFIERS,
    SCALES,
    WORDS_OF_ONE_LANGUAGE,
)

_CLASSIFIERS = "人名位家个個次起辆艘架件条台栋座所户部种项票岁"
_HOW_MANY = re.compile(r"(?:over|than|about|nearly|mas de|menos de)\s$")
_NAMED = re.compile(r"([^\W\d_][\w’'&+]*)[ \u00a0]$")
_NO_QUANTITY = re.compile(
    r"st|nd|rd|th|[ºª]|:\d|/\d|[-‐‑]\d+[-‐‑]|\s?[ap]\.?m\b|\s?o'clock|h\d\d"
    r"|\s?(?:月|日|号|时|点|年\d{1,2}月)|\suhr\b"
)
"""What stands behind an ordinal, a clock time or a date."""
_AT = re.compile(r"(?:^|\s)(?:a|vers|des|avant|apres|a las)\s$")
_HOURS = re.compile(r"\s?(?:h|heures?|horas?)\b")
"""A clock time in French and Spanish: `a 17 heures`; else something took so long."""
_FRENCH_BEFORE = re.compile(r"\b(?:cents?|mille)[\s-]$")
_FRENCH_BEHIND = re.compile(r"[\s-]cents?\b")
"""Of what is not read whole in French (`deux cent vingt`) no part is a number."""
_LEAST_IN_GROUPS = 1000
"""Numbers from here on are counts, whatever stands before them."""
_BEFORE_NUMBERS = STOPS | LINKS | {word for each in QUALIFIERS for word in each.split()}
_LONGEST = 60
"""Signs of a number; what is longer counts nothing."""
_FIRST_YEAR, _LAST_YEAR = 1800, 2100


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text from `start` to `end`, qualifier and unit with it.

    `low` and `high` are the ends of a range, else the same. `measure` is the sign of its unit, ""
    for what is counted. `is_quantity`: it says how much or how many.
    """

    start: int
    end: int
    low: float
    high: float
    measure: str = ""
    is_qualified: bool = False
    is_quantity: bool = True


def numbers_in(text: str, language: str | None = None) -> list[Number]:
    """The numbers of a sentence, in order."""
    low = flat(text)
    found: list[Number] = []
    for match in matches_in(low):
        number = _number(text, low, match, language)
        if number is None:
            continue
        between = low[found[-1].end : number.start] if found else " "
        if found and (both := _as_range(low, found[-1], number)):
            found[-1] = both
        elif between in ("-", "–", ":", "比"):  # a score, a clock, a rank
            found[-1] = replace(found[-1], is_quantity=False)
            found.append(replace(number, is_quantity=False))
        else:
            found.append(number)
    return [_whole(low, each) for each in found]


def _number(text: str, low: str, match: re.Match[str], language: str | None) -> Number | None:
    """What a match says; None where it is no number."""
    start, end = match.span()
    if end - start > _LONGEST:
        return None
    if match.re is words_of_number():
        if not _is_of_language(low, match, language):
            return None
        value = value_of_words(match[0])
        is_joined = low[end : end + 1] == "-" and not measure_at(low, end)  # two-thirds
        return Number(start, end, value, value, is_quantity=not is_joined) if value > 1 else None
    if match.re is HAN_SIGNS:
        if not _is_han_number(low, match):
            return None
        value = value_of_han(match[0])
        return Number(start, end, value, value, is_quantity=low[start - 1 : start] != "第")
    value = value_of_digits(match["digits"], language)
    scale = match["scale"] or match["joined"] or ""
    if scale in ("m", "b") and not match["currency"]:
        scale, end = "", match.end("digits")
    value *= SCALES.get(" ".join(scale.split()), 1)
    for sign in match["han"] or "":
        value *= HAN_SCALES.get(sign) or HAN_PLACES[sign]
    measure = MEASURE_OF.get((match["currency"] or "").strip(), "")
    number = Number(start, end, value, value, measure)
    is_bare = not (scale or match["han"] or measure)
    is_quantity = value > 0 and not (is_bare and _is_name_or_date(text, low, number))
    return replace(number, is_quantity=is_quantity)


def _is_han_number(low: str, match: re.Match[str]) -> bool:
    """Whether signs of number are one, and not part of a word such as 百度 or 周三."""
    signs, start = match[0], match.start()
    if low[max(0, start - 2) : start].endswith(("周", "星期", "礼拜")) or signs in ("一", "零"):
        return False
    if signs[0] not in HAN_DIGITS and signs[0] != "十":
        return False
    after = low[match.end() : match.end() + 3]
    is_counted = after[:1] in _CLASSIFIERS or after.startswith(tuple(HAN_MEASURES))
    has_places = len(signs) > 1 and any(each not in HAN_DIGITS for each in signs)
    return bool(after) and (is_counted or has_places)


def _is_name_or_date(text: str, low: str, number: Number) -> bool:
    """Whether a number without scale and unit is part of a name, a date, a time or an outline."""
    before, after = low[max(0, number.start - 24) : number.start], low[number.end : number.end + 24]
    if re.search(r"[a-z_#@/:.\-‐‑–][-‐‑]?$|(?:第|\bno\.|\bnr\.|nº)\s?$", before):
        return not re.search(r"\d\s?[-–]$|[a-z]\.$", before)  # `5–7` is a range
    if _NO_QUANTITY.match(after) or (_HOURS.match(after) and _AT.search(before)):
        return True
    if re.match(r"[a-z]", after) and not measure_at(low, number.end):
        return True
    return (
        _is_dated(low, number, before, after)
        or _is_outline(text, number)
        or _is_version(text, number, after)
    )


def _is_dated(low: str, number: Number, before: str, after: str) -> bool:
    beside = re.match(r"\s?(?:de\s|of\s|\.\s?)?([a-z]{3,})", after)
    ahead = re.search(r"([a-z]{3,})\.?\s(?:the\s)?$", before)
    if any(each and each[1] in MONTHS for each in (beside, ahead)):
        return number.low <= 31 or _is_year(low, number)
    if not _is_year(low, number):
        return False
    return after[:1] == "年" or _HOW_MANY.search(before) is None


def _is_year(low: str, number: Number) -> bool:
    written = low[number.start : number.end]
    return written.isdecimal() and len(written) == 4 and _FIRST_YEAR <= number.low <= _LAST_YEAR


def _is_outline(text: str, number: Number) -> bool:
    """Whether it numbers what follows: `2.1 Organizational dilemma`, `3) Who pays`."""
    after = text[number.end : number.end + 24]
    counted = re.match(r"\s([^\W\d_]+)", after)
    return (
        not text[: number.start].strip("(*_ ")
        and not (counted and flat(counted[1]) in CONCEPTS)  # `67 Menschen`
        and re.match(r"[.)]?\s+[^\W\da-z_]|[.)、]", after) is not None
    )


def _is_version(text: str, number: Number, after: str) -> bool:
    """Whether a name stands before it, as in `Llama 4` and `Apache 2.0`."""
    named = _NAMED.search(text[max(0, number.start - 30) : number.start])
    if named and flat(named[1]) in ("magnitude", "magnitud", "starke"):
        return False
    if named and named[1][0].isupper() and number.low < _LEAST_IN_GROUPS:
        at = max(0, number.start - 30) + named.start(1)
        if text[:at].strip(" \"“‘'("):
            return True
        # What begins a sentence has a capital anyway: `About 20 people`, but `Paragraph 2 says`.
        behind = re.match(r"\s?(?:de\s)?([a-z]+)", after)
        return not (behind and (behind[1] in CONCEPTS or flat(named[1]) in _BEFORE_NUMBERS))
    is_decimal = number.low != int(number.low)
    is_plain = named is None or flat(named[1]) in LINKS
    return not is_plain and is_decimal and not re.match(r"\s?[a-z]|\s?[\u3400-\u9fff]", after)


def _is_of_language(low: str, match: re.Match[str], language: str | None) -> bool:
    """Whether words are a number in the language of the text, and all of one."""
    own = WORDS_OF_ONE_LANGUAGE.get(match[0], language)
    is_part = language == "fr" and (
        _FRENCH_BEFORE.search(low[: match.start()][-8:]) or _FRENCH_BEHIND.match(low, match.end())
    )
    return own == language and not is_part


def _as_range(low: str, first: Number, second: Number) -> Number | None:
    """Two numbers as the ends of a range, the first in the scale of the second."""
    between = low[first.end : second.start]
    if not re.fullmatch(r"\s?[-–—‐‑~～]\s?|\s(?:to|a|bis)\s|[至到]", between):
        return None
    start = first.low
    written = low[second.start : second.end]
    if start < second.low and (scale := re.search(r"[a-z万亿千]+[a-z\s]*$", written)):
        whole = SCALES.get(scale[0], 0)
        if whole and start * whole < second.low:
            start *= whole
    if start >= second.low:
        return None
    is_quantity = first.is_quantity and second.is_quantity
    measure = second.measure or first.measure
    return Number(first.start, second.end, start, second.low, measure, is_quantity=is_quantity)


def _whole(low: str, number: Number) -> Number:
    """The number with the qualifier before it and the unit behind it."""
    start, end, measure = number.start, number.end, number.measure
    if low[max(0, start - 3) : start] == "百分之":
        start, measure = start - 3, "%"
    before = low[max(0, start - 20) : start]
    if is_qualified := (found := qualifier().search(before)) is not None:
        start -= len(before) - found.start(1)
    if not measure and (unit := measure_at(low, end)):
        measure, end = unit
    return replace(number, start=start, end=end, measure=measure, is_qualified=is_qualified)
