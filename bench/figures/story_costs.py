"""What an article costs when it is grouped into stories, in archives whose articles all are.

To group an archive takes minutes, so its index is kept for further runs, beside the archives.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from archive.archive import Archive
from archive.index_connections import remove_files
from archive.index_schema import SCHEMA
from archive.story_tables import STORY_VERSION
from archive.text import FOLD_VERSION
from bench.archives import cache
from bench.corpus import LAST, Corpus
from bench.measure import Figure, p50_p95, quantile
from bench.workspace import Workspace

ADDED_LIMIT = 10
"""Milliseconds at the 95th percentile."""
MOST_TIMES = 1.5
_SEED, _ADDED, _APART = 9, 300, timedelta(minutes=7)


def story_cost_figures(bench: Workspace) -> Iterator[Figure]:
    """A line for each size; wall and processor time, as other programs may run beside."""
    first = 0.0
    for size in bench.sizes:
        with grouped(bench, size) as folder:
            wall, processor = _taken(folder)
        reached = quantile(wall, 0.95)
        first = first or reached
        limit = f"p95 at most {ADDED_LIMIT} ms"
        held = reached <= ADDED_LIMIT
        if size != bench.sizes[0]:
            limit += f" and {MOST_TIMES} times {bench.sizes[0]:,}: {reached / first:.2f}"
            held = held and reached <= MOST_TIMES * first
        yield Figure(f"an article added to stories among {size:,}", p50_p95(wall), limit, held)
        yield Figure("processor time of that", p50_p95(processor))


@contextmanager
def grouped(bench: Workspace, size: int) -> Iterator[Path]:
    """A copy of the archive of `size` articles, all of them grouped."""
    kept = cache() / f"stories-{size}-{SCHEMA}-{FOLD_VERSION}-{STORY_VERSION}.sqlite"
    with bench.archive(size) as folder:
        index = folder / "index.sqlite"
        if kept.exists():
            remove_files(index)
            shutil.copy2(kept, index)
        with Archive.open(folder) as archive:
            archive.stories.group(_tell)
        if not kept.exists():
            shutil.copy2(index, kept)
        yield folder


def _tell(done: int, total: int) -> None:
    if done % 1000 == 0:
        print(f"\r{done:,} of {total:,} articles grouped", end="", file=sys.stderr, flush=True)


def _taken(folder: Path) -> tuple[list[float], list[float]]:
    """Wall and processor milliseconds of articles of the last days, each grouped by itself."""
    wall, processor = [], []
    with Archive.open(folder) as archive:
        for number, article in enumerate(Corpus(_ADDED, seed=_SEED)):
            at = LAST - _APART * number
            archive.save([replace(article, published_at=at, archived_at=at)])
            started, used = time.perf_counter(), time.process_time()
            archive.stories.group()
            wall.append((time.perf_counter() - started) * 1000)
            processor.append((time.process_time() - used) * 1000)
    return wall, processor
