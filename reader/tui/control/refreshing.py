"""A refresh: its progress in the footer, its results flowing into the list, and its end."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

from reader.due import due_feeds

if TYPE_CHECKING:
    from archive.models import Feed
    from reader.outcomes import RuleCall
    from reader.tui.control.desk import Desk

PROGRESS_EVERY = 0.1
"""Seconds between two looks at the progress."""
RESULTS_EVERY = 0.5
"""Seconds between two readings of the list while results flow in."""
SHOWN_FOR = 10
"""Seconds that the outcome stays in the footer."""
_TOLD = 3
"""Articles that rules tell of which are named in one notice."""
DUE_FIRST, DUE_EVERY = 30.0, 60.0
"""Seconds until the first look for feeds that are due, and between two looks."""


class Progress(Protocol):
    """How far a run is (`RefreshProgress` of the library)."""

    @property
    def feeds_done(self) -> int:
        """Feeds that are done."""

    @property
    def feeds_total(self) -> int:
        """Feeds of the run."""

    @property
    def pages_done(self) -> int:
        """Pages that are done."""

    @property
    def pages_total(self) -> int:
        """Pages known to be wanted so far."""

    @property
    def pictures_done(self) -> int:
        """Articles whose pictures are done; they come when feeds and pages are."""

    @property
    def pictures_total(self) -> int:
        """Articles whose pictures are wanted."""


class Result(Protocol):
    """What a run did for one feed (`FeedRefreshed` of the library)."""

    @property
    def feed_url(self) -> str:
        """The feed's address."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def new_count(self) -> int:
        """Entries it had not shown before."""

    @property
    def changed_count(self) -> int:
        """Articles that have a new text."""

    @property
    def failed_pages(self) -> int:
        """Pages that could not be read."""

    @property
    def calls(self) -> tuple[RuleCall, ...]:
        """What rules tell of."""

    @property
    def error(self) -> str:
        """What went wrong in a sentence; empty when nothing did."""

    @property
    def notes(self) -> Sequence[str]:
        """What else is to be told of the feed, in sentences."""


@dataclass(slots=True)
class _Outcome:
    new_count: int = 0
    changed_count: int = 0
    failed_pages: int = 0
    failed_feeds: int = 0
    last_error: str = ""
    noted_feeds: int = 0
    first_notes: str = ""
    told: list[str] = field(default_factory=list)
    of_pictures: str = ""

    def add(self, result: Result) -> None:
        """Count one feed's result."""
        self.new_count += result.new_count
        self.changed_count += result.changed_count
        self.failed_pages += result.failed_pages
        if result.error:
            self.failed_feeds += 1
            self.last_error = f"{result.title or result.feed_url}: {result.error}"
        self.told += [f"{one.rule_name}: {one.title}" for one in result.calls if one.notify]
        if result.notes:
            self.noted_feeds += 1
            words = f"{result.title or result.feed_url}: {' '.join(result.notes)}"
            self.first_notes = self.first_notes or words

    @property
    def brought(self) -> bool:
        """Whether there is something to read that was not there before."""
        return bool(self.new_count or self.changed_count)

    @property
    def notice(self) -> str:
        """What is to be told of the first feed that has anything, and of how many others."""
        others = self.noted_feeds - 1
        more = f" There is more to tell of {_counted(others, 'feed')}: H." if others else ""
        return f"{self.first_notes}{more}"

    @property
    def told_by_rules(self) -> str:
        """What rules tell of: the first titles, and how many others."""
        more = len(self.told) - _TOLD
        lines = [*self.told[:_TOLD], *([f"and {more:,} more"] if more > 0 else [])]
        return "\n".join(lines)

    def __str__(self) -> str:
        words = [f"{self.new_count:,} new" if self.new_count else "Nothing new"]
        if self.changed_count:
            words.append(f"{self.changed_count:,} changed")
        if self.failed_pages:
            words.append(_counted(self.failed_pages, "page", "failed"))
        if self.failed_feeds:
            words.append(_counted(self.failed_feeds, "feed", "failed"))
        return ", ".join(words)


