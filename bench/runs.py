"""A refresh by the installed command: how long it takes, when it shows something, its memory."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from bench.looking import looking
from bench.measure import Figure
from bench.processes import children, peak_bytes
from bench.programs import newsreader

LOOK_SECONDS = 0.05
PARENT_MB, WORKER_MB = 150, 400
_NEW = re.compile(r": (\d+) new\b")


@dataclass
class Peaks:
    """The most memory that a program had, and the most that one of its workers had, in bytes."""

    parent: int = 0
    worker: int = 0

    def take_in(self, other: Peaks) -> None:
        """Those of another run too."""
        self.parent = max(self.parent, other.parent)
        self.worker = max(self.worker, other.worker)


@dataclass
class Refreshed:
    """A refresh: seconds from its start to its end and to its first line, and what it printed."""

    seconds: float = 0.0
    first_line_seconds: float = 0.0
    lines: list[str] = field(default_factory=list)
    peaks: Peaks = field(default_factory=Peaks)

    @property
    def new_count(self) -> int:
        """New articles, as its lines say."""
        found = (_NEW.search(line) for line in self.lines)
        return sum(int(match[1]) for match in found if match)


class RefreshFailed(Exception):
    """A refresh did not end well; the text is what it complained of."""


def subscribed(folder: Path, urls: Sequence[str]) -> Path:
    """An archive that is subscribed to these feeds, in a new folder."""
    folder.mkdir()
    archive = folder / "archive"
    feeds = folder / "feeds.opml"
    outlines = "".join(f'<outline type="rss" xmlUrl="{url}"/>' for url in urls)
    feeds.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', encoding="utf-8")
    command = newsreader(archive, "import", str(feeds))
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return archive


def refreshed(archive: Path, connections: int, expected: int, peaks: Peaks) -> Refreshed:
    """A refresh of all feeds, without pages, that must bring so many new articles.

    Its memory goes into `peaks`. Raises RefreshFailed.
    """
    run = _refresh(archive, connections)
    peaks.take_in(run.peaks)
    if run.new_count != expected:
        raise RefreshFailed(f"brought {run.new_count:,} new articles in place of {expected:,}")
    return run


def memory_figures(peaks: Peaks) -> Iterator[Figure]:
    """The most memory of some runs, of the program and of any worker."""
    for name, peak, limit in (
        ("the program", peaks.parent, PARENT_MB),
        ("a worker", peaks.worker, WORKER_MB),
    ):
        megabytes = peak / 1e6
        found = f"{megabytes:.0f} MB"
        yield Figure(
            f"memory of {name} throughout", found, f"at most {limit} MB", megabytes <= limit
        )


def _refresh(archive: Path, connections: int) -> Refreshed:
    command = newsreader(archive, "refresh", "--no-pages", "--jobs", str(connections))
    found = Refreshed()
    started = time.perf_counter()
    with (
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process,
        watched(process.pid, found.peaks),
    ):
        assert process.stdout is not None
        for line in process.stdout:
            found.first_line_seconds = found.first_line_seconds or time.perf_counter() - started
            found.lines.append(line)
        code = process.wait()
        found.seconds = time.perf_counter() - started
    if code:
        raise RefreshFailed(found.lines[-1] if found.lines else f"code {code}")
    return found


def watched(pid: int, peaks: Peaks) -> AbstractContextManager[None]:
    """Notes the most memory of a program and of its workers, as long as they are there."""

    def look() -> None:
        workers = [peak_bytes(child) for child in children(pid)]
        peaks.take_in(Peaks(peak_bytes(pid), max(workers, default=0)))

    return looking(look, LOOK_SECONDS)
