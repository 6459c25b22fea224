"""Opening an archive: what is checked, repaired and brought in step before the first use.

Order matters: nothing is touched before it is known that no newer program wrote the archive; files
are repaired before they are indexed; operations that a program died in are finished last.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from archive.aliases import NamesFile
from archive.asking import Asking
from archive.catalogue import Catalogue, Progress
from archive.decisions import DecisionsFile
from archive.disk_errors import read_only_error, reading, writing
from archive.errors import (
    ArchiveError,
    ArchiveReadOnly,
    ArchiveUnusable,
    DamagedFile,
    WriteFailed,
)
from archive.fetch_file import FetchFile
from archive.index import Index
from archive.index_connections import remove_files
from archive.journal import Journal
from archive.known_files import Look
from archive.layout import LIBRARY_FILE
from archive.library_file import LibraryFile
from archive.locks import WriterLock
from archive.lost import LostFile
from archive.marking import Marking
from archive.models import Problem
from archive.names import articles_file, marks_file
from archive.pages import PageStore
from archive.recovery import (
    has_leftovers,
    refuse_newer,
    remove_leftovers,
)
from archive.restoring import Restoring
from archive.root_files import (
    ROOT_FILES,
    check_root_files,
    report_root_files,
    take_in_feeds,
    unknown_root_files,
)
from archive.rule_book import RuleBook
from archive.saving import Saving
from archive.storage import make_folder, stat_key
from archive.term_counts import TermCounts
from archive.volumes import Volumes

INDEX_FILE = "index.sqlite"
LOCK_FILE = "lock"

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


LOSSES = ("damaged", "missing")
"""Kinds of problems by which articles may be lost."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What an open archive consists of. `scratch` is removed when it is closed."""

    root: Path
    read_only: bool
    now: Clock
    lock: WriterLock
    index: Index
    asking: Asking
    volumes: Volumes
    catalogue: Catalogue
    library: LibraryFile
    rules: RuleBook
    fetch: FetchFile
    decisions: DecisionsFile
    journal: Journal
    marking: Marking
    saving: Saving
    pages: PageStore
    restoring: Restoring
    problems: list[Problem]
    scratch: Path | None
    term_counts: TermCounts = field(default_factory=TermCounts)

    def check_writable(self) -> None:
        """Raises ArchiveReadOnly when nothing can be written: before long work, not after it."""
        if self.read_only:
            raise read_only_error(self.root)

    def close(self) -> None:
        """Closes the index and the lock's file."""
        self.index.close()
        self.lock.close()
        self.marking.close()
        if self.scratch is not None:
            import shutil

            shutil.rmtree(self.scratch, ignore_errors=True)


def open_parts(root: Path, now: Clock, read_only: bool | None, progress: Progress | None) -> Parts:
    """The parts of the archive at `root`, made, repaired and in step. ArchiveUnusable, TooNew.

    With `read_only` None, what cannot be written (a full disk) is opened for reading.
    """
    try:
        return _open(root, now, read_only, progress)
    except ArchiveUnusable:
        raise
    except ArchiveError as error:
        raise ArchiveUnusable(error.what, error.why, error.remedy) from error


def _open(root: Path, now: Clock, read_only: bool | None, progress: Progress | None) -> Parts:
    with reading(root):
        only_reading = _usable(root, read_only)
    refuse_newer(root, ROOT_FILES)
    if only_reading:
        return _in_order(_reading_parts(root, now), progress)
    try:
        return _open_writable(root, now, progress)
    except (WriteFailed, ArchiveReadOnly) as error:
        if read_only is None and stat_key(root / LIBRARY_FILE) is not None:
            return _open_in_spite_of(error, root, now, progress)
        raise


def rebuilt(parts: Parts, progress: Progress | None) -> Parts:
    """The parts with an index built anew; opened again if the old one is too damaged for it."""
    try:
        parts.catalogue.rebuild(progress)
        with parts.lock:
            take_in_feeds(parts)
    except DamagedFile as error:
        if not _is_of_index(error, parts.root):
            raise
        parts.close()
        remove_files(parts.root / INDEX_FILE)
        return open_parts(parts.root, parts.now, False, progress)
    return parts


def _is_of_index(error: DamagedFile, root: Path) -> bool:
    """Whether it is the index that is damaged, which can be built anew."""
    return error.what == str(root / INDEX_FILE)


def _open_writable(root: Path, now: Clock, progress: Progress | None) -> Parts:
    try:
        return _in_order(_writing_parts(root, now), progress)
    except DamagedFile as error:
        if not _is_of_index(error, root):
            raise
    remove_files(root / INDEX_FILE)
    return _in_order(_writing_parts(root, now), progress)


def _open_in_spite_of(
    error: ArchiveError, root: Path, now: Clock, progress: Progress | None
) -> Parts:
    try:
        parts = _in_order(_reading_parts(root, now), progress)
    except ArchiveError as second:
        raise ArchiveUnusable(error.what, error.why, error.remedy) from second
    what = Path(error.what).name
    parts.problems.append(Problem(what, "read-only", f"opened for reading only: {error.why}"))
    return parts


