"""Faults at the n-th call on the file system, in the process that calls `Faults.armed`.

The functions of `os`, `io`, `fcntl` and `sqlite3` are replaced by ones that count and, when their
turn comes, do not do what they are asked to. Only files below one folder count.
"""

from __future__ import annotations

import errno
import fcntl
import functools
import io
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

Fault = Literal["kill", "full", "no room", "I/O error"]
"""`full`: a write and all after it fail, as on a disk without room. `no room`: that one alone."""

FAULTS: tuple[Fault, ...] = ("kill", "full", "no room", "I/O error")

_CHANGES_A_FILE = ("write", "fsync", "ftruncate")
_CHANGES_A_NAME = ("replace", "rename", "unlink", "remove", "link", "mkdir", "utime", "rmdir")
_READS = ("stat", "lstat", "scandir", "listdir")
_MAKES_ROOM = {"unlink", "remove", "rmdir", "ftruncate", "utime", "flock"}
_SQL_READS = ("SELECT", "PRAGMA", "ROLLBACK")


class Faults:
    """What happens to files below `folder`. `calls` names those made while armed, in order."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._fault: Fault | None = None
        self._turn = 0
        self._open: set[int] = set()
        self._armed = False
        self.calls: list[str] = []
        self._replace_functions()

    @contextmanager
    def armed(self, fault: Fault | None = None, turn: int = 0) -> Iterator[None]:
        """Inside, the `turn`-th call (from 1) that this fault can meet meets it; none without."""
        self._fault, self._turn, self._armed = fault, turn, True
        self.calls = []
        try:
            yield
        finally:
            self._armed = False

    def _meets(self, name: str, *, writes: bool) -> bool:
        """Counts a call; whether it is to fail. A kill happens here."""
        if not self._armed or (not writes and self._fault != "I/O error"):
            return False
        if self._fault in ("full", "no room") and name in _MAKES_ROOM:
            return False
        self.calls.append(name)
        if self._fault == "full":
            return 0 < self._turn <= len(self.calls)
        return len(self.calls) == self._turn

    def _error(self, path: object) -> OSError:
        if self._fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        code = errno.EIO if self._fault == "I/O error" else errno.ENOSPC
        return OSError(code, os.strerror(code), path)

    def _is_inside(self, path: object) -> bool:
        if isinstance(path, int):
            return path in self._open
        with suppress(TypeError):
            return str(os.fspath(path)).startswith(self._folder)  # type: ignore[call-overload]
        return False

    def _replace_functions(self) -> None:
        for name in (*_CHANGES_A_NAME, *_CHANGES_A_FILE, *_READS):
            setattr(os, name, self._faulty(name, getattr(os, name), writes=name not in _READS))
        os.open = self._opening(os.open)  # type: ignore[assignment]
        io.open = self._faulty("read", io.open, writes=False)  # type: ignore[assignment]
        fcntl.flock = self._faulty("flock", fcntl.flock, writes=True)
        sqlite3.connect = functools.partial(  # type: ignore[assignment]
            sqlite3.connect, factory=self._connection_class()
        )

    def _faulty(self, name: str, real: Callable[..., Any], *, writes: bool) -> Callable[..., Any]:
        @functools.wraps(real)
        def call(*arguments: Any, **named: Any) -> Any:
            target = arguments[0] if arguments else ""
            if self._is_inside(target) and self._meets(name, writes=writes):
                if name == "write":  # half of it reaches the file
                    real(target, bytes(arguments[1])[: len(arguments[1]) // 2])
                raise self._error(target)
            return real(*arguments, **named)

        return call

    def _opening(self, real: Callable[..., int]) -> Callable[..., int]:
        def call(path: Any, flags: int, *arguments: Any, **named: Any) -> int:
            makes = bool(flags & os.O_CREAT)
            if self._is_inside(path) and self._meets("make" if makes else "open", writes=makes):
                raise self._error(path)
            descriptor = real(path, flags, *arguments, **named)
            (self._open.add if self._is_inside(path) else self._open.discard)(descriptor)
            return descriptor

        return call

    def _connection_class(self) -> type[sqlite3.Connection]:
        faults = self

        class Connection(sqlite3.Connection):
            """One whose statements may find the disk full or broken."""

            def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
                faults.meet_statement(sql)
                return super().execute(sql, *arguments)

            def executemany(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
                faults.meet_statement(sql)
                return super().executemany(sql, *arguments)

        return Connection

    def meet_statement(self, sql: str) -> None:
        """Counts a statement of the index, which may fail as SQLite says it."""
        word = sql.split(maxsplit=1)[0].upper()
        if self._meets(f"sql {word}", writes=word not in _SQL_READS):
            self._error("")
            is_io = self._fault == "I/O error"
            error = sqlite3.OperationalError("disk I/O error" if is_io else "database is full")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR if is_io else sqlite3.SQLITE_FULL
            raise error
