"""Alarms for many requests at once, from one thread: a timer for each would cost half its time."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import count


class _Alarm:
    """What is to be called; nothing once it is put off."""

    def __init__(self, call: Callable[[], None]) -> None:
        self.call: Callable[[], None] | None = call


class Clock:
    """Calls what is due. Its thread runs while there are alarms, and for as long as they would."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._alarms: list[tuple[float, int, _Alarm]] = []
        self._numbers = count()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def alarm(self, seconds: float, call: Callable[[], None]) -> Iterator[None]:
        """Calls that, in another thread, when the time is up while the block still runs.

        OSError where the system has no thread for it; the next alarm asks for one again.
        """
        alarm = _Alarm(call)
        due = (time.monotonic() + seconds, next(self._numbers), alarm)
        with self._changed:
            if self._thread is None:
                self._thread = self._started()
            heappush(self._alarms, due)
            if self._alarms[0] is due:
                self._changed.notify()
        try:
            yield
        finally:
            alarm.call = None

    def close(self) -> None:
        """Puts every alarm off, and ends the thread."""
        with self._changed:
            self._alarms.clear()
            self._changed.notify()

    def _started(self) -> threading.Thread:
        """The thread, which waits for the lock that is held."""
        thread = threading.Thread(target=self._run, name="clock", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            raise OSError("no thread could be started") from error
        return thread

    def _run(self) -> None:
        while call := self._next():
            call()

    def _next(self) -> Callable[[], None] | None:
        """What is due, once something is; None when no alarm is left, and the thread ends."""
        with self._changed:
            while self._alarms:
                at, _, alarm = self._alarms[0]
                left = at - time.monotonic()
                if alarm.call is None or left <= 0:
                    heappop(self._alarms)
                    if call := alarm.call:
                        return call
                else:
                    self._changed.wait(left)
            self._thread = None
        return None
