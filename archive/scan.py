"""Which volume files an archive has, and how they and their folders are now."""

from __future__ import annotations

import os
from pathlib import Path

from archive.disk_errors import reading
from archive.names import is_file_of_year, year_folder
from archive.storage import COMPRESSED_SUFFIX, StatKey, key_of


def scan_volumes(root: Path) -> dict[str, StatKey]:
    """The articles and marks files of an archive, by name relative to it, as they are now.

    A compressed one goes by its plain name.
    """
    found: dict[str, StatKey] = {}
    for folder in sorted(year_folders(root)):
        found |= scan_folder(root, folder)
    return found


def year_folders(root: Path) -> dict[str, StatKey]:
    """The folders that volumes lie in, by name relative to the archive (`volumes/2026/`)."""
    with reading(root / "volumes"):
        entries = [each for each in _entries(root / "volumes") if each.is_dir()]
        return {year_folder(each.name): key_of(each.stat()) for each in entries}


def scan_folder(root: Path, folder: str) -> dict[str, StatKey]:
    """The same as of all for one of these folders, nothing where it is not there."""
    found: dict[str, StatKey] = {}
    year = folder.split("/")[1]
    with reading(root / folder):
        for entry in _entries(root / folder):
            plain = entry.name.removesuffix(COMPRESSED_SUFFIX)
            if not is_file_of_year(year, plain):
                continue
            name = folder + plain
            if plain == entry.name or name not in found:
                found[name] = key_of(entry.stat())
    return found


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []
