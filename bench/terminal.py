"""A program in a real pseudo-terminal: what it paints, when, and in how many bytes."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Paint:
    """One answer of a program: milliseconds to its first and last byte, and how many bytes."""

    first: float
    last: float
    bytes: int


class Terminal:
    """Runs a command in a pseudo-terminal of a fixed size and answers what terminals are asked."""

    def __init__(self, command: list[str], columns: int = 160, rows: int = 48) -> None:
        self.screen = b""
        self.started = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm-256color"
            os.environ["COLORTERM"] = "truecolor"
            os.execvp(command[0], command)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, size)

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
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.descriptor)

    def press(self, keys: bytes, *, quiet: float = 0.06, timeout: float = 5.0) -> Paint:
        """Send keys; wait for an answer, then until the program is silent for `quiet` seconds."""
        start = time.perf_counter()
        os.write(self.descriptor, keys)
        return self._read(start, quiet, timeout)

    def wait_for(self, text: str, timeout: float = 60.0) -> float:
        """Milliseconds from the start until `text` is on its way to the screen."""
        wanted = text.encode()
        while wanted not in self.screen:
            if time.perf_counter() - self.started > timeout:
                raise TimeoutError(f"{text!r} never came")
            self._take(0.5)
        return (time.perf_counter() - self.started) * 1000

    def settle(self, quiet: float = 0.4, timeout: float = 20.0) -> Paint:
        """Wait until nothing more is painted; times count from the program's start."""
        return self._read(self.started, quiet, timeout)

    def memory_bytes(self) -> int:
        """The program's resident memory."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        return 0

    def _read(self, start: float, quiet: float, timeout: float) -> Paint:
        first = last = 0.0
        count = 0
        while time.perf_counter() - start < timeout:
            data = self._take(quiet if first else timeout)
            if not data:
                break
            last = (time.perf_counter() - start) * 1000
            first = first or last
            count += len(data)
        return Paint(first, last, count)

    def _take(self, timeout: float) -> bytes:
        ready, _, _ = select.select([self.descriptor], [], [], timeout)
        if not ready:
            return b""
        try:
            data = os.read(self.descriptor, 1 << 20)
        except OSError:
            return b""
        self.screen = self.screen[-200_000:] + data
        return data
