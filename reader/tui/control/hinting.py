"""Hints for newcomers in the line above the footer: when one comes, counts as seen, and goes.

A hint comes with an occasion (another pane, another article) and stays until the next; whoever
uses its action sees it go at once, and no other takes its place before the next occasion.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from reader.tui.actions import BY_ID
from reader.tui.control.offers import QUIET_WHILE_REFRESHING, can_act
from reader.tui.habits import Habits, HabitsFile
from reader.tui.hints import TAUGHT, Hint, all_faded, hint_for

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

SEEN_AFTER = 3.0
"""Seconds that a hint must stand to count as shown."""
EXPERIENCED = 50
"""Articles read by a person who needs no hints, although nothing is remembered of them."""
LEAST_LINES = 14
"""Lines of a terminal that has one to spare."""


class Hinting:
    """What is said, and what is remembered; without a file nothing is ever said."""

    def __init__(self, desk: Desk, file: HabitsFile | None) -> None:
        self._desk = desk
        self._file = file
        self._habits = file.habits if file else all_faded()
        self._may_know_all = file is not None and file.is_new
        self._shown: Hint | None = None
        self._is_silent = False
        self._timer: Timer | None = None

    def occasion(self) -> None:
        """Another pane has the focus, or another article is read: the moment for a hint."""
        self._is_silent = False
        self._show(self._due())

    def circumstances_changed(self) -> None:
        """Feeds and counts are new: a hint may have become useful, or useless."""
        self._recognise()
        if self._shown is not None and not self._can_act(self._shown.action):
            self._show(None)
        elif self._shown is None and not self._is_silent:
            self._show(self._due())

    def keys_changed(self) -> None:
        """Say a hint that stands by its new keys."""
        if self._shown is not None:
            parts = self._desk.keymap.key_parts(self._shown.words)
            self._desk.widgets.hint_line.show(parts)

    def used(self, action: str) -> None:
        """An action is about to run: hints about it are needed no more."""
        if self._file is None or action not in TAUGHT or action in self._habits.used:
            return
        self._remember(self._habits.with_used(action))
        if self._shown is not None and self._shown.action == action:
            self._stop_timer()
            self._shown = None
            self._is_silent = True
            self._desk.widgets.hint_line.fall_silent()

    def _due(self) -> Hint | None:
        counts = self._desk.widgets.feeds.counts
        if self._file is None or not counts.article_count:
            return None
        if self._desk.screen.size.height < LEAST_LINES or self._desk.panes.is_zen:
            return None
        return hint_for(self._desk.panes.current, self._habits, self._can_act)

    def _can_act(self, action: str) -> bool:
        if self._desk.refreshing.running and action in QUIET_WHILE_REFRESHING:
            return False
        return can_act(self._desk, BY_ID[action])

    def _recognise(self) -> None:
        """Once, with the first counts: who has read much here needs no hints."""
        if not self._may_know_all:
            return
        self._may_know_all = False
        counts = self._desk.widgets.feeds.counts
        if counts.article_count - counts.unread_count >= EXPERIENCED:
            self._remember(all_faded())

    def _show(self, hint: Hint | None) -> None:
        self._stop_timer()
        if hint is not None:
            self._timer = self._desk.screen.set_timer(SEEN_AFTER, partial(self._seen, hint.action))
        elif self._shown is None and not self._desk.widgets.hint_line.display:
            return
        self._shown = hint
        self._desk.widgets.hint_line.show(self._desk.keymap.key_parts(hint.words) if hint else ())

    def _seen(self, action: str) -> None:
        self._remember(self._habits.with_shown(action))

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _remember(self, habits: Habits) -> None:
        """Keep habits, in order with the marks, so that quitting waits for both."""
        self._habits = habits
        if self._file is not None:
            self._desk.background.ask("write", partial(self._file.save, habits))
