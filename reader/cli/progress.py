"""A progress bar on stderr, for whatever takes over a second; nothing where that is no terminal."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from reader.cells import cut
from reader.cli.terminal import Terminal

DELAY = 1.0
INTERVAL = 0.1
BAR_CELLS = 24


class Bar:
    """One line that is drawn over itself and taken away at the end.

    Used as a context manager. `update` may be called from any thread and as often as one likes.
    """

    def __init__(
        self,
        terminal: Terminal,
        label: str,
        *,
        delay: float = DELAY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._terminal = terminal
        self._label = label
        self._clock = clock
        self._started = clock()
        self._next_draw = self._started + delay
        self._drawn = False
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.clear()

    def update(self, done: int, total: int, detail: str = "") -> None:
        """Shows that `done` of `total` is done (total 0: unknown)."""
        if not self._terminal.err_is_terminal or self._clock() < self._next_draw:
            return
        with self._lock:
            self._next_draw = self._clock() + INTERVAL
            self._drawn = True
            room = shutil.get_terminal_size().columns - 1
            ellipsis = "…" if self._terminal.unicode else "..."
            line = cut(self._line(done, total, detail), room, ellipsis)
            self._terminal.err.write(f"\r\x1b[K{line}")
            self._terminal.err.flush()

    def clear(self) -> None:
        """Takes the line away, so that something else can be written; it comes back by itself."""
        with self._lock:
            if self._drawn:
                self._terminal.err.write("\r\x1b[K")
                self._terminal.err.flush()
                self._drawn = False

    def _line(self, done: int, total: int, detail: str) -> str:
        if total <= 0:
            return f"{self._label}  {done:,}  {detail}".rstrip()
        share = min(1.0, done / total)
        filled = round(BAR_CELLS * share)
        full, empty = ("━", "─") if self._terminal.unicode else ("#", "-")
        bar = full * filled + empty * (BAR_CELLS - filled)
        return f"{self._label}  {bar} {share:4.0%}  {detail or f'{done:,} of {total:,}'}"
