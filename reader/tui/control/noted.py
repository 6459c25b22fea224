"""What was said in notices: kept to be read again, as long as the app runs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from textual.notifications import SeverityLevel

from archive.characters import clean_line

MOST = 500
"""Notices that are kept, the latest."""
LONGEST = 4_000
"""Characters that are kept of one; a notice on the screen has less."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One notice, in one line without control characters."""

    at: datetime
    text: str
    severity: SeverityLevel


class NoticesBook:
    """The notices of this session, the latest last."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: deque[Noted] = deque(maxlen=MOST)

    def add(self, text: str, severity: SeverityLevel) -> None:
        """Keep what is said now."""
        self._kept.append(Noted(self._now(), clean_line(text[:LONGEST]), severity))

    def all(self) -> tuple[Noted, ...]:
        """All that are kept."""
        return tuple(self._kept)
