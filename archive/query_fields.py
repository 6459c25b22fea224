"""What the values of a query's fields mean: dates, ages, lengths, flags, names. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

from archive.query_tree import (
    And,
    InFeed,
    InFolder,
    InLanguage,
    Is,
    Long,
    Node,
    Since,
    Tagged,
    Until,
)

_DAYS = "a day such as 2026-03-01, 2026-03, yesterday, monday or -7d"
PHRASE_FIELDS = {
    "title": "words of the title",
    "text": "words of the text",
    "author": "words of the author's name",
    "outlet": "words of the outlet's name",
    "url": "parts of the article's address",
    "source": "parts of the address of the original that it cites",
}
"""Fields that take words, and which."""
FIELDS = PHRASE_FIELDS | {
    "feed": "a feed's id, address or part of its title",
    "folder": "a folder of feeds",
    "tag": "a tag",
    "lang": "a language's code such as en",
    "is": "read, unread, starred, changed, copy, gone or hidden",
    "has": "image, note or highlight",
    "after": _DAYS,
    "before": _DAYS,
    "on": _DAYS,
    "age": "a time such as <2d or >3w (hours h, days d, weeks w, months m, years y)",
    "words": "a number such as >800, <300 or 300..800",
}
"""Each field, and what it takes."""

_UNITS = {
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "m": timedelta(days=30),
    "y": timedelta(days=365),
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_SHORTEST_NAME = 3
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_AGO = re.compile(r"-?(\d{1,4})([hdwmy])")
_AGE = re.compile(r"(<=?|>=?|)(\d{1,4})([hdwmy])")
_LENGTH = re.compile(r"(<=?|>=?|=?)(\d{1,9})")
_RANGE = re.compile(r"(\d{1,9})\.\.(\d{1,9})")

Span = tuple[datetime, datetime]


def field_node(name: str, value: str, now: datetime, *, unfinished: bool = False) -> Node | None:
    """The condition that a field of FIELDS states, one that takes no words; None if it states none.

    Days are those of UTC; `now` tells which one is today.
    """
    value = value.strip()
    match name:
        case "feed":
            return InFeed(value) if value else None
        case "folder":
            folder = value.strip("/")
            return InFolder(folder) if folder else None
        case "tag":
            tag = value.strip("/")
            return Tagged(tag, unfinished) if tag else None
        case "lang":
            code = value.lower().replace("_", "-")
            return InLanguage(code) if re.fullmatch("[a-z]{2,3}(-[a-z0-9]+)*", code) else None
        case "is" | "has":
            return _flag(name, value.lower())
        case "words":
            return _length(value)
        case _:
            try:
                return _timed(name, value.lower(), now)
            except (ValueError, OverflowError):  # no such day, or one that no calendar here has
                return None


def _flag(name: str, value: str) -> Is | None:
    match name, value:
        case "is", ("read" | "unread" | "starred" | "changed" | "copy" | "gone" | "hidden") as flag:
            return Is(flag)
        case "has", ("image" | "note" | "highlight") as flag:
            return Is(flag)
        case _:
            return None


def _length(value: str) -> Long | None:
    if bounds := _RANGE.fullmatch(value):
        return Long(int(bounds[1]), int(bounds[2]))
    stated = _LENGTH.fullmatch(value)
    if not stated:
        return None
    count = int(stated[2])
    match stated[1]:
        case ">":
            return Long(count + 1)
        case ">=":
            return Long(count)
        case "<":
            return Long(0, count - 1)
        case "<=":
            return Long(0, count)
        case _:
            return Long(count, count)


def _age(value: str, now: datetime) -> Node | None:
    """Younger than that with `<` or no sign, older with `>`."""
    stated = _AGE.fullmatch(value)
    if not stated:
        return None
    instant = now - int(stated[2]) * _UNITS[stated[3]]
    return Until(instant) if stated[1].startswith(">") else Since(instant)


def _timed(name: str, value: str, now: datetime) -> Node | None:
    if name == "age":
        return _age(value, now)
    span = _span(value, now)
    if span is None:
        return None
    match name:
        case "after":
            return Since(span[0])
        case "before":
            return Until(span[0])
        case _:
            return And((Since(span[0]), Until(span[1])))


def _span(value: str, now: datetime) -> Span | None:
    """From the start of that UTC day, month or year to its end; None for other words."""
    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    day = timedelta(days=1)
    if stated := _DAY.fullmatch(value):
        return _calendar_span(int(stated[1]), stated[2], stated[3])
    if stated := _AGO.fullmatch(value):
        start = now - int(stated[1]) * _UNITS[stated[2]]
        whole = datetime.combine(start.astimezone(UTC).date(), time(), UTC)
        return (start, start + _UNITS["h"]) if stated[2] == "h" else (whole, whole + day)
    if value in {"today", "now"}:
        return today, today + day
    if value == "yesterday":
        return today - day, today
    if (weekday := _number_of(value, _WEEKDAYS)) is not None:
        start = today - (today.weekday() - weekday) % 7 * day
        return start, start + day
    if (month := _number_of(value, _MONTHS)) is not None:
        year = today.year - (month + 1 > today.month)
        return _calendar_span(year, str(month + 1), None)
    return None


def _number_of(value: str, names: tuple[str, ...]) -> int | None:
    """Which of these a word names, perhaps cut short (`mon`)."""
    if len(value) < _SHORTEST_NAME:
        return None
    return next((number for number, name in enumerate(names) if name.startswith(value)), None)


def _calendar_span(year: int, month: str | None, day: str | None) -> Span:
    """A year, a month of it, or a day of that; ValueError if there is no such one."""
    start = datetime(year, int(month or 1), int(day or 1), tzinfo=UTC)
    if day:
        return start, start + timedelta(days=1)
    if not month:
        return start, start.replace(year=year + 1)
    return start, (start + timedelta(days=31)).replace(day=1)
