"""How old an article is, in as few cells as a list can spare.

An age is `now`, then minutes, hours and days (`5m 3h 34d`), from five weeks on the month (`Mar`),
which is one of the last twelve, and before those the year (`2024`). Four cells hold any of them;
where there is room for two more, the day stands before the month (`4 Mar`). Month names are
English, as the program is.
"""

from __future__ import annotations

from datetime import datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
AGE_CELLS = 4
"""The widest age, in cells."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_MOST_DAYS = 35


def local_now() -> datetime:
    """The time on this machine's clock, in its zone."""
    return datetime.now().astimezone()


def age(at: datetime, now: datetime, *, with_day: bool = False) -> str:
    """The age of an instant; both are aware, days are those of `now`'s time zone."""
    seconds = (now - at).total_seconds()
    if seconds < _MINUTE:
        return "now"
    for limit, unit, letter in (
        (_HOUR, _MINUTE, "m"),
        (_DAY, _HOUR, "h"),
        (_MOST_DAYS * _DAY, _DAY, "d"),
    ):
        if seconds < limit:
            return f"{int(seconds // unit)}{letter}"
    day = at.astimezone(now.tzinfo)
    months = 12 * (now.year - day.year) + now.month - day.month
    if months >= 12:
        return f"{day.year}"
    month = MONTHS[day.month - 1]
    return f"{day.day} {month}" if with_day else month


def moment(at: datetime, now: datetime) -> str:
    """Date and time of an instant in `now`'s time zone: `12 Mar 2026, 14:05`, `today, 14:05`."""
    local = at.astimezone(now.tzinfo)
    clock = f"{local.hour:02}:{local.minute:02}"
    if local.date() == now.date():
        return f"today, {clock}"
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {clock}"
