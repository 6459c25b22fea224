"""The programs that are measured, as commands."""

from __future__ import annotations

import sys
from pathlib import Path

NEWSREADER = str(Path(sys.executable).with_name("newsreader"))
"""The command as it is installed beside the Python that runs the bench."""
PYTHON_PASS = [sys.executable, "-c", "pass"]
BARE_APP = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]

BARE_SIGN = "Feed number 0"
"""What the bare app's first screen has on it."""
FEEDS_SIGN = "Outlet 0"
"""What the first screen of ours, and of a peer with the same feeds, has on it."""


def newsreader(archive: Path, *arguments: str) -> list[str]:
    """The command on an archive; without arguments it opens the app."""
    return [NEWSREADER, "--archive", str(archive), *arguments]
