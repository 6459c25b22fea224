"""The files beside the volumes: their damage, and the subscriptions that the index takes in.

One that is as it was last found sound is not read again at the next opening.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archive.catalogue import READ_AROUND, file_stamp
from archive.errors import DamagedFile
from archive.fetch_file import FETCH_FILE
from archive.journal import JOURNAL_FILE
from archive.layout import DECISIONS_FILE, LIBRARY_FILE
from archive.lost import LOST_FILE
from archive.models import Problem
from archive.recovery import is_damaged, salvage_file

if TYPE_CHECKING:
    from archive.opening import Parts

ROOT_FILES = (LIBRARY_FILE, FETCH_FILE, DECISIONS_FILE, JOURNAL_FILE, LOST_FILE)


def take_in_feeds(parts: Parts) -> None:
    """Tells the index the subscriptions, if library.json is not as it took it in."""
    if parts.catalogue.files.is_known(LIBRARY_FILE):
        return
    stamp = file_stamp(parts.root / LIBRARY_FILE)
    if stamp is not None and parts.index.files().get(LIBRARY_FILE) != stamp:
        parts.index.set_feeds(parts.library.feeds())
        parts.catalogue.took_file(LIBRARY_FILE, stamp)


def unknown_root_files(parts: Parts) -> list[str]:
    """The files beside the volumes that are not as they were last found sound."""
    return [name for name in ROOT_FILES if not parts.catalogue.files.is_known(name)]


def check_root_files(parts: Parts) -> None:
    """Repairs those that are damaged, and notes the others, not to read them again next time.

    What library.json has is noted when the index has taken its feeds in.
    """
    for name in unknown_root_files(parts):
        try:
            stamp = file_stamp(parts.root / name)
        except DamagedFile:
            stamp = None
        damaged = repair_root_files(parts, [name])
        if (
            stamp is not None and not damaged and name != LIBRARY_FILE
        ):  # that is noted with its feeds
            with parts.lock:
                parts.catalogue.took_file(name, stamp)


def repair_root_files(parts: Parts, names: Iterable[str] = ROOT_FILES) -> bool:
    """Repairs the files beside the volumes that are damaged; whether any was."""
    before = len(parts.problems)
    for name in names:
        if is_damaged(parts.root, name):
            with parts.lock:
                problem = salvage_file(parts.root, name, parts.now())
            if problem:
                parts.problems.append(problem)
    return len(parts.problems) > before


def report_root_files(parts: Parts, names: Iterable[str] = ROOT_FILES) -> None:
    """Names the damaged files beside the volumes, which cannot be repaired."""
    for name in names:
        if is_damaged(parts.root, name):
            parts.problems.append(Problem(name, "damaged", READ_AROUND))
