"""What an article costs on the disk, index included, beside newsboat's cache of the same texts.

Stories are apart: newsboat knows nothing of the kind.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from archive.archive import Archive
from bench.measure import Figure, number
from bench.newsboat import newsboat_of, version
from bench.workspace import Workspace

LIMIT, COMPRESSED = 1.6, 1.1
PEER_MOST = 100_000
"""A larger cache takes newsboat hours to fill."""


def disk_figures(bench: Workspace) -> Iterator[Figure]:
    """Each size as it is; the largest that has a peer also with its volumes compressed."""
    sizes = [size for size in bench.sizes if size <= PEER_MOST]
    peers = {size: newsboat_bytes(size) for size in sizes} if version() else {}
    for size in bench.sizes:
        peer = peers.get(size) or (peers[max(peers)] if peers else 0.0)
        with bench.archive(size) as folder:
            yield figure(f"disk an article, {size:,} articles", folder, size, peer, LIMIT)
            if size == max(sizes, default=0):
                with Archive.open(folder) as archive:
                    compressed = archive.care().compress()
                name = f"the same with {compressed:,} volumes compressed"
                yield figure(name, folder, size, peer, COMPRESSED)


def figure(name: str, folder: Path, size: int, peer: float, limit: float) -> Figure:
    """Volumes and index by the article; without a peer there is no verdict."""
    volumes = bytes_in(folder / "volumes") / size
    index = (bytes_in(folder) - story_bytes(folder)) / size - volumes
    ours = f"{number(volumes + index)} B: {number(volumes)} of volumes, {number(index)} of index"
    if not peer:
        return Figure(name, ours, "newsboat is not on the PATH")
    found = (volumes + index) / peer
    beside = f"at most {limit:g} times newsboat's cache, {number(peer)} B: {number(found)}"
    return Figure(name, ours, beside, found <= limit)


def bytes_in(folder: Path) -> int:
    """What the disk gives to a folder's files, in bytes (st_blocks counts 512 each; stat(2))."""
    stats = (path.stat() for path in folder.rglob("*") if path.is_file())
    return sum(stat.st_blocks * 512 for stat in stats)


def story_bytes(folder: Path) -> int:
    """How much of the index are stories, in bytes of whole pages."""
    with closing(sqlite3.connect(folder / "index.sqlite")) as index:
        (found,) = index.execute(
            "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name LIKE 'story\\_%' ESCAPE '\\'"
        ).fetchone()
    return int(found)


def newsboat_bytes(size: int) -> float:
    """newsboat's cache by the article."""
    print(f"newsboat's cache of {size:,}", file=sys.stderr)
    return (newsboat_of(size).folder / "cache.db").stat().st_blocks * 512 / size
