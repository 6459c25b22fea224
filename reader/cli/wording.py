"""Instants and counts as a person reads them, the same everywhere; instants in local time."""

from __future__ import annotations

from datetime import datetime


def day(at: datetime | None) -> str:
    """`2026-03-04`, empty where there is none."""
    return _local(at, "%Y-%m-%d")


def minute(at: datetime | None) -> str:
    """`2026-03-04 11:10`, empty where there is none."""
    return _local(at, "%Y-%m-%d %H:%M")


def span(seconds: float) -> str:
    """A length of time in its largest unit: `now` (under a minute), `5m`, `3h`, `2d`, `9w`."""
    for size, letter in ((604_800 * 2, "w"), (86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds >= size:
            return f"{int(seconds // min(size, 604_800))}{letter}"
    return "now"


def counted(count: int, noun: str) -> str:
    """`1 article`, `1,204 articles`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _local(at: datetime | None, form: str) -> str:
    if at is None:
        return ""
    try:
        return at.astimezone().strftime(form)
    except (OverflowError, OSError):
        # The years 1 and 9999 have no local time everywhere.
        return at.strftime(form)
