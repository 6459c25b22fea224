"""The memory of a worker that extracts pages of every kind, and its end past a limit."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bench.measure import Figure
from bench.pages import varied_pages
from bench.processes import peak_bytes
from bench.workspace import Workspace
from reader.pipeline.workers import RETIRE_BYTES, WorkerFailed, Workers

LIMIT = 400
PAGES = 400
REPLACED_PAGES = 60
SEED = 99


@dataclass
class Course:
    """What a course of pages showed: each worker's most memory by its id, and pages that failed."""

    peaks: dict[int, int] = field(default_factory=dict)
    failed: int = 0

    @property
    def peak(self) -> int:
        """The most that any worker had after a task it went on from."""
        return max(self.peaks.values())


def worker_figures(_: Workspace) -> Iterator[Figure]:
    """One worker with the limit of the program, then with one that the pages pass."""
    pages = list(varied_pages(PAGES, SEED))
    with Workers(count=1) as workers:
        course = extract(workers, pages)
    size = sum(map(len, pages)) / len(pages) / 1000
    yield Figure(
        f"a worker's most memory, {PAGES} pages of {size:.0f} kB on average",
        f"{course.peak / 1e6:.0f} MB, {len(course.peaks) - 1} times replaced, "
        f"{course.failed} pages failed",
        f"at most {LIMIT} MB, then it is replaced",
        course.peak <= LIMIT * 1e6 and RETIRE_BYTES <= LIMIT * 1e6,
    )
    first = next(iter(course.peaks))
    yield replaced_figure(pages[:REPLACED_PAGES], course.peaks[first])


def replaced_figure(pages: Iterable[bytes], peak: int) -> Figure:
    """The same with a limit that one worker passed above: none may go on past it."""
    limit = peak * 3 // 4
    with Workers(count=1, retire_bytes=limit) as workers:
        course = extract(workers, pages)
    return Figure(
        f"the same with the limit set to {limit / 1e6:.0f} MB, {REPLACED_PAGES} pages",
        f"{len(course.peaks)} workers; the largest that went on had {course.peak / 1e6:.0f} MB",
        "each is replaced once it passes the limit",
        len(course.peaks) > 1 and course.peak < limit,
    )


def extract(workers: Workers, pages: Iterable[bytes]) -> Course:
    """Extract pages as a refresh does, and look after each at the worker that goes on."""
    course = Course()
    for number, page in enumerate(pages):
        url = f"https://example.org/{number}"
        try:
            workers.run("extract_page", page, url, "text/html; charset=utf-8")
        except WorkerFailed:
            course.failed += 1
        with contextlib.suppress(ValueError):
            (pid,) = workers.pids
            course.peaks[pid] = peak_bytes(pid)
    return course
