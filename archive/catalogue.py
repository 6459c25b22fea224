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
from archive.locks import WriterLock
from archive.lost import LostFile
from archive.models import Article, Mark, Problem
from archive.names import (
    article_id,
    articles_file,
    marks_file,
    parse_article_id,
    volume_of_file,
    volume_order,
)
from archive.recovery import is_damaged, pass_over, salvage_file
from archive.removed import entries_of
from archive.scan import scan_volumes
from archive.storage import StatKey, read_meta, read_tables, stat_key
from archive.volumes import Volumes

Progress = Callable[[int, int], None]
"""Called with how many files are done, and how many there are."""

READ_AROUND = "the file is damaged; what is whole can be read, opening it writable repairs it"
"""What is said of a damaged file in an archive that is only read."""

_BULK = 30
"""From how many volumes on the index is filled in bulk, under one lock."""


class Catalogue:
    """The index of the archive at `root`, and what it knows of the volumes' files.

    `problems` collects what had to be repaired on the way.
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
        self._seen: dict[str, StatKey] = {}

    def behind(self) -> list[str]:
        """The volumes whose files are not as the index took them in, oldest first."""
        known = self._known_files()
        present = scan_volumes(self._root)
        names = {name for name in present if present[name] != known.get(name)}
        gone = {name for name in known if name not in present}
        volumes = {volume_of_file(name) for name in names | gone}
        return sorted((volume for volume in volumes if volume), key=volume_order)

    def is_copy(self) -> bool:
        """Whether no volume is the very file that the index took in: somebody copied the folder."""
        known = self._known_files()
        present = scan_volumes(self._root)
        both = present.keys() & known.keys()
        return bool(both) and all(present[name][0] != known[name][0] for name in both)

    def has_taken_in(self, name: str) -> bool:
        """Whether a file beside the volumes is as the index took it in, as far as last known."""
        key = stat_key(self._root / name)
        return key is not None and self._seen.get(name) == key

    def took_file(self, name: str, stamp: FileStamp) -> None:
        """Notes that a file beside the volumes was found sound. The lock is held."""
        self._index.put_marks({}, files={name: stamp})
        self._remember({name: stamp})

    def sync(self, progress: Progress | None = None, behind: Sequence[str] | None = None) -> None:
        """Takes in every volume that differs from what the index knows: `behind`, or a new look."""
        if behind is None:
            behind = self.behind()
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
            self._seen = {}
            self.sync(progress)
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
        names = (articles_file(volume), marks_file(volume))
        present = {name: stat_key(self._root / name) for name in names}
        if all(self._seen.get(name) == present[name] for name in names):
            return
        known = self._known_files()
        if any(known.get(name) != present[name] for name in names):
            self._take_in(volume)

    def took_articles(self, volume: str, articles: Sequence[Article]) -> None:
        """Indexes articles that were just written to a volume. The lock is held."""
        marks = self._volumes.marks(volume, [_doc_id(each) for each in articles])
        rows = [(each, marks.get(_doc_id(each), Mark())) for each in articles]
        hashes = {each.article_id: document_hash(each) for each in articles}
        stamps = self._stamps(articles_file(volume), marks_file(volume))
        self._index.put_articles(rows, files=stamps, hashes=hashes)
        self._remember(stamps)

    def took_marks(self, volume: str, marks: Mapping[int, Mark]) -> None:
        """Indexes marks that were just written. The lock is held."""
        by_id = {article_id(volume, doc_id): mark for doc_id, mark in marks.items()}
        stamps = self._stamps(marks_file(volume))
        self._index.put_marks(by_id, files=stamps)
        self._remember(stamps)

    def took_removal(self, volume: str, articles: Sequence[Article]) -> None:
        """Takes articles out of the index that were just removed. The lock is held."""
        self._index.remove_articles([each.article_id for each in articles])
        self._index.put_removed(entries_of(articles))
        stamps = self._stamps(articles_file(volume), marks_file(volume))
        self._index.put_marks({}, files=stamps)
        self._remember(stamps)

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
        known = self._index.files()
        self._index.forget_files(name for name in missing if name in known)
        for name in missing:
            self._seen.pop(name, None)
        self._remember(stamps)

    def _known_files(self) -> dict[str, StatKey]:
        self._seen = self._index.file_keys()
        return self._seen

    def _stamps(self, *names: str) -> dict[str, FileStamp]:
        stamps = {}
        for name in names:
            try:
                stamp = file_stamp(self._root / name)
            except DamagedFile:
                if not self._read_only:
                    raise
                stamp = None  # it is read around, and cannot be taken for known
            if stamp:
                stamps[name] = stamp
        return stamps

    def _remember(self, stamps: Mapping[str, FileStamp]) -> None:
        for name, stamp in stamps.items():
            self._seen[name] = (stamp.inode, stamp.size, stamp.mtime_ns)


def file_stamp(path: Path) -> FileStamp | None:
    """What tells a file's present content from others; None where there is no file."""
    key = stat_key(path)
    meta = read_meta(path)
    if key is None or meta is None:
        return None
    return FileStamp(inode=key[0], size=key[1], mtime_ns=key[2], generation=meta.generation)


def _doc_id(article: Article) -> int:
    parsed = parse_article_id(article.article_id)
    return parsed[1] if parsed else 0
