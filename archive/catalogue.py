"""Keeping the index in step with the volumes: the files are the truth, the index follows.

Every file that the index took in is remembered with its stat. A volume whose files look different
is read, and its articles whose hash differs are indexed again. The order of locks is always the
archive's lock, then the index's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from archive.documents import document_hash
from archive.errors import DamagedFile
from archive.index import FileStamp, Index
from archive.known_files import KnownFiles, Look
from archive.layout import Meta
from archive.locks import WriterLock
from archive.lost import LostFile
from archive.models import Article, Mark, Problem
from archive.names import (
    article_id,
    articles_file,
    marks_file,
    volume_of_file,
)
from archive.recovery import is_damaged, pass_over, salvage_file
from archive.removed import entries_of
from archive.scan import scan_volumes
from archive.storage import StatKey, file_state, read_tables, stat_key
from archive.table_changes import doc_id_of
from archive.volumes import Volumes

Progress = Callable[[int, int], None]
"""Called with how many files are done, and how many there are."""

READ_AROUND = "the file is damaged; what is whole can be read, opening it writable repairs it"
"""What is said of a damaged file in an archive that is only read."""

_BULK = 30
"""From how many volumes on the index is filled in bulk, under one lock."""


class Catalogue:
    """The index of the archive at `root`, and what it knows of the volumes' files.

    `problems` collects what had to be repaired on the way. `files` tells what is to be taken in.
    """

    def __init__(
        self,
        root: Path,
        volumes: Volumes,
        index: Index,
        lost: LostFile,
        lock: WriterLock,
        now: Callable[[], datetime],
        *,
        read_only: bool = False,
    ) -> None:
        self.problems: list[Problem] = []
        self._root = root
        self._volumes = volumes
        self._index = index
        self._lost = lost
        self._lock = lock
        self._now = now
        self._read_only = read_only
        self.files = KnownFiles(root, index)

    def took_file(self, name: str, stamp: FileStamp) -> None:
        """Notes that a file beside the volumes was found sound. The lock is held."""
        self._note({name: stamp})

    def sync(self, look: Look, progress: Progress | None = None) -> None:
        """Takes in every volume that a look found to differ from what the index knows."""
        self._take_in_all(look.behind, progress)
        if look.folders and not self._read_only:
            with self._lock:
                self.files.note_folders(look)

    def _take_in_all(self, behind: Sequence[str], progress: Progress | None) -> None:
        if len(behind) >= _BULK:
            with self._lock, self._index.bulk():
                self._sync_each(behind, self._take_in, progress)
        elif behind:
            self._sync_each(behind, self._bring_up_locked, progress)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Empties the index and fills it from the files; how many articles it has then."""
        with self._lock:
            self._salvage_all()
            self._index.clear()
            self.files = KnownFiles(self._root, self._index)
            self.sync(self.files.look(every_file=True), progress)
        return self._index.totals()[0]

    def _salvage_all(self) -> None:
        """Repairs every damaged volume while the index still knows what is in it."""
        names = map(volume_of_file, scan_volumes(self._root))
        for volume in sorted({volume for volume in names if volume}):
            try:
                # Whether it is as it was written; each record is looked at by what follows.
                read_tables(self._root / articles_file(volume))
            except DamagedFile:
                self.salvage(volume)

    def bring_up(self, volume: str) -> None:
        """Takes in one volume if another program changed it unseen. The lock is held."""
        if not self.files.is_volume_known(volume):
            self._take_in(volume)

    def took_articles(
        self, volume: str, articles: Sequence[Article], hashes: Mapping[str, str]
    ) -> None:
        """Indexes articles that were just written to a volume. The lock is held.

        `hashes` are those of their documents, by id.
        """
        doc_ids = [doc_id_of(each) for each in articles]
        marks = self._volumes.marks(volume, doc_ids, locked=True)
        rows = [(each, marks.get(doc_id_of(each), Mark())) for each in articles]
        stamps = self._stamps_written(volume, articles_file(volume), marks_file(volume))
        self._index.put_articles(rows, files=stamps, hashes=hashes)
        self.files.remember(stamps)

    def took_marks(self, volume: str, marks: Mapping[int, Mark]) -> None:
        """Indexes marks that were just written. The lock is held."""
        by_id = {article_id(volume, doc_id): mark for doc_id, mark in marks.items()}
        self._note(self._stamps_written(volume, marks_file(volume)), by_id)

    def took_removal(self, volume: str, articles: Sequence[Article]) -> None:
        """Takes articles out of the index that were just removed. The lock is held."""
        self._index.remove_articles([each.article_id for each in articles])
        self._index.put_removed(entries_of(articles))
        self._note(self._stamps_written(volume, articles_file(volume), marks_file(volume)))

    def took_compressed(self, volume: str) -> None:
        """Notes the new form of a volume whose articles are the same. The lock is held."""
        self._note(self._stamps_written(volume, articles_file(volume)))

    def salvage(self, volume: str) -> None:
        """Repairs a volume's damaged files and indexes what is left. The lock is held.

        Of an archive that is only read nothing is repaired, but what is whole is read.
        """
        if self._read_only:
            self._read_around(volume)
            return
        known = self._index.article_hashes(volume)
        ids = {article_id(volume, doc_id) for doc_id in known}
        if known and is_damaged(self._root, articles_file(volume)):
            self._lost.note(self._index.known_articles(ids))
        for name in (articles_file(volume), marks_file(volume)):
            problem = salvage_file(self._root, name, self._now(), known)
            if problem:
                self.problems.append(problem)
        self._volumes.forget(volume)
        self._index_volume(volume)
        now = self._index.article_hashes(volume)
        self._lost.drop({article_id(volume, each) for each in now if now[each] == known.get(each)})

    def _sync_each(
        self, volumes: Sequence[str], sync: Callable[[str], None], progress: Progress | None
    ) -> None:
        for done, volume in enumerate(volumes):
            if progress:
                progress(done, len(volumes))
            sync(volume)
        if progress:
            progress(len(volumes), len(volumes))

    def _bring_up_locked(self, volume: str) -> None:
        with self._lock:
            self.bring_up(volume)

    def _take_in(self, volume: str) -> None:
        try:
            self._index_volume(volume)
        except DamagedFile:
            self.salvage(volume)

    def _read_around(self, volume: str) -> None:
        self.problems.append(Problem(articles_file(volume), "damaged", READ_AROUND))
        self._volumes.tolerate(volume)
        self._index_volume(volume)

    def _index_volume(self, volume: str) -> None:
        """Indexes a volume's articles that differ, and all its marks."""
        articles, removed = self._volumes.contents(volume)
        marks = self._volumes.marks(volume)
        # Of a folder copied while it was written, the marks may be newer than the articles.
        if marks and not self._read_only and pass_over(self._root, volume, max(marks)):
            self._volumes.forget(volume)
        stamps = self._stamps(articles_file(volume), marks_file(volume))
        known = self._index.article_hashes(volume)
        rows, hashes = [], {}
        for doc_id, article in articles.items():
            digest = document_hash(article)
            if known.get(doc_id) != digest:
                rows.append((article, marks.get(doc_id, Mark())))
                hashes[article.article_id] = digest
        gone = [article_id(volume, doc_id) for doc_id in known if doc_id not in articles]
        if gone:
            if articles_file(volume) not in stamps and not self._read_only:
                self._lost.note(self._index.known_articles(gone))
            self._index.remove_articles(gone)
            self._say_missing(volume, gone)
        if removed:
            self._index.put_removed(removed)
        unchanged = {doc_id for doc_id in articles if doc_id in known}
        if unchanged:
            self._index.put_marks(
                {article_id(volume, each): marks.get(each, Mark()) for each in unchanged}
            )
        self._index.put_articles(rows, files=stamps, hashes=hashes)
        self._forget_missing(volume, stamps)

    def _say_missing(self, volume: str, gone: Sequence[str]) -> None:
        """A volume that is there no more is a loss, unless its repair has said so already."""
        name = articles_file(volume)
        is_there = stat_key(self._root / name) is not None
        if is_there or any(one.path == name for one in self.problems):
            return
        words = f"the file is gone, and {len(gone)} articles with it; copy it back if you have it"
        self.problems.append(Problem(name, "missing", words, tuple(gone)))

    def _forget_missing(self, volume: str, stamps: Mapping[str, FileStamp]) -> None:
        names = (articles_file(volume), marks_file(volume))
        missing = [name for name in names if name not in stamps]
        self._index.forget_files(missing)
        self.files.forget(missing)
        self.files.remember(stamps)

    def _note(self, stamps: Mapping[str, FileStamp], marks: Mapping[str, Mark] = {}) -> None:
        self._index.put_marks(marks, files=stamps)
        self.files.remember(stamps)

    def _stamps_written(self, volume: str, *names: str) -> dict[str, FileStamp]:
        """What to note of files of a volume, and of their folder, after a write of ours."""
        return self._stamps(*names) | self.files.folder_stamp(volume)

    def _stamps(self, *names: str) -> dict[str, FileStamp]:
        stamps = {}
        for name in names:
            try:
                stamp = _stamp(self._volumes.file_state(name))
            except DamagedFile:
                if not self._read_only:
                    raise
                stamp = None  # it is read around, and cannot be taken for known
            if stamp:
                stamps[name] = stamp
        return stamps


def file_stamp(path: Path) -> FileStamp | None:
    """What tells a file's present content from others; None where there is no file."""
    return _stamp(file_state(path))


def _stamp(state: tuple[StatKey, Meta] | None) -> FileStamp | None:
    return FileStamp(*state[0], generation=state[1].generation) if state else None
