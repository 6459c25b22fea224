"""A refresh of 500 feeds without pages: the first, with nothing new, with one new entry in each.

Each feed is on a loopback address of its own and answers after 50 ms. Beside ours are bare
feedparser, which does nothing but parse the same documents, and newsboat's reload of them.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from urllib.request import urlopen

import feedparser

from bench.farm import Farm, farm
from bench.measure import Figure, in_turn, ratios, spread
from bench.newsboat import newsboat_on, version
from bench.runs import Peaks, memory_figures, refreshed, subscribed
from bench.workspace import Workspace
from reader.priority import step_back_process

FEEDS, ENTRIES, BLOCKS, LATENCY, CONNECTIONS = 500, 50, 8, 50, 50
PROCESSES = 2
FLOOR = FEEDS / CONNECTIONS * LATENCY / 1000
"""Seconds for which answers are waited for, whatever asks."""
FIRST_TIMES, HEADLINES = 1.3, 3.0
NOTHING_NEW, NOTHING_NEW_TIMES = FLOOR + 1.5, 0.15
ONE_NEW = 4.0
FIRSTS, ROUNDS = 3, 5


def refreshing_figures(bench: Workspace) -> Iterator[Figure]:
    """Seconds of the command from its start to its end, and the most memory it had in any run."""
    peaks = Peaks()
    with farm(FEEDS, ENTRIES, LATENCY, BLOCKS) as feeds:
        yield from first_figures(bench.folder, feeds, peaks)
        yield from later_figures(bench.folder, feeds, peaks)
    yield from memory_figures(peaks)


def first_figures(folder: Path, feeds: Farm, peaks: Peaks) -> Iterator[Figure]:
    """The first refresh beside the parsing alone."""
    documents = [urlopen(url).read() for url in feeds.urls]
    shown: list[float] = []

    def ours() -> float:
        archive = subscribed(folder / f"first-{len(shown)}", feeds.urls)
        run = refreshed(archive, CONNECTIONS, FEEDS * ENTRIES, peaks)
        shown.append(run.first_line_seconds)
        return run.seconds

    taken, bare = in_turn(FIRSTS, ours, partial(bare_seconds, documents))
    found = ratios(taken, bare)
    yield Figure(
        f"first refresh of {FEEDS} feeds, {ENTRIES} entries each",
        spread(taken, " s"),
        f"at most {FIRST_TIMES:g} times bare feedparser in {PROCESSES} processes, "
        f"{spread(bare, ' s')}: {spread(found, '')}",
        statistics.median(found) <= FIRST_TIMES,
    )
    yield at_most_seconds("its first headlines", shown, HEADLINES)


def later_figures(folder: Path, feeds: Farm, peaks: Peaks) -> Iterator[Figure]:
    """Refreshes with nothing new, then with one new entry in each feed; newsboat's in turn."""
    archive = subscribed(folder / "later", feeds.urls)
    refreshed(archive, CONNECTIONS, FEEDS * ENTRIES, peaks)
    boat = newsboat_on(folder / "newsboat", feeds.urls, CONNECTIONS) if version() else None
    theirs: list[Callable[[], float]] = []
    if boat:
        theirs = [partial(seconds_of, boat.reload)]
        boat.reload()
        boat.reload()  # so that the third is the first of those below

    taken = in_turn(ROUNDS, lambda: refreshed(archive, CONNECTIONS, 0, peaks).seconds, *theirs)
    name = f"refresh with nothing new, {FLOOR:g} s of it waiting"
    yield at_most_seconds(name, taken[0], NOTHING_NEW)
    yield from beside_newsboat(taken, NOTHING_NEW_TIMES)

    def ours() -> float:
        feeds.advance()
        return refreshed(archive, CONNECTIONS, FEEDS, peaks).seconds

    taken = in_turn(ROUNDS, ours, *theirs)
    yield at_most_seconds("refresh with one new entry in each", taken[0], ONE_NEW)
    yield from beside_newsboat(taken)


def bare_seconds(documents: Sequence[bytes]) -> float:
    """How long bare feedparser takes for all documents, in as many processes as we have workers."""
    context = get_context("fork")
    shares = [documents[number::PROCESSES] for number in range(PROCESSES)]
    processes = [context.Process(target=parse_bare, args=(share,)) for share in shares]

    def parse_all() -> None:
        for process in processes:
            process.start()
        for process in processes:
            process.join()

    return seconds_of(parse_all)


def parse_bare(documents: Sequence[bytes]) -> None:
    """What feedparser makes of documents, as it comes; other programs take as much from it."""
    step_back_process()
    for document in documents:
        feedparser.parse(io.BytesIO(document))


def seconds_of(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def at_most_seconds(name: str, values: Sequence[float], limit: float) -> Figure:
    """A figure whose median must not pass a limit."""
    return Figure(
        name, spread(values, " s"), f"at most {limit:g} s", statistics.median(values) <= limit
    )


def beside_newsboat(taken: Sequence[list[float]], limit: float | None = None) -> Iterator[Figure]:
    """Ours and newsboat's of the same rounds, if it is there."""
    if len(taken) < 2:
        yield Figure("the same beside newsboat", "", "is not on the PATH: skipped")
        return
    ours, theirs = taken
    found = ratios(ours, theirs)
    words = f"at most {limit:g} times {version()}'s reload" if limit else f"{version()}'s reload"
    held = statistics.median(found) <= limit if limit else None
    beside = f"{words}, {spread(theirs, ' s')}"
    yield Figure("the same beside newsboat", spread(found, " times"), beside, held)
