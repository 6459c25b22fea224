"""Eight feeds at once of 100,000 entries each, and eight of 20 MB: their newest 1,000, in time."""

from __future__ import annotations

from collections.abc import Iterator

from bench.farm import farm
from bench.measure import Figure
from bench.runs import Peaks, memory_figures, refreshed, subscribed
from bench.workspace import Workspace

FEEDS, LATENCY, CONNECTIONS = 8, 50, 16
KEPT = 1000
LIMIT = 60
"""Seconds for all of them; a worker has ten of computing for each."""
KINDS = ((100_000, 0), (KEPT, 70))
"""Entries a feed, and blocks of text an entry."""


def large_feed_figures(bench: Workspace) -> Iterator[Figure]:
    """Seconds of one refresh of each kind, and the most memory it had in either."""
    peaks = Peaks()
    for entries, blocks in KINDS:
        with farm(FEEDS, entries, LATENCY, blocks) as feeds:
            archive = subscribed(bench.folder / f"large-{entries}", feeds.urls)
            run = refreshed(archive, CONNECTIONS, FEEDS * KEPT, peaks)
        told = sum(f"Of {entries:,} entries only" in line for line in run.lines)
        yield Figure(
            f"{FEEDS} feeds of {entries:,} entries, {feeds.megabytes / FEEDS:.0f} MB each",
            f"{run.seconds:.1f} s; {run.new_count:,} articles, {told} notices",
            f"at most {LIMIT} s; {KEPT:,} of each, and a notice where there were more",
            run.seconds <= LIMIT and told == (FEEDS if entries > KEPT else 0),
        )
    yield from memory_figures(peaks)
