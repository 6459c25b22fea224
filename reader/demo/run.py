"""The demo: the sample outlets, taken in by the real pipeline into an archive thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from archive.archive import Archive
from archive.opening import utc_now
from reader.config import Settings
from reader.demo.server import served_outlets
from reader.library import Library

FOLDER = "Samples"


@contextmanager
def demo_library(settings: Settings, now: Callable[[], datetime] = utc_now) -> Iterator[Library]:
    """A library with the sample outlets subscribed and refreshed; `now` is its clock and theirs.

    The outlets answer, and the archive exists, while the block runs.
    """
    with (
        tempfile.TemporaryDirectory(prefix="newsreader-demo-") as folder,
        served_outlets(now()) as addresses,
        Library(Archive.open(Path(folder) / "archive", now=now), settings, now) as library,
    ):
        library.is_kept = False
        for address in addresses:
            library.subscribe(address, folder=FOLDER)
        for _ in library.refresh():
            pass
        yield library
