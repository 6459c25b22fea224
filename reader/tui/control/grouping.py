"""Stories of what came by the thousand: grouped in the background while nobody presses a key."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING

from archive.stories import MOST_ALONG, MOST_TOGETHER

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

FIRST_LOOK = 3.0
"""Seconds from the start to the first look."""
QUIET = 1.0
"""Seconds without a key after which it goes on: it would take a third of them from the screen."""
PAUSE = 0.02
"""Seconds between two handfuls of articles, in which marks and lists come by."""


class StoryGrouping:
    """Groups what a refresh, an import or an earlier run left over.

    Few are left to what groups them along with its own work, too many to `newsreader stories`.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self._pressed_at = 0.0
        self._progress = (0, 0)
        self._running = False

    def begin(self) -> None:
        """Look for what was left over."""
        self._desk.screen.set_timer(FIRST_LOOK, self.look)

    def look(self) -> None:
        """Group what waits, unless that is under way."""
        if self._running or self._desk.library.read_only:
            return
        self._running = True
        self._progress = (0, 0)
        self._desk.background.ask("stories", self._group, self._ended, failed=self._failed)

    def key_pressed(self) -> None:
        """Somebody uses the app: rest a while."""
        self._pressed_at = monotonic()

    def stop(self) -> None:
        """End at the next safe point; what is left over is grouped the next time."""
        self._stop.set()

    def show_progress(self) -> None:
        """Put how far it is into the footer; called by a timer."""
        done, total = self._progress
        if self._running and total and not self._desk.refreshing.running:
            self._desk.status(f"Grouping stories, {done:,} of {total:,}")

    def _group(self) -> int:
        stories = self._desk.library.stories
        if not MOST_ALONG < stories.waiting() <= MOST_TOGETHER:
            return 0
        return stories.group(self._note, self._rest)

    def _note(self, done: int, total: int) -> None:
        self._progress = (done, total)

    def _rest(self) -> bool:
        """Waits for its turn; whether to stop. Called in the lane's thread."""
        while monotonic() - self._pressed_at < QUIET and not self._stop.is_set():
            self._stop.wait(QUIET / 4)
        return self._stop.wait(PAUSE)

    def _ended(self, count: int) -> None:
        self._running = False
        if count:
            if not self._desk.refreshing.running:
                self._desk.status("")
            self._desk.archive_changed()

    def _failed(self, error: Exception) -> None:
        self._ended(0)
        self._desk.status("")
        self._desk.warn(error)
