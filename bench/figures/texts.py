"""The text stage beside bare trafilatura with the same options, page by page; pages without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median
from time import monotonic, process_time

import trafilatura

from bench.measure import Figure, spread
from bench.pages import varied_pages
from bench.workspace import Workspace
from reader.pipeline.by_trafilatura import OPTIONS
from reader.pipeline.extract import extract_page
from reader.pipeline.workers import Workers, WorkerTimeout

PAGES, ROUNDS, SEED = 60, 5, 7
LIMIT = 1.15
DEADLINE, LATE = 5.0, 8.0
"""Seconds that a page may take here, and in which a page without end must be given up."""
URL = "http://a.example/news/1"


def text_figures(_: Workspace) -> Iterator[Figure]:
    """Computing for the whole stage as a multiple of trafilatura's, then the deadline."""
    pages = list(varied_pages(PAGES, SEED))
    times = [(cost(ours, page), cost(bare, page)) for page in pages]
    ratios = [spent / theirs for spent, theirs in times]
    whole = sum(spent for spent, _ in times) / sum(theirs for _, theirs in times)
    yield Figure(
        f"{PAGES} pages, furniture, language, sources and all",
        f"a page {median(ratios):.2f} times; all together {whole:.2f}",
        f"bare trafilatura {spread([theirs for _, theirs in times])}; at most {LIMIT:g} times",
        median(ratios) <= LIMIT,
    )
    for name, page in endless():
        yield given_up(name, page)


def cost(extract: Callable[[bytes], object], page: bytes) -> float:
    """The least milliseconds of this process's computing for a page in some rounds."""
    times = []
    for _ in range(ROUNDS):
        started = process_time()
        extract(page)
        times.append(process_time() - started)
    return min(times) * 1000


def ours(page: bytes) -> object:
    """The stage as a worker runs it."""
    return extract_page(page, URL, "text/html; charset=utf-8")


def bare(page: bytes) -> object:
    """trafilatura with the options that the stage gives it, to Markdown."""
    return trafilatura.extract(page, url=URL, **OPTIONS)


def endless() -> Sequence[tuple[str, bytes]]:
    """Pages that no reader waits for."""
    word = b"<p>The harbour master said that the boat was full on the evening of the day.</p>"
    return (
        ("a page of 5 MB", word * (5_000_000 // len(word))),
        ("a page of 100,000 paragraphs", b"<p>A short one.</p>" * 100_000),
    )


def given_up(name: str, page: bytes) -> Figure:
    """The seconds until a worker has a text or is given up."""
    with Workers(count=1, deadline=DEADLINE) as workers:
        started = monotonic()
        try:
            workers.run("extract_page", page, URL, "text/html")
            end = "read"
        except WorkerTimeout:
            end = "given up"
        seconds = monotonic() - started
    return Figure(name, f"{end} after {seconds:.1f} s", f"at most {LATE:g} s", seconds <= LATE)
