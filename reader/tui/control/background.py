"""Work off the event loop: lanes of jobs, each lane one thread, and answers that come as messages.

Textual's own thread workers run in the event loop's executor, whose threads are waited for at the
end; these are daemons, so that a host that does not answer never delays quitting. Here is also the
app's one broad `except`: what no one expected goes to the log, and to the reader as one line.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from textual.message import Message

from archive.errors import ArchiveError
from reader.errors import ReaderError

T = TypeVar("T")
Lane = Literal[
    "list",
    "text",
    "page",
    "pictures",
    "story",
    "stories",
    "news",
    "search",
    "counts",
    "tags",
    "watch",
    "write",
    "network",
    "refresh",
    "outside",
    "pipe",
]

WRITES_TAKE = 30.0
"""Seconds that marks may need to reach the disk, behind another process that is writing."""

_LOG = logging.getLogger(__name__)


class Unexpected(ReaderError):
    """A fault of the program itself; the log has its traceback."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            "Something went wrong inside the program",
            type(error).__name__,
            "The log has the details; newsreader doctor prints where it is",
        )


class Answered(Message):
    """A job is done: `deliver` hands its answer to whoever asked, on the event loop."""

    def __init__(self, deliver: Callable[[], None]) -> None:
        super().__init__()
        self.deliver = deliver


@dataclass(slots=True)
class _Job:
    run: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None]
    outdated: bool = False


class Background:
    """Runs jobs in lanes. `post` takes messages from any thread; `fault` shows a failed job."""

    def __init__(
        self, post: Callable[[Message], object], fault: Callable[[Exception], None]
    ) -> None:
        self._post = post
        self._fault = fault
        self._lanes: dict[Lane, _LaneThread] = {}
        self._closed = False

    def ask(
        self,
        lane: Lane,
        job: Callable[[], T],
        then: Callable[[T], None] | None = None,
        *,
        failed: Callable[[Exception], None] | None = None,
        latest: bool = False,
    ) -> None:
        """Run `job` after those before it in its lane, then `then(answer)` on the event loop.

        With `latest` the jobs before it in the lane are of no more interest: those that wait are
        dropped, and the answer of the one at work is not delivered.
        """
        if self._closed:
            return
        if lane not in self._lanes:
            self._lanes[lane] = _LaneThread(lane, self._post)
        self._lanes[lane].put(_Job(job, then or _ignore, failed or self._fault), latest)

    def pending(self, *lanes: Lane) -> bool:
        """Whether a job of these lanes (of all, if none is named) is waiting or at work."""
        return any(
            thread.busy for name, thread in self._lanes.items() if not lanes or name in lanes
        )

    def close(self) -> None:
        """Take no more jobs, drop those that wait, but for marks: wait until those are written."""
        self._closed = True
        for lane, thread in self._lanes.items():
            thread.end(drop=lane != "write")
        if "write" in self._lanes:
            self._lanes["write"].join(WRITES_TAKE)


class _LaneThread:
    """One thread that works through its jobs in order."""

    def __init__(self, name: str, post: Callable[[Message], object]) -> None:
        self._post = post
        self._jobs: deque[_Job] = deque()
        self._current: _Job | None = None
        self._wake = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._work, name=f"newsreader-{name}", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        with self._wake:
            return bool(self._jobs) or self._current is not None

    def put(self, job: _Job, latest: bool) -> None:
        with self._wake:
            if latest:
                self._jobs.clear()
                if self._current:
                    self._current.outdated = True
            self._jobs.append(job)
            self._wake.notify()

    def end(self, *, drop: bool) -> None:
        """End when the jobs are done, or with `drop` after the one at work."""
        with self._wake:
            if drop:
                self._jobs.clear()
            self._ended = True
            self._wake.notify()

    def join(self, seconds: float) -> None:
        """Wait for the end."""
        self._thread.join(seconds)

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: bool(self._jobs) or self._ended)
                if not self._jobs:
                    return
                job = self._current = self._jobs.popleft()
            deliver = _outcome(job)
            self._post(Answered(deliver))
            with self._wake:
                self._current = None


def _outcome(job: _Job) -> Callable[[], None]:
    """Runs a job and returns what to do with its answer on the event loop."""
    try:
        answer = job.run()
    except (ArchiveError, ReaderError) as error:
        return _unless_outdated(job, job.failed, error)
    except Exception as error:  # noqa: BLE001 - the seam of the app: nothing else may end a lane
        _LOG.error("a job of the app failed", exc_info=error)
        return _unless_outdated(job, job.failed, Unexpected(error))
    return _unless_outdated(job, job.then, answer)


def _unless_outdated(job: _Job, take: Callable[[Any], None], value: object) -> Callable[[], None]:
    def deliver() -> None:
        if not job.outdated:
            take(value)

    return deliver


def _ignore(_: object) -> None:
    pass
