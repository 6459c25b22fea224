"""A program in a real pseudo-terminal: what it paints, when, and in how many bytes.

What a terminal would answer to a program's questions is never sent: none of ours waits for it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from bench.processes import peak_bytes, resident_bytes
from bench.screen import Screen

COLUMNS, ROWS = 160, 48
TAIL = 200_000
_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;:?<>=!$ ]*[@-~]|[^\[])")


class NeverPainted(Exception):
    """What was waited for did not come on the screen; the message says what happened instead."""


@dataclass(frozen=True)
class Paint:
    """A program's answer: milliseconds from the key to its first and its last byte, and its bytes.

    A key that is not answered counts as the time that was waited. `parts` are the pieces as they
    came, each with its milliseconds.
    """

    first: float
    last: float
    size: int
    parts: tuple[tuple[float, bytes], ...] = ()


class Terminal:
    """Runs a command in a pseudo-terminal of a fixed size.

    With `watched` a screen is kept, so that it can be asked when a part of it was complete. The
    screen is brought up to date before each key, while no time is taken.
    """

    def __init__(self, command: Sequence[str], *, watched: bool = False) -> None:
        self._screen = Screen(COLUMNS, ROWS) if watched else None
        self._parts: deque[bytes] = deque()
        self._tail = b""
        self.started = self._last_at = time.perf_counter()
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(command[0], list(command), _environment())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the program."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self._descriptor)
            self.pid = 0

    @property
    def screen(self) -> Screen:
        """What is on the screen now; only of a watched terminal."""
        assert self._screen is not None
        while self._parts:
            self._screen.feed(self._parts.popleft())
        return self._screen

    def press(self, keys: bytes, *, quiet: float = 0.06, timeout: float = 5.0) -> Paint:
        """Send keys; wait for an answer, then until the program is silent for `quiet` seconds.

        `timeout` bounds the whole: what is never silent is read that long.
        """
        if self._screen is not None:
            assert self.screen
        start = time.perf_counter()
        os.write(self._descriptor, keys)
        return self._read(start, quiet, timeout)

    def press_until(
        self, keys: bytes, seen: Callable[[Screen], bool], *, quiet: float, timeout: float = 2.0
    ) -> float:
        """Send keys to a watched program; milliseconds until `seen` is true of its screen.

        What is never seen counts as the timeout. Then waits for `quiet` seconds of silence, but
        not for as long as there is none: something else may be painted all the time.
        """
        assert self.screen
        start = time.perf_counter()
        os.write(self._descriptor, keys)
        found = timeout * 1000
        while (left := start + timeout - time.perf_counter()) > 0 and self._take(left):
            at = (self._last_at - start) * 1000
            if seen(self.screen):
                found = at
                break
        self._read(time.perf_counter(), quiet, quiet * 2)
        return found

    def replay(self, paint: Paint) -> Iterator[tuple[float, Screen]]:
        """The screen after each part of the answer to the last keys, with its milliseconds."""
        assert self._screen is not None
        for milliseconds, part in paint.parts:
            self._screen.feed(part)
            self._parts.popleft()
            yield milliseconds, self._screen

    def last_change(self, paint: Paint, look: Callable[[Screen], object]) -> float | None:
        """Milliseconds until what `look` sees was as it stayed; None if it did not change."""
        before, found = look(self.screen_before), None
        for milliseconds, screen in self.replay(paint):
            now = look(screen)
            if now != before:
                before, found = now, milliseconds
        return found

    @property
    def screen_before(self) -> Screen:
        """The screen as it was when the last keys were sent."""
        assert self._screen is not None
        return self._screen

    def wait_for(self, text: str, timeout: float = 60.0) -> float:
        """Milliseconds from the program's start until `text` is on its way to the screen."""
        wanted = text.encode()
        while wanted not in self._tail:
            if time.perf_counter() - self.started > timeout:
                raise NeverPainted(f"{text!r} never came")
            self._take(0.5)
        return (self._last_at - self.started) * 1000

    def press_and_wait(self, keys: bytes, text: str, timeout: float) -> float:
        """Send keys; milliseconds to the last byte of the screen on which `text` comes."""
        self._tail = b""
        start = time.perf_counter()
        os.write(self._descriptor, keys)
        self.wait_for(text, start + timeout - self.started)
        self.settle()
        return (self._last_at - start) * 1000

    def settle(self, quiet: float = 0.5, timeout: float = 60.0) -> float:
        """Wait until nothing more is painted; milliseconds from the start to the last byte."""
        end = time.perf_counter() + timeout
        while time.perf_counter() < end and self._take(quiet):
            pass
        return (self._last_at - self.started) * 1000

    def quit(self, keys: bytes, timeout: float = 30.0) -> None:
        """Send the keys that end the program and wait until it has ended."""
        os.write(self._descriptor, keys)
        end = time.perf_counter() + timeout
        while time.perf_counter() < end:
            with contextlib.suppress(NeverPainted):
                self._take(0.05)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                os.close(self._descriptor)
                self.pid = 0
                return
        raise NeverPainted("the program does not end")

    @property
    def resident_bytes(self) -> int:
        """The program's memory now."""
        return resident_bytes(self.pid)

    @property
    def peak_bytes(self) -> int:
        """The most memory it had."""
        return peak_bytes(self.pid)

    def _read(self, start: float, quiet: float, timeout: float) -> Paint:
        parts: list[tuple[float, bytes]] = []
        while (left := start + timeout - time.perf_counter()) > 0:
            data = self._take(min(quiet, left) if parts else left)
            if not data:
                break
            parts.append(((self._last_at - start) * 1000, data))
        if not parts:
            return Paint(timeout * 1000, timeout * 1000, 0)
        size = sum(len(data) for _, data in parts)
        return Paint(parts[0][0], parts[-1][0], size, tuple(parts))

    def _take(self, timeout: float) -> bytes:
        ready, _, _ = select.select([self._descriptor], [], [], timeout)
        if not ready:
            return b""
        try:
            data = os.read(self._descriptor, 1 << 20)
        except OSError:
            raise NeverPainted(f"the program ended: {self._last_words()}") from None
        self._last_at = time.perf_counter()
        self._tail = self._tail[-TAIL:] + data
        if self._screen is not None:
            self._parts.append(data)
        return data

    def _last_words(self) -> str:
        """The last line that came, without its colours: of a crash that is the error."""
        text = _SEQUENCE.sub("", self._tail[-2000:].decode(errors="replace"))
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return lines[-1] if lines else "it wrote nothing"


def _environment() -> dict[str, str]:
    return os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
