"""Paths of files as a person types them: completed, and with `~` for the home folder."""

from __future__ import annotations

import os
from pathlib import Path

MOST_PATHS = 200


def paths_in(text: str, endings: tuple[str, ...]) -> tuple[str, ...]:
    """What may complete a path: folders, which end in a slash, and files, some endings first.

    Spelled as the path is, with its `~`; hidden ones only when their dot is typed. A folder that
    cannot be read has none.
    """
    folder, _, start = text.rpartition("/")
    before = f"{folder}/" if "/" in text else ""
    try:
        with os.scandir(expanded(before)) as entries:
            found = [
                (entry.name + ("/" if entry.is_dir() else ""))
                for entry in entries
                if entry.name.startswith(start) and (start or not entry.name.startswith("."))
            ]
    except OSError:
        return ()
    found.sort(key=lambda name: (not name.lower().endswith(endings), name.casefold()))
    return tuple(before + name for name in found[:MOST_PATHS])


def expanded(path: str) -> Path:
    """The path with `~` as the home folder; as it is where there is no such home."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)
