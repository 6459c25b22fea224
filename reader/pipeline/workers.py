"""Processes that parse and extract, so that a poisonous document costs one task and nothing else.

feedparser can hold the interpreter for 40 s over a megabyte of `<`: only a process that can be
killed is safe, and only one apart from the app keeps its screen fluent. How they start is in
`worker_start`. Messages are those of `multiprocessing.connection`.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from reader.pipeline.body import Body
from reader.pipeline.worker_start import start_worker
from reader.priority import look_at

MEMORY_BYTES = 1 << 30
RETIRE_BYTES = 400_000_000
START_SECONDS = 60.0
FEED_CPU_SECONDS = 10.0
_CLOSING_SECONDS = 5.0
_LOOK_SECONDS = 0.1
_ENDING = "was not read: the program is ending"


class WorkerFailed(Exception):
    """A task gave no result. `str()` is a clause about the document: `took longer than 20 s`."""


class WorkerTimeout(WorkerFailed):
    """The task was not done by its deadline; its worker was killed."""


class WorkerDied(WorkerFailed):
    """The worker ended during the task: out of memory, or a crash in a library."""


class WorkersClosed(WorkerDied):
    """The task was not done as the program is ending: of the document it says nothing."""


class InputRefused(WorkerFailed):
    """The task ran and found its document unusable, e.g. `is a web page, not a feed`."""


class Refused(Exception):
    """What a task raises in its worker when its document is unusable; becomes InputRefused."""


class BodyFollows:
    """Stands for a body among a task's arguments; its pieces follow, and then an empty one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says: `kind` is begun, done, refused or failed; its memory is its peak.

    It says that it has begun at the first task of a name only, for which it loads modules.
    """

    kind: Literal["begun", "done", "refused", "failed"]
    value: Any = None
    memory_bytes: int = 0


class Workers:
    """Up to `count` processes, started when first needed, that run named tasks.

    deadline: seconds for one task, without the loading of modules. feed_cpu_seconds: computing
    time for parsing one feed, counted in whole seconds. Neither passes while other programs have
    the processors: a busy machine makes no document unreadable. memory_bytes: the address space
    that a worker may have. retire_bytes: after a task that took its memory past this a worker is
    replaced.
    log_path: where workers' own messages and tracebacks go; None drops them.
    """

    def __init__(
        self,
        count: int = 2,
        deadline: float = 20.0,
        memory_bytes: int = MEMORY_BYTES,
        *,
        retire_bytes: int = RETIRE_BYTES,
        feed_cpu_seconds: float = FEED_CPU_SECONDS,
        log_path: Path | None = None,
    ) -> None:
        self._feed_cpu_seconds = feed_cpu_seconds
        self._retire_bytes = retire_bytes
        self._count = count
        self._deadline = deadline
        self._memory_bytes = memory_bytes
        self._log_path = log_path
        self._changed = threading.Condition()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._starting = 0
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers that run now."""
        with self._changed:
            return tuple(worker.pid for worker in (*self._idle, *self._busy))

    def run(self, task: str, *arguments: Any) -> Any:
        """The result of a task of `worker_main.TASKS`; waits for a free worker.

        The task gets the bytes of an argument that is a `Body`.
        Raises WorkerFailed, whose text is a clause about the document that was given.
        """
        with self._worker() as worker:
            cpu_seconds = self._feed_cpu_seconds if task == "parse_feed" else self._deadline
            return worker.run(task, arguments, self._deadline, cpu_seconds)

    def close(self) -> None:
        """Ends every worker; tasks fail with WorkerDied from now on."""
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.end()
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._busy, _CLOSING_SECONDS)
        for worker in idle:
            worker.discard()

    @contextlib.contextmanager
    def _worker(self) -> Iterator[_Worker]:
        """A worker for one task; one that may not go on is replaced at the next need."""
        worker = self._take()
        try:
            yield worker
        finally:
            with self._changed:
                self._busy.discard(worker)
                if worker.usable and not self._closed:
                    self._idle.append(worker)
                else:
                    worker.discard()
                if self._closed:
                    self._changed.notify_all()
                else:
                    self._changed.notify()  # one thread takes it: that a hundred look costs much

    def _take(self) -> _Worker:
        with self._changed:
            while not self._closed:
                while self._idle:
                    worker = self._idle.pop()
                    if worker.alive:
                        self._busy.add(worker)
                        return worker
                    worker.discard()
                if len(self._busy) + self._starting < self._count:
                    self._starting += 1
                    break
                self._changed.wait()
            if self._closed:
                raise WorkersClosed(_ENDING)
        return self._start()

    def _start(self) -> _Worker:
        worker = None
        try:
            worker = _Worker(self._memory_bytes, self._retire_bytes, self._log_path)
        finally:
            with self._changed:
                self._starting -= 1
                # Decided here, under the lock: `close` waits for every worker that is busy.
                too_late = self._closed
                if worker and not too_late:
                    self._busy.add(worker)
                self._changed.notify()
        if too_late:
            worker.discard()
            raise WorkersClosed(_ENDING)
        return worker


