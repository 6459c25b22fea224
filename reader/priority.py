"""How threads and processes that nobody waits for step back behind the one that draws.

Weights of the system's scheduler (nice(2)), which cost nothing while a processor is free; and for
how long one that stepped back was kept waiting.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
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


def kept_waiting(pid: int) -> float:
    """Seconds for which a process of one thread had work to do while others had the processors.

    From Linux's run queues (proc(5), schedstat); 0.0 where the system does not tell.
    """
    try:
        told = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()
        return int(told[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
