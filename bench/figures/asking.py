"""What is asked beside searches as one types: relevance, a cold index, memory, rules, counts."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from archive.archive import Archive
from archive.models import Article, Mark
from archive.rule_models import Rule, SavedSearch
from bench.corpus import LAST, SEED, Corpus, Probe
from bench.figures.disk import PEER_MOST
from bench.figures.peers import opened, search_theirs
from bench.figures.searching import first_rows, queries
from bench.measure import Figure, at_most, number, p50_p95, quantile, timed
from bench.newsboat import newsboat_of, version
from bench.processes import resident_bytes
from bench.workspace import Workspace
from reader.tui.control.finding import PAGE

PART = 0.05
"""Of newsboat's time for a search of all texts, what relevance may take."""
PEER_SEARCHES = 3
COLD, COLD_LIMIT = 10, 250
MEMORY_LIMIT = 40
KEPT, KEPT_LIMIT = 100, 2
NEW, REFRESHES = 200, 5
"""Articles that a refresh brings, after which saved searches are counted once."""


def asking_figures(bench: Workspace) -> Iterator[Figure]:
    """The figures of each size."""
    for size in bench.sizes:
        with bench.archive(size) as folder:
            yield from relevance_figures(folder, size)
            yield cold_figure(folder, size)
            yield memory_figure(folder, size)
            yield kept_figure(folder, size)


def relevance_figures(folder: Path, size: int) -> Iterator[Figure]:
    """Forty queries of each kind, best first, beside a search of newsboat's."""
    peer = newsboat_search(size) if version() and size == PEER_MOST else None
    with Archive.open(folder) as archive:
        for kind, texts in queries(Corpus(size).probe).items():
            taken = [timed(partial(best_rows, archive, text)) for text in texts]
            name = f"best first, {kind}, {size:,} articles"
            if peer is None:
                yield Figure(name, p50_p95(taken))
            else:
                yield at_most(name, taken, round(peer * PART), f"{PART} of newsboat's search")


def best_rows(archive: Archive, text: str) -> None:
    """The rows that the app reads first, by relevance, with their snippets."""
    archive.search(text, limit=PAGE, sort="relevance")


def newsboat_search(size: int) -> float:
    """Milliseconds in which newsboat looks through all texts for a common word."""
    boat = newsboat_of(size)
    boat.analyze(True)
    words = sorted(Corpus(size).probe.common, key=len)[-PEER_SEARCHES:]
    with opened(boat) as peer:
        return statistics.median(search_theirs(peer, word) for word in words)


def cold_figure(folder: Path, size: int) -> Figure:
    """The first search after opening, of an index that is nowhere in memory."""
    taken = []
    for word in Corpus(size).probe.mid[:COLD]:
        forget(folder / "index.sqlite")
        with Archive.open(folder) as archive:
            forget(folder / "index.sqlite")
            taken.append(timed(partial(first_rows, archive, word)))
    return at_most(f"first search, cold, {size:,} articles", taken, COLD_LIMIT)


def forget(path: Path) -> None:
    """Lets the system drop what it keeps of a file in memory, where it can be told to."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.fdatasync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def memory_figure(folder: Path, size: int) -> Figure:
    """What a process of its own grows by while it searches, as one types and best first."""
    probe = Corpus(size).probe
    texts = [text for each in queries(probe).values() for text in each]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        grown = pool.submit(grown_by_searching, folder, texts).result() / 1e6
    name = f"memory of {2 * len(texts)} searches, {size:,} articles"
    return Figure(name, f"{grown:.0f} MB", f"at most {MEMORY_LIMIT} MB", grown <= MEMORY_LIMIT)


def grown_by_searching(folder: Path, texts: Sequence[str]) -> int:
    """By how many bytes this process grows."""
    with Archive.open(folder) as archive:
        archive.list(limit=PAGE)
        before = resident_bytes(os.getpid())
        for text in texts:
            first_rows(archive, text)
            best_rows(archive, text)
        return resident_bytes(os.getpid()) - before


def kept_figure(folder: Path, size: int) -> Figure:
    """Rules and saved searches by the article of a refresh: all meet it, then all are counted."""
    refreshes = list(batched(news(), NEW))
    with Archive.open(folder) as archive:
        for place, query in enumerate(kept_queries(Corpus(size).probe)):
            archive.rules.put(Rule(f"rule {place}", query, tags=("found",)))
            archive.searches.put(SavedSearch(f"search {place}", query))
        archive.rules.meeting()(next(iter(Corpus(size))), Mark())
        first = timed(archive.searches.counts)
        met, counted = [], []
        for articles in refreshes:
            started = time.perf_counter()
            meet = archive.rules.meeting()
            ready = (time.perf_counter() - started) * 1000 / NEW
            met += [ready + timed(partial(meet, each, Mark())) for each in articles]
            archive.save(articles)
            counted.append(timed(archive.searches.counts) / NEW)
    share = statistics.median(counted)
    taken = [share + each for each in met]
    return Figure(
        f"{KEPT} rules and {KEPT} saved searches, a new article of {NEW}, {size:,} articles",
        f"{p50_p95(taken)}, {number(share)} of them to count; {number(first)} ms for the first "
        "count of all",
        f"at most {KEPT_LIMIT} ms at p95",
        quantile(taken, 0.95) <= KEPT_LIMIT,
    )


def news() -> Iterator[Article]:
    """Articles of REFRESHES refreshes an hour apart, of which some were published long before."""
    count = REFRESHES * NEW
    for place, article in enumerate(Corpus(count, seed=SEED + 1)):
        came = LAST + timedelta(hours=1 + place // NEW)
        late = article.archived_at - (article.published_at or article.archived_at)
        yield replace(article, archived_at=came, published_at=came - late)


def batched(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    """So many at a time."""
    iterator = iter(articles)
    while batch := list(islice(iterator, size)):
        yield batch


def kept_queries(probe: Probe) -> list[str]:
    """What people may keep: words, words of titles, two words, phrases, words of a feed."""
    fifth = KEPT // 5
    return [
        *probe.mid[:fifth],
        *(f"title:{word}" for word in probe.common[:fifth]),
        *probe.two_words[:fifth],
        *probe.phrases[:fifth],
        *(f"{word} feed:outlet1 -is:starred" for word in probe.rare[:fifth]),
    ]
