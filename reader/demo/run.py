"""The demo: the sample outlets, taken in by the real pipeline into an archive thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from reader.config import Settings
from reader.demo.server import served_outlets
from reader.library import Library

FOLDER = "Samples"


@contextmanager
def demo_library(settings: Settings) -> Iterator[Library]:
    """A library with the sample outlets subscribed and refreshed.

    The outlets answer, and the archive exists, while the block runs.
    """
    with (
        tempfile.TemporaryDirectory(prefix="newsreader-demo-") as folder,
        served_outlets(datetime.now(UTC)) as addresses,
        Library.open(Path(folder) / "archive", settings) as library,
    ):
        for address in addresses:
            library.subscribe(address, folder=FOLDER)
        for _ in library.refresh():
            pass
        yield library
