"""How often a feed's document asks to be read.

`ttl`, `skipHours` and `skipDays` are RSS 2.0's (rssboard.org/rss-specification); hours count in
GMT, and 24 is midnight in some feeds. `updatePeriod` and `updateFrequency` are those of the RSS 1.0
syndication module (web.resource.org/rss/1.0/modules/syndication). They are read by their names and
not by a parser, so that broken documents, and those of which a parser sees only a part, tell too.
"""

from __future__ import annotations

import re

from archive.feed_models import Stated

# What stands before the first entry and behind the last one, in characters, is looked through.
_LOOKED_AT = 20_000
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_PERIOD_MINUTES = {
    "hourly": 60,
    "daily": 1440,
    "weekly": 7 * 1440,
    "monthly": 30 * 1440,
    "yearly": 365 * 1440,
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MINUTES_MAX = 7 * 1440


def stated_in(text: str) -> Stated:
    """What a feed in XML asks for; whatever cannot be understood counts as unsaid."""
    around = _around_entries(text)
    minutes = max(_number(_value(around, "ttl")), _period_minutes(around))
    hours = {int(hour) % 24 for hour in _values(_value(around, "skipHours"), "hour", r"\d{1,2}")}
    days = {day.lower() for day in _values(_value(around, "skipDays"), "day", r"[A-Za-z]+")}
    numbers = [number for number, day in enumerate(_DAYS) if day in days]
    return Stated(min(minutes, _MINUTES_MAX), tuple(sorted(hours)), tuple(numbers))


def _around_entries(text: str) -> str:
    """The beginning and the end of a document: in RSS the channel's own words may follow items."""
    first = _ENTRY.search(text)
    head = text[: first.start() if first else len(text)][:_LOOKED_AT]
    tail = text[-_LOOKED_AT:] if first else ""
    ends = [match.end() for match in _ENTRY_END.finditer(tail)]
    return f"{head}\n{tail[ends[-1] :]}" if ends else head


def _period_minutes(around: str) -> int:
    """Minutes between two updates; the module's defaults are daily and once."""
    period, often = _value(around, "updatePeriod"), _value(around, "updateFrequency")
    if not period and not often:
        return 0
    length = _PERIOD_MINUTES.get(period.strip().lower() or "daily", 0)
    return length // max(_number(often), 1)


def _value(around: str, name: str) -> str:
    """What stands in the element of that name, whatever its prefix; empty if there is none."""
    element = rf"<(?:\w+:)?{name}(?:\s[^<>]*)?>(.{{0,2000}}?)</(?:\w+:)?{name}\s*>"
    match = re.search(element, around, re.DOTALL)
    return match[1] if match else ""


def _values(within: str, name: str, form: str) -> list[str]:
    return re.findall(rf"<{name}>\s*({form})\s*</{name}>", within)


def _number(text: str) -> int:
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else 0
