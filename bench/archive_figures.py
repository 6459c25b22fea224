"""What the archive costs: opening, saving, marking, listing, searching."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive.archive import Archive
from archive.models import MarkChange
from bench.corpus import Corpus, Probe
from bench.measure import Figure, at_most, p50_p95, pairs, spread, timed

ROUNDS = 40
PAIRS = 200


def archive_figures(count: int, folder: Path) -> Iterator[Figure]:
    """Figures of an archive of `count` articles."""
    corpus = Corpus(count)
    opened = [timed(lambda: Archive.open(folder).close()) for _ in range(10)]
    yield Figure(f"open, {count:,} articles", spread(opened), "")
    with Archive.open(folder) as archive:
        yield Figure("newest 200 rows", spread(repeat(lambda: archive.list(limit=200))), "")
        yield Figure("unread counts of 300 feeds", spread(repeat(archive.feeds)), "")
        yield from search_figures(archive, corpus.probe)
        yield from writing_figures(archive)


def repeat(work, rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of several calls."""
    return [timed(work) for _ in range(rounds)]


def search_figures(archive: Archive, probe: Probe) -> Iterator[Figure]:
    """First rows as one types, by kind of query."""
    cases = {
        "common word": [probe.common],
        "mid word": [probe.mid],
        "rare word": [probe.rare],
        "prefix of 2": [probe.mid[:2]],
        "prefix of 4": [probe.mid[:4]],
        "phrase": [probe.phrase],
        "two words": [probe.two_words],
        "Chinese, 1, 2 and 5 characters": list(probe.cjk),
    }
    for name, texts in cases.items():
        taken = [
            timed(lambda text=text: archive.search(text, limit=50, sort="date", typing=True))
            for _ in range(ROUNDS)
            for text in texts
        ]
        yield at_most(f"search while typing: {name}", taken, 50)


def writing_figures(archive: Archive) -> Iterator[Figure]:
    """One article, fifty, one mark, and a mark beside a bare write of the same bytes."""
    now = datetime.now(UTC)
    made = [
        replace(article, url=f"{article.url}?{now.timestamp()}", origins=(), archived_at=now)
        for article in Corpus(PAIRS * 4, seed=now.microsecond)
    ]
    fresh = iter(made)
    yield Figure("one article saved", p50_p95(repeat(lambda: archive.save([next(fresh)]))), "")
    fifty = repeat(lambda: archive.save([next(fresh) for _ in range(50)]), 8)
    yield Figure("fifty articles saved", p50_p95(fifty), "")
    rows = archive.list(limit=PAIRS * 2)
    ids = iter([row.article_id for row in rows] * 2)

    def one() -> None:
        archive.mark([next(ids)], MarkChange(note=f"{time.time_ns()}"))

    one()
    marks = max((archive.path / "volumes").rglob("*.marks.json"), key=os.path.getmtime)
    ours, bare = pairs(one, lambda: bare_write(marks), PAIRS)
    ratio = sorted(a / b for a, b in zip(ours, bare, strict=True))[PAIRS // 2]
    yield Figure(
        "one mark",
        spread(ours),
        f"at most 3 times a bare write of the same bytes, {spread(bare)}: {ratio:.2f}",
        ratio <= 3,
    )


def bare_write(path: Path) -> None:
    """Write, fsync, rename, fsync of the folder: the least that a safe write of a file costs."""
    data = path.read_bytes()
    target, folder = path.with_suffix(".bare"), path.parent
    temporary = target.with_suffix(".tmp")
    with temporary.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(target)
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
