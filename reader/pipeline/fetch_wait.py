"""Servers that asked to be left alone for a while (Retry-After; RFC 9110, 10.2.3)."""

from __future__ import annotations

import email.utils
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LIMIT_SECONDS = 86_400.0
# Too Many Requests (RFC 6585, 4) and Service Unavailable; elsewhere the header means other things.
_STATUSES = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Wait:
    """That a server answered `status` and asked for no request before `until`."""

    status: int
    until: datetime

    @property
    def seconds(self) -> float:
        """What is left of it, at most a day, should the clock be set back."""
        left = (self.until - datetime.now(UTC)).total_seconds()
        return min(max(left, 0.0), LIMIT_SECONDS)

    @property
    def words(self) -> str:
        """`asked us to wait until 2026-11-22 14:05`, in local time, the minute rounded up."""
        shown = (self.until + timedelta(seconds=59)).astimezone()
        return f"asked us to wait until {shown:%Y-%m-%d %H:%M}"


class Waits:
    """Which servers (hosts with their ports) are to be left alone; from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waits: dict[str, Wait] = {}

    def note(self, place: str, status: int | None, seconds: float | None) -> None:
        """Takes in an answer of that status whose Retry-After says so many seconds, if it does."""
        if status not in _STATUSES or not seconds:
            return
        wait = Wait(status, datetime.now(UTC) + timedelta(seconds=seconds))
        with self._lock:
            known = self._waits.get(place)
            if known is None or known.until < wait.until:
                self._waits[place] = wait

    def current(self, place: str) -> Wait | None:
        """The wait that a server asked for, if it is not over."""
        with self._lock:
            wait = self._waits.get(place)
        return wait if wait and wait.seconds > 0 else None


def retry_seconds(header: str) -> float | None:
    """A Retry-After header in seconds from now, at most a day; None if it is not readable."""
    if header.strip().isdecimal():
        return min(float(header), LIMIT_SECONDS)
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), LIMIT_SECONDS)
