"""Which files of an archive differ from what its index took in, and how little tells it.

Every write of ours replaces a file by rename, which changes its folder's mtime. So the index notes
each year's folder beside the files, and of a folder that is as noted only the newest files are
looked at: opening costs the same whatever the archive holds. What another program wrote into an
older file in place is seen by a look at every file, or when the file is read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.index import FileStamp, Index
from archive.names import articles_file, folder_of, marks_file, volume_of_file, volume_order
from archive.scan import scan_folder, year_folders
from archive.storage import StatKey, key_of, stat_key

_LOOKED_AT = 250
"""Files that opening looks at, the newest, in folders that are as they were noted."""

_SETTLED_NS = 1_000_000_000
"""Age of a folder's mtime from which on it is noted: the kernel's clock is coarse, and a further
change within its tick would not show."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the files found: the volumes that the index is behind of, oldest first.

    `folders` are those that were gone through whole, by name relative to the archive, as they were
    just before; None for one that is gone.
    """

    behind: tuple[str, ...]
    folders: Mapping[str, StatKey | None]

    @property
    def present_folders(self) -> list[str]:
        """Those of the folders that are there."""
        return [folder for folder, key in self.folders.items() if key is not None]


class KnownFiles:
    """The files of the archive at `root` as the index knows them, and as they are now."""

    def __init__(self, root: Path, index: Index) -> None:
        self._root = root
        self._index = index
        self._seen: dict[str, StatKey | None] = {}
        self._steady = ""

    def look(self, *, every_file: bool = False) -> Look:
        """Which volumes' files are not as the index took them in.

        Only the newest files are looked at in the folders that nobody changed, unless
        `every_file` is asked for.
        """
        present, known = year_folders(self._root), self._index.year_folders()
        differing: set[str] = set()
        folders: dict[str, StatKey | None] = {}
        most = _LOOKED_AT
        for folder in sorted(present.keys() | known.keys(), reverse=True):
            noted = known.get(folder)
            if every_file or noted is None or noted != present.get(folder):
                folders[folder] = present.get(folder)
                differing |= self._scan(folder)
            elif most > 0:
                newest = self._index.newest_file_keys(folder, most)
                differing |= {each for each in newest if not self._is_as(each, newest[each])}
                most -= len(newest)
        volumes = {volume_of_file(name) for name in differing}
        behind = sorted((volume for volume in volumes if volume), key=volume_order)
        return Look(tuple(behind), folders)

    def note_folders(self, look: Look) -> None:
        """Notes its folders, once the index has what is in them. The archive's lock is held."""
        settled = time.time_ns() - _SETTLED_NS
        stamps = {
            folder: FileStamp(*key, generation=0)
            for folder, key in look.folders.items()
            if key is not None and key[2] < settled
        }
        self._index.forget_files(each for each, key in look.folders.items() if key is None)
        self._index.put_marks({}, files=stamps)
        self.remember(stamps)

    def is_copy(self) -> bool:
        """Whether no volume is the very file that the index took in: somebody copied the folder."""
        known = self._index.file_keys()
        both = {each: known[each] for each in known if volume_of_file(each)}
        present = {name: self._key(name) for name in both}
        inodes = [(key[0], both[name][0]) for name, key in present.items() if key]
        return bool(inodes) and all(now != then for now, then in inodes)

    def is_known(self, *names: str) -> bool:
        """Whether files are as the index took them in, or are not there and unknown to it."""
        present = {name: self._key(name) for name in names}
        if all(name in self._seen and self._seen[name] == key for name, key in present.items()):
            return True
        known = self._index.file_keys(names)
        self._seen |= {name: known.get(name) for name in names}
        return all(self._seen[name] == key for name, key in present.items())

    def is_volume_known(self, volume: str) -> bool:
        """The same of a volume about to be written, whose `folder_stamp` is asked for after it.

        The archive's lock is held from here to there.
        """
        folder = folder_of(volume)
        self._steady = folder if self.is_known(folder) else ""
        return self.is_known(articles_file(volume), marks_file(volume))

    def folder_stamp(self, volume: str) -> dict[str, FileStamp]:
        """What to note of a volume's folder after a write; nothing where others changed it too.

        Sets its mtime off by some nanoseconds: a later change within the same tick of the kernel's
        clock then shows.
        """
        folder, self._steady = self._steady, ""
        if not folder or folder != folder_of(volume):
            return {}
        path = self._root / folder
        try:
            now = path.stat()
            before = self._seen.get(folder)
            later = max(now.st_mtime_ns, before[2] if before else 0) + 1
            os.utime(path, ns=(now.st_atime_ns, later))
            key = key_of(path.stat())
        except OSError:
            return {}
        # A coarser file system would hide a change: not noted, it is looked through next time.
        return {folder: FileStamp(*key, generation=0)} if key[2] == later else {}

    def remember(self, stamps: Mapping[str, FileStamp]) -> None:
        """Keeps what was just put into the index, to ask it less."""
        for name, stamp in stamps.items():
            self._seen[name] = (stamp.inode, stamp.size, stamp.mtime_ns)

    def forget(self, names: Iterable[str]) -> None:
        """Drops what is remembered of files that are gone."""
        for name in names:
            self._seen[name] = None

    def _scan(self, folder: str) -> set[str]:
        known, present = self._index.newest_file_keys(folder), scan_folder(self._root, folder)
        names = present.keys() | known.keys()
        return {name for name in names if present.get(name) != known.get(name)}

    def _is_as(self, name: str, key: StatKey) -> bool:
        self._seen[name] = key
        return self._key(name) == key

    def _key(self, name: str) -> StatKey | None:
        return stat_key(f"{self._root}/{name}")  # joining paths would cost more than asking