class _Worker:
    """One process and our end of its pipe. Used by one thread at a time, but for `end`."""

    def __init__(self, memory_bytes: int, retire_bytes: int, log_path: Path | None) -> None:
        self._retire_bytes = retire_bytes
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self._process = start_worker(theirs.fileno(), memory_bytes, log_path)
            self._pipe = Connection(ours.detach())
        self.usable = True
        self._loaded: set[str] = set()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def run(
        self, task: str, arguments: tuple[Any, ...], deadline: float, cpu_seconds: float
    ) -> Any:
        """The task's result.

        The deadline counts from when the worker has loaded the modules of the task, for which it
        may take START_SECONDS.
        """
        self.usable = False
        try:
            self._send(task, arguments, cpu_seconds)
            for seconds in (deadline,) if task in self._loaded else (START_SECONDS, deadline):
                if not self._answers_within(seconds):
                    raise WorkerTimeout(f"could not be read within {seconds:g} seconds")
                answer: Answer = self._pipe.recv()
                if answer.kind != "begun":
                    return self._take(answer)
                self._loaded.add(task)
        except (EOFError, OSError) as error:
            if self._ran_out_of_time():
                words = f"takes more than {cpu_seconds:g} s of computing to read"
                raise WorkerTimeout(words) from error
            raise WorkerDied("made the program that reads it fail") from error
        raise WorkerDied("was answered out of turn")

    def _answers_within(self, seconds: float) -> bool:
        """Whether an answer comes in that time.

        It passes neither while the worker is kept waiting nor while this process is: of a worker
        that computes only the time counts that it had a processor for.
        """
        if self._pipe.poll(_LOOK_SECONDS):
            return True  # as most do, and a look at each would cost a tenth of asking it
        spent, now = 0.0, look_at(self.pid)
        while spent < seconds:
            if self._pipe.poll(_LOOK_SECONDS):
                return True
            before, now = now, look_at(self.pid)
            had = now.seconds - before.seconds if before and now and now.is_computing else 1.0
            spent += min(had, _LOOK_SECONDS)
        return False

    def _send(self, task: str, arguments: tuple[Any, ...], cpu_seconds: float) -> None:
        """A message, and what of it is large piece by piece."""
        sent = [BodyFollows() if isinstance(each, Body) else each for each in arguments]
        self._pipe.send((task, sent, cpu_seconds))
        for body in arguments:
            if isinstance(body, Body):
                for piece in body.pieces():
                    self._pipe.send_bytes(piece)
                self._pipe.send_bytes(b"")

    def _take(self, answer: Answer) -> Any:
        self.usable = answer.memory_bytes < self._retire_bytes
        if answer.kind == "refused":
            raise InputRefused(answer.value)
        if answer.kind == "failed":
            raise WorkerFailed(answer.value)
        return answer.value

    def _ran_out_of_time(self) -> bool:
        """Whether the system ended the process for its use of the processor."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(_CLOSING_SECONDS) == -signal.SIGXCPU
        return False

    def end(self) -> None:
        """Kills the process; whoever waits for its answer learns it by the end of the pipe."""
        self._process.kill()

    def discard(self) -> None:
        """Kills the process and lets go of its pipe, which nobody may be reading."""
        self.end()
        self._process.wait()
        self._pipe.close()