def _in_order(parts: Parts, progress: Progress | None) -> Parts:
    """The parts, repaired as far as they may be and with the index in step."""
    try:
        look = parts.catalogue.files.look()
        files = (file(each) for each in look.behind for file in (articles_file, marks_file))
        refuse_newer(parts.root, files)
        if parts.read_only:
            report_root_files(parts, unknown_root_files(parts))
            parts.catalogue.sync(look, progress)
        else:
            _bring_in_order(parts, look, progress)
    except BaseException:
        parts.close()
        raise
    return parts


def _usable(root: Path, read_only: bool | None) -> bool:
    """Whether the archive is opened for reading only; the folder of a new one is made."""
    if root.exists() and not root.is_dir():
        raise ArchiveUnusable(str(root), "it is not a folder", "Name a folder with --archive DIR")
    if not root.exists():
        if read_only:
            raise ArchiveUnusable(str(root), "there is no archive there", "Check --archive DIR")
        make_folder(root)
    if not os.access(root, os.R_OK | os.X_OK):
        raise ArchiveUnusable(
            str(root), "its folder may not be read", "Check the folder's permissions"
        )
    return not os.access(root, os.W_OK) if read_only is None else read_only


def _writing_parts(root: Path, now: Clock) -> Parts:
    _make_private(root / INDEX_FILE)
    return _parts(root, now, Index(root / INDEX_FILE), WriterLock(root / LOCK_FILE))


def _make_private(path: Path) -> None:
    """Makes the index's file, empty, if it is not there: SQLite would let others read it."""
    with writing(path):
        os.close(os.open(path, os.O_CREAT | os.O_CLOEXEC, 0o600))


def _reading_parts(root: Path, now: Clock) -> Parts:
    """Without a write to the archive: an index that is missing or behind is built elsewhere."""
    index = Index(root / INDEX_FILE, read_only=True)
    parts = _parts(root, now, index, WriterLock(None), read_only=True)
    if not index.fresh and not parts.catalogue.files.look().behind:
        return parts
    parts.close()
    scratch = _scratch_folder()
    _copy_index(root / INDEX_FILE, scratch / INDEX_FILE)
    index = Index(scratch / INDEX_FILE)
    parts = _parts(root, now, index, WriterLock(None), read_only=True, scratch=scratch)
    parts.index.set_feeds(parts.library.feeds())
    return parts


def _scratch_folder() -> Path:
    import tempfile

    with writing(Path("the temporary folder")):
        return Path(tempfile.mkdtemp(prefix="newsreader-"))


def _copy_index(index: Path, copy: Path) -> None:
    """A copy in one piece while others write; none of an index that cannot be used."""
    for mode in ("mode=ro", "immutable=1"):
        try:
            with (
                closing(sqlite3.connect(f"{index.as_uri()}?{mode}", uri=True)) as source,
                closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
        except sqlite3.Error:
            copy.unlink(missing_ok=True)
        else:
            return


def _parts(
    root: Path,
    now: Clock,
    index: Index,
    lock: WriterLock,
    *,
    read_only: bool = False,
    scratch: Path | None = None,
) -> Parts:
    volumes, journal, lost = Volumes(root), Journal(root), LostFile(root)
    catalogue = Catalogue(root, volumes, index, lost, lock, now, read_only=read_only)
    pages = PageStore(root, lock, read_only=read_only)
    library = LibraryFile(root, tolerant=read_only)
    names = NamesFile(root, tolerant=read_only)
    return Parts(
        root=root,
        read_only=read_only,
        now=now,
        lock=lock,
        index=index,
        asking=Asking(index, now, names),
        volumes=volumes,
        catalogue=catalogue,
        library=library,
        rules=RuleBook(root, library, names, now, tolerant=read_only),
        fetch=FetchFile(root, tolerant=read_only),
        decisions=DecisionsFile(root, tolerant=read_only),
        journal=journal,
        marking=Marking(root, volumes, journal, catalogue, lock),
        saving=Saving(volumes, catalogue, index, lock, now),
        pages=pages,
        restoring=Restoring(root, volumes, catalogue, index, lost, pages, lock),
        problems=catalogue.problems,
        scratch=scratch,
    )


def _bring_in_order(parts: Parts, look: Look, progress: Progress | None) -> None:
    if look.behind and parts.catalogue.files.is_copy() and (wrong := parts.index.check()):
        # Copied while it was written to, SQLite's file may be of two minds and not show it.
        raise DamagedFile(str(parts.root / INDEX_FILE), wrong[0])
    folders = ["", *look.present_folders]
    if has_leftovers(parts.root, folders):
        with parts.lock:
            remove_leftovers(parts.root, folders, parts.now())
    check_root_files(parts)
    with parts.lock:
        parts.library.create()
    parts.catalogue.sync(look, progress)
    with parts.lock:
        take_in_feeds(parts)
    parts.problems.extend(parts.marking.finish_pending())
    if parts.journal.removals():
        from archive.removing import Removing

        parts.problems.extend(Removing(parts).finish_pending())
    if any(problem.kind in LOSSES for problem in parts.problems):
        # What was lost may still be in the feeds: they are read whole at the next refresh.
        with parts.lock:
            parts.fetch.forget_validators()
