"""Archives of a given size, made once and kept between runs."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from itertools import islice
from pathlib import Path

from archive.archive import Archive
from archive.index_connections import remove_files
from archive.index_schema import SCHEMA
from archive.models import Feed
from archive.text import FOLD_VERSION
from bench.corpus import FEED_COUNT, LAST, Corpus

BATCH = 500


def cache() -> Path:
    """Where archives are kept: the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "newsreader-bench"


def archive_of(count: int) -> Path:
    """The folder of an archive of `count` articles; makes it when it is not there yet.

    One that was kept with an index of another form gets the present one, so that no run measures
    a rebuild along with what it is about.
    """
    folder = cache() / f"archive-{count}"
    form, complete = f"{SCHEMA} {FOLD_VERSION}", folder / "complete"
    if complete.exists():
        if complete.read_text() != form:
            remove_files(folder / "index.sqlite")
            Archive.open(folder).close()  # which builds it
            complete.write_text(form)
        return folder
    start = time.perf_counter()
    clock = Clock()
    with Archive.open(folder, now=clock) as archive:
        archive.add_feeds(
            Feed(f"https://outlet{n}.example/feed.xml", title=f"Outlet {n}", folder=f"F{n % 12}")
            for n in range(FEED_COUNT)
        )
        fill(archive, Corpus(count), clock, start)
        archive.rebuild()  # so that the index is as an import leaves it
    complete.write_text(form)
    return folder


class Clock:
    """A clock that stands where it is put, so that volumes spread over the years."""

    def __init__(self) -> None:
        self.instant: datetime = LAST

    def __call__(self) -> datetime:
        return self.instant


def fill(archive: Archive, corpus: Corpus, clock: Clock, start: float) -> None:
    """Save a corpus in batches, each on the day on which its articles arrive."""
    articles = iter(corpus)
    done = 0
    while batch := list(islice(articles, BATCH)):
        clock.instant = batch[-1].archived_at
        archive.save(batch)
        done += len(batch)
        rate = done / (time.perf_counter() - start)
        print(
            f"\r{done:,} of {corpus.count:,} articles, {rate:.0f} a second", end="", file=sys.stderr
        )
    print(file=sys.stderr)
