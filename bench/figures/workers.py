"""The memory of a worker that extracts pages of every kind, and its end past a limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from bench.looking import looking
from bench.measure import Figure
from bench.pages import largest_pages, varied_pages
from bench.processes import peak_bytes
from bench.workspace import Workspace
from reader.pipeline.workers import RETIRE_BYTES, WorkerFailed, Workers

LIMIT = 400
PAGES = 400
REPLACED_PAGES = 60
SEED = 99
LOOK_SECONDS = 0.02


@dataclass
class Course:
    """What a course of pages showed.

    `peaks` are the most that each worker ever had, `went_on` what each had when it took a further
    page, by its id; `failed` counts pages that gave nothing.
    """

    peaks: dict[int, int] = field(default_factory=dict)
    went_on: dict[int, int] = field(default_factory=dict)
    failed: int = 0

    @property
    def words(self) -> str:
        """The course in a line."""
        peak = max(self.peaks.values()) / 1e6
        replaced = len(self.peaks) - 1
        return f"{peak:.0f} MB; {replaced} times replaced; {self.failed} pages gave nothing"


def worker_figures(_: Workspace) -> Iterator[Figure]:
    """One worker with the limit of the program, then with one that the pages pass."""
    pages = list(varied_pages(PAGES, SEED))
    course = extracted(pages, RETIRE_BYTES)
    yield held(f"{PAGES} pages of {kilobytes(pages)} kB on average", course)
    largest = list(largest_pages(SEED))
    yield held(
        f"{len(largest)} pages of {kilobytes(largest):,} kB", extracted(largest, RETIRE_BYTES)
    )
    yield replaced(pages[:REPLACED_PAGES], max(course.peaks.values()) * 3 // 4)


def held(name: str, course: Course) -> Figure:
    """The most memory of any worker of a course."""
    within = max(course.peaks.values()) <= LIMIT * 1e6
    return Figure(name, course.words, f"at most {LIMIT} MB, then it is replaced", within)


def replaced(pages: Sequence[bytes], limit: int) -> Figure:
    """The same with a limit that pages pass: no worker may take a page past it."""
    course = extracted(pages, limit)
    went_on = max(course.went_on.values(), default=0)
    return Figure(
        f"the first {len(pages)} of the {PAGES}, the limit set to {limit / 1e6:.0f} MB",
        f"{course.words}; the largest that went on had {went_on / 1e6:.0f} MB",
        "each is replaced once it passes the limit",
        len(course.peaks) > 1 and went_on < limit,
    )


def extracted(pages: Sequence[bytes], retire_bytes: int) -> Course:
    """Extract pages one by one, as a refresh does, in a worker with that limit."""
    course = Course()
    with Workers(count=1, retire_bytes=retire_bytes) as workers, watched(workers, course):
        for number, page in enumerate(pages):
            # Who is there now takes this page.
            course.went_on |= {pid: peak_bytes(pid) for pid in workers.pids}
            url = f"https://example.org/{number}"
            try:
                workers.run("extract_page", page, url, "text/html; charset=utf-8")
            except WorkerFailed:
                course.failed += 1
    return course


def watched(workers: Workers, course: Course) -> AbstractContextManager[None]:
    """Notes the most memory of every worker, many times a second: one that ends takes it along."""

    def look() -> None:
        for pid in workers.pids:
            course.peaks[pid] = max(course.peaks.get(pid, 0), peak_bytes(pid))

    return looking(look, LOOK_SECONDS)


def kilobytes(pages: Sequence[bytes]) -> int:
    """The mean size."""
    return round(sum(map(len, pages)) / len(pages) / 1000)
