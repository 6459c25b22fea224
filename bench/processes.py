"""How much memory a process has, by its id."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path


def resident_bytes(pid: int) -> int:
    """The memory that a process has now; 0 when it is gone."""
    return _status(pid, "VmRSS:") or _by_ps(pid)


def peak_bytes(pid: int) -> int:
    """The most that it had; where there is no /proc, what it has now."""
    return _status(pid, "VmHWM:") or _by_ps(pid)


def children(pid: int) -> list[int]:
    """The processes that a process started, by any of its threads; none where there is no /proc."""
    found = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # a thread that has just ended
            found += [int(child) for child in tasks.read_text(encoding="ascii").split()]
    return found


def _status(pid: int, field: str) -> int:
    """A field of proc(5)'s status in bytes; 0 where there is none."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    found = [line for line in lines if line.startswith(field)]
    return int(found[0].split()[1]) * 1024 if found else 0


def _by_ps(pid: int) -> int:
    asked = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return int(asked.stdout.strip() or 0) * 1024
