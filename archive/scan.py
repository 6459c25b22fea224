"""Which volume files an archive has, and how they are now: what opening looks at first."""

from __future__ import annotations

import os
from pathlib import Path

from archive.disk_errors import reading
from archive.names import is_file_of_year
from archive.storage import COMPRESSED_SUFFIX, StatKey, key_of


def scan_volumes(root: Path) -> dict[str, StatKey]:
    """The articles and marks files of an archive, by name relative to it, as they are now.

    A compressed one goes by its plain name.
    """
    found: dict[str, StatKey] = {}
    folder = root / "volumes"
    with reading(folder):
        years = [entry.name for entry in _entries(folder) if entry.is_dir()]
        for year in sorted(years):
            found |= _scan_year(folder, year)
    return found


def _scan_year(folder: Path, year: str) -> dict[str, StatKey]:
    found: dict[str, StatKey] = {}
    for entry in _entries(folder / year):
        plain = entry.name.removesuffix(COMPRESSED_SUFFIX)
        if not is_file_of_year(year, plain):
            continue
        name = f"volumes/{year}/{plain}"
        if plain == entry.name or name not in found:
            found[name] = key_of(entry.stat())
    return found


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []
