"""What a run measures on: copies of the kept archives, and a home in which no browser is opened.

The kept archives are never written, so that every run finds the same. Volumes are copied by hard
links, as the archive replaces files and never writes into them; so inode and time of a file stay,
and the copy's index is in step with them. All of it is removed at the end of the run.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.archives import archive_of, cache

_WRITTEN_INTO = ("index.sqlite", "index.sqlite-wal", "lock")
_UNWANTED = ("NO_COLOR", "NEWSREADER_ARCHIVE", "PYTHONDONTWRITEBYTECODE", "TEXTUAL_ANIMATIONS")


class Workspace:
    """One run: the numbers of articles asked for, and a folder of its own."""

    def __init__(self, sizes: Sequence[int], folder: Path) -> None:
        self.sizes = sorted(sizes)
        self.folder = folder

    @property
    def largest(self) -> int:
        """The greatest number of articles."""
        return self.sizes[-1]

    def with_size(self, size: int) -> list[int]:
        """The sizes asked for and a further one."""
        return sorted({size, *self.sizes})

    @contextmanager
    def archive(self, size: int) -> Iterator[Path]:
        """A copy of the archive of `size` articles, to do anything with."""
        target = Path(tempfile.mkdtemp(prefix=f"archive-{size}-", dir=self.folder))
        try:
            _copy(archive_of(size), target)
            yield target
        finally:
            shutil.rmtree(target, ignore_errors=True)


@contextmanager
def workspace(sizes: Sequence[int]) -> Iterator[Workspace]:
    """A run's folder; programs started inside find no settings of the user's and write no log."""
    base = cache()
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="run-", dir=base) as name:
        # Found before the variable is set: later the same folder must be meant.
        folder = Path(name)
        before = dict(os.environ)
        os.environ.update(_environment(folder / "home", base))
        for variable in _UNWANTED:
            os.environ.pop(variable, None)
        try:
            yield Workspace(sizes, folder)
        finally:
            os.environ.clear()
            os.environ.update(before)


def _environment(home: Path, base: Path) -> dict[str, str]:
    settings = home / "CONFIG" / "newsreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    # Hints of the first days would come and go between keys, and so would refreshes.
    settings.write_text('browser = "true"\nhints = false\nrefresh = "manual"\n', encoding="utf-8")
    folders = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "DATA", "STATE")}
    return folders | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(base.parent),
        "LC_ALL": "C.UTF-8",
    }


def _copy(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir()
        elif path.name in _WRITTEN_INTO:
            shutil.copy2(path, copy)
        elif path.name != "index.sqlite-shm":
            os.link(path, copy)
    # What was copied is on the disk before anything is timed.
    os.sync()
