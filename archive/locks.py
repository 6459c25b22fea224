"""The lock that a writer holds, briefly, so that several processes share an archive.

A blocking `flock`: waiters are woken in turn, where a lock that polls starves beside a busy
writer. Readers take no lock. The kernel frees the lock when its process ends, however it ends.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol

from archive.disk_errors import writing
from archive.storage import make_folder


class WriterLock:
    """`with lock:` keeps other processes and this process's other threads from writing.

    The thread that holds it may enter it again. ArchiveReadOnly or WriteFailed where the lock's
    file cannot be made. Without a path it keeps only this process's threads apart, for an archive
    that is only read.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._threads = threading.RLock()
        self._depth = 0
        self._file: _FileLock | None = None

    def __enter__(self) -> None:
        self._threads.acquire()
        try:
            if self._depth == 0:
                self._lock_file()
            self._depth += 1
        except BaseException:
            self._threads.release()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._let_go()
        finally:
            self._threads.release()

    @contextmanager
    def attempt(self) -> Iterator[bool]:
        """As `with lock:`, but gives False at once where somebody else holds it."""
        if not self._threads.acquire(blocking=False):
            yield False
            return
        held = False
        try:
            held = self._depth > 0 or self._lock_file(wait=False)
            self._depth += held
            yield held
        finally:
            if held:
                self._let_go()
            self._threads.release()

    def close(self) -> None:
        """Lets go of the lock's file."""
        with self._threads:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _let_go(self) -> None:
        self._depth -= 1
        if self._depth == 0 and self._file is not None:
            self._release(self._file)

    def _lock_file(self, *, wait: bool = True) -> bool:
        if self._path is None:
            return True
        with writing(self._path):
            if self._file is None:
                make_folder(self._path.parent)
                self._file = _open_lock(self._path)
            try:
                return self._file.acquire(wait=wait)
            except OSError:
                self.close()  # it may be held already, and nobody would let go of it
                raise

    def _release(self, file: _FileLock) -> None:
        """Lets go; where that fails, closing the file does it."""
        try:
            file.release()
        except OSError:
            self.close()


class _FileLock(Protocol):
    def acquire(self, *, wait: bool) -> bool: ...

    def release(self) -> None: ...

    def close(self) -> None: ...


if sys.platform == "win32":
    import filelock

    def _open_lock(path: Path) -> _FileLock:
        return _PolledLock(filelock.FileLock(path))

    class _PolledLock:
        def __init__(self, lock: filelock.BaseFileLock) -> None:
            self._lock = lock

        def acquire(self, *, wait: bool) -> bool:
            try:
                self._lock.acquire(timeout=-1 if wait else 0)
            except filelock.Timeout:
                return False
            return True

        def release(self) -> None:
            self._lock.release()

        def close(self) -> None:
            self._lock.release(force=True)

else:
    import fcntl

    def _open_lock(path: Path) -> _FileLock:
        return _Flock(path)

    class _Flock:
        def __init__(self, path: Path) -> None:
            self._path = path
            self._descriptor = self._open()

        def acquire(self, *, wait: bool) -> bool:
            kind = fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB
            try:
                fcntl.flock(self._descriptor, kind)
                while not self._is_current():
                    self.close()
                    self._descriptor = self._open()
                    fcntl.flock(self._descriptor, kind)
            except BlockingIOError:
                return False
            return True

        def release(self) -> None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

        def close(self) -> None:
            os.close(self._descriptor)

        def _open(self) -> int:
            return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

        def _is_current(self) -> bool:
            """False after someone deleted the file: others would lock another one."""
            try:
                return self._path.stat().st_ino == os.fstat(self._descriptor).st_ino
            except FileNotFoundError:
                return False
