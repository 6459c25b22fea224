"""How much of the disk an archive takes, by kind of file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from archive.names import day_of_volume, marks_file, volume_of_file
from archive.storage import COMPRESSED_SUFFIX

COMPRESSED_AFTER = timedelta(days=31)
"""A volume is compressed when its day is longer ago: feeds and rechecks alter it hardly ever."""

SMALLEST_COMPRESSED = 4096
"""A file that fits a block of the disk saves nothing."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes by kind; `other` are the files beside the volumes and copies of damaged files."""

    articles: int = 0
    marks: int = 0
    pages: int = 0
    index: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(asdict(self).values())


def sizes(root: Path) -> Sizes:
    """The bytes of each kind in the archive at `root`."""
    found = dict.fromkeys(Sizes.__slots__, 0)
    for name, size in _files(root, ""):
        found[_kind(name)] += size
    return Sizes(**found)


def compressible(root: Path, today: date) -> dict[str, int]:
    """The plain volumes that compressing would make smaller, with their bytes, oldest first."""
    found = {}
    for name, size in _files(root, "volumes/"):
        volume = volume_of_file(name)
        if volume is None or name == marks_file(volume) or size <= SMALLEST_COMPRESSED:
            continue
        if day_of_volume(volume) < today - COMPRESSED_AFTER:
            found[volume] = size
    return dict(sorted(found.items()))


def _files(root: Path, folder: str) -> Iterator[tuple[str, int]]:
    """Every file below a folder (empty, or with a `/` at its end), by name relative to `root`."""
    try:
        with os.scandir(root / folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(root, f"{folder}{entry.name}/")
                else:
                    yield f"{folder}{entry.name}", entry.stat(follow_symlinks=False).st_size
    except FileNotFoundError:  # gone while we looked
        return


def _kind(name: str) -> str:
    volume = volume_of_file(name.removesuffix(COMPRESSED_SUFFIX))
    if volume:
        return "marks" if name == marks_file(volume) else "articles"
    if name.startswith("pages/"):
        return "pages"
    return "index" if name.startswith("index.sqlite") else "other"
