"""Hosts that are to be left alone for a while: 429 and 503 with Retry-After, 429 without it too.

Retry-After is RFC 9110, 10.2.3. A 503 without it may be about that one page alone. A host is a name
with its port where that is unusual, as a URL says it: two ports are two servers.
"""

from __future__ import annotations

import email.utils
import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from archive.feed_models import HostWait

LIMIT_SECONDS = 86_400.0
# Too Many Requests (RFC 6585, 4) and Service Unavailable; elsewhere the header means other things.
_STATUSES = frozenset({429, 503})
# How long a host that says 429, and not for how long, is left alone at first; doubled each time.
_FIRST_SECONDS = 900.0


class Waits:
    """Which hosts are to be left alone; from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waits: dict[str, HostWait] = {}

    def note(self, host: str, status: int | None, seconds: float | None) -> HostWait | None:
        """Takes in an answer of that status whose Retry-After says so many seconds, if it does.

        The wait that came of it, if any did.
        """
        with self._lock:
            known = self._waits.get(host)
            under_way = known is not None and seconds_left(known) > 0
            if status not in _STATUSES or seconds == 0 or (status == 503 and seconds is None):
                if not under_way:
                    self._waits.pop(host, None)
                return None
            if known and under_way and seconds is None:
                return known
            count = known.count + (not under_way) if known else 1
            pause = seconds or min(_FIRST_SECONDS * 2 ** min(count - 1, 12), LIMIT_SECONDS)
            until = datetime.now(UTC) + timedelta(seconds=pause)
            wait = HostWait(host, status, until, asked=seconds is not None, count=count)
            if known is None or known.until < until:
                self._waits[host] = wait
            return self._waits[host]

    def current(self, host: str) -> HostWait | None:
        """The wait of a host, if it is not over."""
        with self._lock:
            wait = self._waits.get(host)
        return wait if wait and seconds_left(wait) > 0 else None

    def all(self) -> tuple[HostWait, ...]:
        """Every wait, also those that were over when the host was last not asked."""
        with self._lock:
            return tuple(self._waits[host] for host in sorted(self._waits))

    def take_in(self, waits: Iterable[HostWait]) -> None:
        """Adds waits that others learned of; the later one of a host counts."""
        latest = datetime.now(UTC) + timedelta(seconds=LIMIT_SECONDS)
        with self._lock:
            for wait in waits:
                known = self._waits.get(wait.host)
                if known is None or known.until < wait.until:
                    self._waits[wait.host] = replace(wait, until=min(wait.until, latest))


def seconds_left(wait: HostWait) -> float:
    """What is left of a wait, at most a day, should the clock be set back."""
    left = (wait.until - datetime.now(UTC)).total_seconds()
    return min(max(left, 0.0), LIMIT_SECONDS)


def wait_words(wait: HostWait) -> str:
    """`asked us to wait until 2026-11-22 14:05`, in local time, the minute rounded up."""
    shown = (wait.until + timedelta(seconds=59)).astimezone()
    what = "asked us to wait" if wait.asked else "is left alone"
    return f"{what} until {shown:%Y-%m-%d %H:%M}"


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