class Refreshing:
    """At most one run at a time; what is asked for meanwhile follows it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self._waiting: list[tuple[str, ...]] = []
        self._outcome = _Outcome()
        self._progress: Progress | None = None
        self._arrived = False
        self._by_itself = False
        self._told = ""
        self._told_of_pictures = ""
        self.running = False

    def begin(self) -> None:
        """From now on, refresh feeds by itself when their time has come."""
        self._desk.screen.set_timer(DUE_FIRST, self.start_due)
        self._desk.screen.set_interval(DUE_EVERY, self.start_due)

    def start_due(self) -> None:
        """Refresh the feeds that are due; called by a timer."""
        desk = self._desk
        if self.running or desk.library.read_only or desk.background.pending("watch"):
            return
        if due_feeds(desk.widgets.feeds.statuses, datetime.now(UTC)):
            # What is on screen may be older than a refresh of another process.
            desk.background.ask("watch", desk.library.due, self._due_found)

    def _due_found(self, feeds: Sequence[Feed]) -> None:
        if feeds and not self.running:
            self._start(tuple(feed.feed_url for feed in feeds), by_itself=True)
        elif not feeds:
            self._desk.counts_changed()

    def start(self, names: Sequence[str] = ()) -> None:
        """Refresh feeds by address (none: all)."""
        if self.running:
            self._follow(tuple(names))
        else:
            self._start(tuple(names))

    def _start(self, names: tuple[str, ...], *, by_itself: bool = False) -> None:
        self.running = True
        self._by_itself = by_itself
        self._stop.clear()
        self._outcome = _Outcome()
        self._progress = None
        count = len(names) or len(self._desk.widgets.feeds.statuses)
        self._desk.status(f"Refreshing {_counted(count, 'feed')} …")
        self._desk.title_changed()
        self._desk.background.ask(
            "refresh", partial(self._run, names, by_itself), self._ended, failed=self._failed
        )

    def stop(self) -> None:
        """End the run at its next safe point."""
        self._waiting.clear()
        self._stop.set()

    def show_progress(self) -> None:
        """Put how far the run is into the footer; called by a timer."""
        progress = self._progress
        if not self.running or progress is None:
            return
        words = f"Refreshing {progress.feeds_done} of {_counted(progress.feeds_total, 'feed')}"
        if progress.pictures_total:
            words = f"Pictures of {progress.pictures_done} of "
            words += _counted(progress.pictures_total, "article")
        elif progress.pages_total:
            words += f" · {progress.pages_done} of {_counted(progress.pages_total, 'page')}"
        self._desk.status(words)

    def show_results(self) -> None:
        """Read list and counts again if results came; called by a timer."""
        if self._arrived:
            self._arrived = False
            self._desk.archive_changed()

    def _run(self, names: tuple[str, ...], due: bool) -> _Outcome:
        """The run, in the lane's thread; `due`: another process may have refreshed meanwhile."""
        outcome = _Outcome()
        asked = () if due else names
        library = self._desk.library
        remark, before = library.pictures.remark, library.pictures.kept()
        run = library.refresh(asked, due=due, stop=self._stop, progress=self._note)
        for result in run:
            outcome.add(result)
            self._arrived = self._arrived or bool(
                result.new_count or result.changed_count or result.error
            )
        cost = "" if before.count else library.pictures.cost_since(before)
        outcome.of_pictures = ". ".join(filter(None, (remark, cost)))
        return outcome

    def _note(self, progress: Progress) -> None:
        self._progress = progress

    def _follow(self, names: tuple[str, ...]) -> None:
        if (names or self._by_itself) and names not in self._waiting:
            self._waiting.append(names)
        else:
            self._desk.say("A refresh is under way.")

    def _ended(self, outcome: _Outcome) -> None:
        self.running = False
        self._arrived = False
        self._desk.archive_changed()
        self._desk.grouping.look()
        if outcome.told:
            self._desk.say(outcome.told_by_rules)
        if outcome.of_pictures and outcome.of_pictures != self._told_of_pictures:
            self._told_of_pictures = outcome.of_pictures
            self._desk.say(f"{outcome.of_pictures}.")
        if self._waiting:
            self.start(self._waiting.pop(0))
            return
        if self._by_itself:
            # Nobody asked for it: what fails is marked in the list of feeds, and not told.
            self._desk.status(str(outcome) if outcome.brought else "", SHOWN_FOR)
            return
        self._desk.status(str(outcome), SHOWN_FOR)
        if outcome.failed_feeds == 1:
            self._desk.say(outcome.last_error, severity="warning")
        elif outcome.noted_feeds:
            self._desk.say(outcome.notice)

    def _failed(self, error: Exception) -> None:
        self.running = False
        self._desk.status("")
        if not self._by_itself or str(error) != self._told:
            self._desk.warn(error)
        # A disk that is full is so at the next look too: what comes by itself is told once.
        self._told = str(error)


def _counted(count: int, noun: str, after: str = "") -> str:
    words = f"{count:,} {noun}{'' if count == 1 else 's'}"
    return f"{words} {after}" if after else words
