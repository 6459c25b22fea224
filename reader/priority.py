"""How threads and processes that nobody waits for step back behind the one that draws.

Weights of the system's scheduler (nice(2)), which cost nothing while a processor is free.
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
