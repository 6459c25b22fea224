"""Notices at the lower right: a new one takes the place of the last, and none lies over a dialog.

Warnings and errors stay beside what is said after them, until their time is up. What is said while
a prompt or a page is open waits until it is closed; so do the errors that had to make room for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from textual.notifications import Notification, SeverityLevel
from textual.screen import Screen

from archive.characters import clean_line
from reader.tui.cells import ELLIPSIS
from reader.tui.control.noted import NoticesBook
from reader.tui.screens.notices import NoticesScreen

LONGEST = 300
"""Characters of a notice."""
_SECONDS: dict[SeverityLevel, float] = {"information": 4, "warning": 12, "error": 12}
TOLD = 3.0
"""Seconds for which the footer says what a key did."""
_LEAST_AGAIN = 4.0
"""Seconds that an error stands at least when it comes again after a dialog."""


@dataclass(frozen=True, slots=True)
class _Notice:
    text: str
    severity: SeverityLevel
    seconds: float


class Notices:
    """What is said over the panes of a screen."""

    def __init__(self, screen: Screen[None], now: Callable[[], datetime]) -> None:
        self._screen = screen
        self._now = now
        self._book = NoticesBook(now)
        self._waiting: list[_Notice] = []

    def say(self, text: str, severity: SeverityLevel) -> None:
        """Tell something, as plain text: at once, or when no dialog is open any more."""
        self._book.add(text, severity)
        shown = clean_line(text[: LONGEST * 4])
        if len(shown) > LONGEST:
            shown = shown[: LONGEST - 1] + ELLIPSIS
        self._waiting.append(_Notice(shown, severity, _SECONDS[severity]))
        self.show_waiting()

    def open_book(self) -> None:
        """Show all that was said since the app was opened."""
        self.make_room()
        app = self._screen.app
        app.push_screen(NoticesScreen(self._book.all, self._now))

    def make_room(self) -> None:
        """A dialog is about to open: take all notices away; errors come again after it."""
        self._waiting += [
            _Notice(shown.message, shown.severity, max(shown.time_left, _LEAST_AGAIN))
            for shown in self._screen.app._notifications  # noqa: SLF001 - no public way to read them
            if shown.severity != "information"
        ]
        self._screen.app.clear_notifications()

    def show_waiting(self) -> None:
        """Show what waits, unless a dialog is open."""
        if self._screen.app.screen is self._screen:
            waiting, self._waiting = self._waiting, []
            for notice in waiting:
                self._show(notice)

    def _show(self, notice: _Notice) -> None:
        # Textual's own `notify` adds by a message: what is said twice at once would stand twice.
        app = self._screen.app
        shown = app._notifications  # noqa: SLF001 - no public way to take one away
        for other in list(shown):
            if other.message == notice.text or other.severity == notice.severity == "information":
                del shown[other]
        shown.add(
            Notification(
                notice.text, severity=notice.severity, timeout=notice.seconds, markup=False
            )
        )
        app._refresh_notifications()  # noqa: SLF001
