"""How old an article is, in as few cells as a list can spare.

An age is `now`, then minutes, hours, days and weeks (`5m 3h 2d 4w`), then the day (`12 Mar`) and,
for another year, its month (`2024-03`). Month names are English, as the program is.
"""

from __future__ import annotations

from datetime import datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
AGE_CELLS = 7
"""The widest age, in cells."""

_MINUTE, _HOUR, _DAY, _WEEK = 60, 3600, 86_400, 604_800


def local_now() -> datetime:
    """The time on this machine's clock, in its zone."""
    return datetime.now().astimezone()


def age(at: datetime, now: datetime) -> str:
    """The age of an instant; both are aware, days are those of `now`'s time zone."""
    seconds = (now - at).total_seconds()
    if seconds < _MINUTE:
        return "now"
    for limit, unit, letter in (
        (_HOUR, _MINUTE, "m"),
        (_DAY, _HOUR, "h"),
        (_WEEK, _DAY, "d"),
        (5 * _WEEK, _WEEK, "w"),
    ):
        if seconds < limit:
            return f"{int(seconds // unit)}{letter}"
    day = at.astimezone(now.tzinfo)
    if day.year == now.year:
        return f"{day.day} {MONTHS[day.month - 1]}"
    return f"{day.year}-{day.month:02}"


def moment(at: datetime, now: datetime) -> str:
    """Date and time of an instant in `now`'s time zone: `12 Mar 2026, 14:05`, `today, 14:05`."""
    local = at.astimezone(now.tzinfo)
    clock = f"{local.hour:02}:{local.minute:02}"
    if local.date() == now.date():
        return f"today, {clock}"
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {clock}"
