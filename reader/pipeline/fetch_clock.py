"""The time of all requests in one thread: one of its own for each costs as much as its sending."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Clock:
    """Ends what takes too long. Its thread is there while something is timed, and a while after."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._alarms: dict[object, tuple[float, Callable[[], None]]] = {}
        self._wakes_at: float | None = None

    @contextmanager
    def timing(self, seconds: float, end: Callable[[], None]) -> Iterator[None]:
        """Calls `end`, from another thread, once so many seconds have passed inside.

        Not after that, and nothing else is ended meanwhile: it may not wait.
        """
        alarm, at = object(), time.monotonic() + seconds
        with self._changed:
            if self._wakes_at is None:
                threading.Thread(target=self._run, name="clock", daemon=True).start()
                self._wakes_at = at  # where no thread could be started, the next one tries again
            elif at < self._wakes_at:
                self._wakes_at = at
                self._changed.notify()
            self._alarms[alarm] = (at, end)
        try:
            yield
        finally:
            with self._changed:
                self._alarms.pop(alarm, None)

    def _run(self) -> None:
        with self._changed:
            while self._alarms:
                self._wakes_at = min(at for at, _ in self._alarms.values())
                self._changed.wait(max(0.0, self._wakes_at - time.monotonic()))
                now = time.monotonic()
                for alarm, (at, end) in list(self._alarms.items()):
                    if at <= now:
                        del self._alarms[alarm]
                        end()
            self._wakes_at = None
