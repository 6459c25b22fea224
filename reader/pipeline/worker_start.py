"""How a worker process starts.

Why `subprocess` and a pipe, and not `multiprocessing`'s spawn or a `ProcessPoolExecutor`: a pool
cannot end a hung task. Spawn imports the caller's `__main__` again (a console script, pytest, the
app), starts a resource tracker beside each program, and hands the child the terminal until the
child's own code lets go of it. A plain command has its streams on the null device and the log
before its first instruction runs, inherits one end of one socket and nothing else, and runs the
same whatever program started it.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

# The parent's module path goes along, so that the worker finds what the parent runs. `-I` keeps
# the working folder out of it: a `json.py` there must not be run.
_PROGRAM = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from reader.pipeline.worker_main import main; main(sys.argv[2:])"
)


def start_worker(
    descriptor: int, memory_bytes: int, log_path: Path | None
) -> subprocess.Popen[bytes]:
    """A process that serves the pipe of a descriptor, as `worker_main` does."""
    with _log(log_path) as log:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and program
            _command(descriptor, memory_bytes),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            pass_fds=[descriptor],
            # Out of the terminal's group: Ctrl-C is the program's to deal with.
            start_new_session=True,
        )


def _command(descriptor: int, memory_bytes: int) -> list[str]:
    path = json.dumps([entry or os.getcwd() for entry in sys.path])  # noqa: PTH109 - as Python means ""
    return [sys.executable, "-I", "-c", _PROGRAM, path, str(descriptor), str(memory_bytes)]


@contextlib.contextmanager
def _log(path: Path | None) -> Iterator[IO[bytes] | int]:
    """Where a worker's stderr goes; a log that cannot be opened must not stop the reading."""
    try:
        log = path.open("ab") if path else None
    except OSError:
        log = None
    if log is None:
        yield subprocess.DEVNULL
        return
    with log:
        yield log
