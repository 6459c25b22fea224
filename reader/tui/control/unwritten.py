"""Changes on their way to the disk, in order; those that find no room wait here and are retried.

One that waits is retried with the next change, on a slow timer and before quitting, and none is
written before those made earlier. That they wait is said once, and so is that all are written.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from textual.timer import Timer

from archive.errors import (
    AmbiguousName,
    ArchiveError,
    ArchiveUnusable,
    DamagedFile,
    NotFound,
)

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

RETRY = 20.0
"""Seconds after which what waits is tried again without a key pressed."""

_HOPELESS = (NotFound, AmbiguousName, DamagedFile, ArchiveUnusable)
"""Errors that the same write would meet again however much room there is."""


@dataclass(frozen=True, slots=True)
class Change:
    """A write of marks: `done` gets its answer, `dropped` hears that it will never be made.

    `label` says what it does, for the one who takes it back while it waits; without one it is no
    step that can be taken back. `is_minor`: nobody would miss it.
    """

    write: Callable[[], Any]
    done: Callable[[Any], None]
    dropped: Callable[[], None]
    label: str = ""
    is_minor: bool = False


@dataclass(slots=True)
class _Attempt:
    """What one job of the lane is about: the first change that waited when its turn came."""

    change: Change | None = None
    after: Callable[[], None] | None = None


class Unwritten:
    """The queue of changes; each is given to the background's lane for writes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: deque[Change] = deque()
        self._lock = Lock()
        self._timer: Timer | None = None
        self._error: ArchiveError | None = None

    @property
    def count(self) -> int:
        """How many changes that somebody would miss are not on disk."""
        return sum(not change.is_minor for change in self._waiting)

    @property
    def why(self) -> str:
        """Why they are not, and what can be done; empty if nothing failed."""
        return str(self._error) if self._error else ""

    def put(self, change: Change) -> None:
        """Write a change after those before it."""
        self._waiting.append(change)
        self._try()

    def take_back(self) -> Change | None:
        """The last change, taken out of the queue, if it waits for the disk and is a step."""
        with self._lock:
            if self._error is None:
                return None
            steps = [change for change in self._waiting if not change.is_minor]
            if not steps or not steps[-1].label:
                return None
            self._waiting.remove(steps[-1])
        steps[-1].dropped()
        return steps[-1]

    def settle(self, then: Callable[[], None]) -> None:
        """Try to write all that waits, then call `then`: `count` are left."""
        self._try(then)

    def _try(self, after: Callable[[], None] | None = None) -> None:
        attempt = _Attempt(after=after)
        self._desk.background.ask(
            "write",
            partial(self._write_first, attempt),
            partial(self._written, attempt),
            failed=partial(self._failed, attempt),
        )

    def _write_first(self, attempt: _Attempt) -> object:
        """Runs in the lane, where one follows the other."""
        with self._lock:
            if not self._waiting:
                return None
            change = attempt.change = self._waiting.popleft()
        try:
            return change.write()
        except ArchiveError as error:
            if self._may_wait(error):
                with self._lock:
                    self._waiting.appendleft(change)
            raise

    def _may_wait(self, error: Exception) -> bool:
        is_of_disk = isinstance(error, ArchiveError) and not isinstance(error, _HOPELESS)
        return is_of_disk and not self._desk.library.read_only

    def _written(self, attempt: _Attempt, answer: object) -> None:
        if attempt.change is not None:
            attempt.change.done(answer)
        self._go_on(attempt)

    def _failed(self, attempt: _Attempt, error: Exception) -> None:
        if self._may_wait(error):
            self._wait(error)
            self._desk.counts_changed()
            if attempt.after:
                attempt.after()
            return
        if attempt.change is not None:
            attempt.change.dropped()
        self._desk.warn(error)
        self._go_on(attempt)

    def _go_on(self, attempt: _Attempt) -> None:
        """With what waits behind it; while nothing failed, each change has a job of its own."""
        if self._waiting and (self._error or attempt.after):
            self._try(attempt.after)
            return
        if self._error is not None and not self._waiting:
            self._all_written()
        if attempt.after:
            attempt.after()

    def _wait(self, error: Exception) -> None:
        if self._error is None and isinstance(error, ArchiveError):
            self._error = error
            self._timer = self._desk.screen.set_interval(RETRY, self._try)
            self._desk.say(
                f"Marks cannot be written now: {error.why}. They wait here and are tried again.",
                severity="error",
            )

    def _all_written(self) -> None:
        self._error = None
        if self._timer is not None:
            self._timer.stop()
        self._desk.say("All changes are on disk now.")
