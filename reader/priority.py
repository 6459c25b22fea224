"""How threads and processes that nobody waits for step back behind the one that draws.

Weights of the system's scheduler (nice(2)), which cost nothing while a processor is free; and how
far one that stepped back has come.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

NICENESS = 10
"""A tenth of the share of what stays where it is."""


def step_back_thread() -> None:
    """Lets this thread's own process go first. Only Linux has weights for threads (nice(2))."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


def step_back_process() -> None:
    """Lets other processes go first, also those of other sessions.

    Linux weighs sessions against each other before it weighs processes, and a worker has a session
    of its own: so that steps back as a whole (sched(7), autogroup).
    """
    with contextlib.suppress(OSError):
        os.nice(NICENESS)
        Path("/proc/self/autogroup").write_text(str(NICENESS), encoding="ascii")


@dataclass(frozen=True, slots=True)
class Look:
    """What a process of one thread was found at.

    seconds: for how long it has had a processor. is_computing: it has more to compute, and does not
    wait for something else.
    """

    seconds: float
    is_computing: bool


def look_at(pid: int) -> Look | None:
    """How far a process has come (Linux: proc(5), schedstat and stat); None: it is not told."""
    try:
        had = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return Look(int(had[0]) / 1e9, state.rpartition(")")[2].split()[0] == "R")
    except (OSError, ValueError, IndexError):
        return None
