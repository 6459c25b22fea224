"""Volumes: where an article lives, and how articles and marks reach their files.

A volume is one TinyDB file of articles, a day's, or a further one of that day past 1 MiB, and the
file of their marks beside it. How they are called is in `archive.names`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tinydb.table import Document

from archive import layout
from archive.changes import Alteration
from archive.disk_errors import reading, writing
from archive.document_reader import DocumentReader
from archive.documents import (
    Drawn,
    article_document,
    article_from,
    drawn,
    mark_document,
    mark_from,
    read_each,
    with_sort_instant,
)
from archive.layout import Meta, Tables
from archive.models import Article, Mark
from archive.names import (
    article_id,
    articles_file,
    folder_of,
    marks_file,
    volume_name,
    volume_number,
)
from archive.removed import REMOVED, Entries, entries_of, note_removed, removed_entries
from archive.storage import (
    StatKey,
    VolumeStorage,
    file_state,
    read_bytes,
    read_tables,
    stat_key,
    sync_folder,
)
from archive.table_changes import alter, doc_id_of, merged, put_documents, record_ids
from archive.undo import UndoRecord, forget_removed, keep_record

VOLUME_BYTES = 1 << 20
"""A volume past this size takes no further articles."""

ARTICLES = "articles"
MARKS = "marks"
UNDO = "undo"

_STORAGES_KEPT = 8


class Contents(NamedTuple):
    """A volume's articles by document number, and the entries of those removed from it."""

    articles: dict[int, Article]
    removed: Entries


class Volumes:
    """The volumes of the archive at `root`. Whoever calls a writing method holds the lock."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._reader = DocumentReader()
        self._storages: OrderedDict[str, VolumeStorage] = OrderedDict()
        self._numbers: dict[date, int] = {}
        self._tolerated: set[str] = set()

    def article(self, volume: str, doc_id: int) -> Article | None:
        """One article, found without parsing the others of its volume. DamagedFile."""
        name = articles_file(volume)
        storage = self._storages.get(name)
        document = storage.known_document(doc_id) if storage else None
        if document is None:
            document = self._reader.read(self._path(name), ARTICLES, doc_id)
        return None if document is None else article_from(document, article_id(volume, doc_id))

    def contents(self, volume: str) -> Contents:
        """All that a volume's articles file holds. DamagedFile, ArchiveTooNew."""
        tables = self._tables(volume, articles_file(volume))
        tolerant = volume in self._tolerated
        articles = read_each(
            tables.get(ARTICLES, {}),
            lambda document, number: article_from(document, article_id(volume, number)),
            tolerant=tolerant,
        )
        return Contents(articles, removed_entries(tables.get(REMOVED, {}), tolerant=tolerant))

    def mark(self, volume: str, doc_id: int) -> Mark:
        """The mark of one article; an empty one where it has none. DamagedFile."""
        document = self._reader.read(self._path(marks_file(volume)), MARKS, doc_id)
        return Mark() if document is None else mark_from(document)

    def marks(
        self, volume: str, doc_ids: Collection[int] | None = None, *, locked: bool = False
    ) -> dict[int, Mark]:
        """The marks of a volume by document number, only those that say something.

        `doc_ids` asks for those alone; whoever has `locked` the archive need not parse again what
        the last change left.
        """
        name = marks_file(volume)
        tables = self._storage(name, MARKS).present() if locked else self._tables(volume, name)
        table = tables.get(MARKS, {})
        if doc_ids is not None:
            table = {key: each for key in map(str, doc_ids) if (each := table.get(key))}
        return read_each(table, _read_mark, tolerant=volume in self._tolerated)

    def open_volume(self, day: date) -> tuple[str, int]:
        """The volume that takes a day's next article, and how many bytes it has room for."""
        with reading(self._path(articles_file(volume_name(day)))):
            number = self._numbers.get(day) or self._last_number(day)
            while (size := self._size(volume_name(day, number))) >= VOLUME_BYTES or (
                not size and self._path(marks_file(volume_name(day, number))).exists()
            ):
                number += 1  # full, or lost: new articles must not come by the marks of lost ones
        self._numbers[day] = number
        return volume_name(day, number), VOLUME_BYTES - size

    def put_articles(
        self, volume: str, new: Sequence[Drawn], known: Sequence[Article]
    ) -> tuple[list[Article], list[Article], dict[str, str]]:
        """Writes new articles and replaces known ones in one write; both as stored.

        And the hashes of their documents, by id. New ones get the next ids. A known one keeps its
        place in lists and the texts that are stored. NotFound where a known one is not in the
        volume; nothing is written then.
        """
        storage = self._storage(articles_file(volume), ARTICLES)
        with storage.batch() as database:
            table = database.table(ARTICLES)
            replaced = [drawn(merged(table, article)) for article in known]
            next_id = storage.next_id
            # An id, and the place in lists by the dates, change nothing in a document.
            added = [
                each._replace(
                    article=with_sort_instant(each.article, article_id(volume, next_id + place))
                )
                for place, each in enumerate(new)
            ]
            written = [*replaced, *added]
            put_documents(table, {doc_id_of(each.article): each.document for each in written})
        hashes = {each.article.article_id: each.hash for each in written}
        return [each.article for each in added], [each.article for each in replaced], hashes

    def restore(self, volume: str, articles: Sequence[Article]) -> list[Article]:
        """Puts articles under the ids that they had, in one write; as stored.

        One that is there is replaced as by `put_articles`.
        """
        with self._storage(articles_file(volume), ARTICLES).batch() as database:
            table = database.table(ARTICLES)
            restored = [
                merged(table, each)
                if table.contains(doc_id=doc_id_of(each))
                else with_sort_instant(each)
                for each in articles
            ]
            put_documents(table, {doc_id_of(each): article_document(each) for each in restored})
        return restored

    def remove(self, volume: str, doc_ids: Sequence[int]) -> list[Article]:
        """Removes articles, then their marks; the articles that were there.

        Their entries are noted in the same write. Where the first write was all that a program
        came to, calling it again does the rest.
        """
        with self._storage(articles_file(volume), ARTICLES).batch() as database:
            table = database.table(ARTICLES)
            removed = [
                article_from(each, article_id(volume, each.doc_id))
                for each in table.get(doc_ids=list(doc_ids))
                if isinstance(each, Document)
            ]
            if removed:
                table.remove(doc_ids=doc_ids)
                note_removed(database.table(REMOVED), entries_of(removed))
        if stat_key(self._path(marks_file(volume))):
            with self._storage(marks_file(volume), MARKS).batch(sync_name=False) as database:
                database.table(MARKS).remove(doc_ids=doc_ids)
                forget_removed(database.table(UNDO), doc_ids)
        return removed

    def change_marks(
        self,
        volume: str,
        alterations: Sequence[Alteration],
        record: UndoRecord | None = None,
        *,
        again: bool = False,
        sync_name: bool = True,
    ) -> dict[int, Mark]:
        """Applies alterations and keeps the undo record in one write; the marks they changed.

        `again` that the operation may have reached this file before: nothing is done where the
        record is there. Who turns `sync_name` off calls `sync_names` before saying that it is done.
        """
        with self._storage(marks_file(volume), MARKS).batch(sync_name=sync_name) as database:
            if again and record and record_ids(database.table(UNDO), record.operation_id):
                return {}
            changed = alter(database.table(MARKS), alterations)
            if record is not None:
                keep_record(database.table(UNDO), record)
        return changed

    def set_marks(self, volume: str, marks: Mapping[int, Mark]) -> None:
        """Writes whole marks, without an undo record."""
        with self._storage(marks_file(volume), MARKS).batch() as database:
            documents = {doc_id: mark_document(mark) for doc_id, mark in marks.items()}
            put_documents(database.table(MARKS), documents)

    def drop_record(
        self,
        volume: str,
        operation_id: str,
        alterations: Sequence[Alteration],
        *,
        sync_name: bool = True,
    ) -> dict[int, Mark]:
        """Applies alterations and drops an operation's undo record, in one write.

        Does nothing where the record is not there: that undo reached this file already.
        """
        with self._storage(marks_file(volume), MARKS).batch(sync_name=sync_name) as database:
            undo = database.table(UNDO)
            found = record_ids(undo, operation_id)
            if not found:
                return {}
            changed = alter(database.table(MARKS), alterations)
            undo.remove(doc_ids=found)
        return changed

    def file_state(self, name: str) -> tuple[StatKey, Meta] | None:
        """The key of a file and its first line; None where there is no file. DamagedFile."""
        storage = self._storages.get(name)
        return (storage and storage.known_state()) or file_state(self._path(name))

    def undo_documents(self, volume: str) -> list[dict[str, object]]:
        """The undo records of a volume's marks file, as stored."""
        tables = self._tables(volume, marks_file(volume))
        return list(tables.get(UNDO, {}).values())

    def forget(self, volume: str) -> None:
        """Drops what is remembered of a volume's files, after they were replaced from outside."""
        self._storages.pop(articles_file(volume), None)
        self._storages.pop(marks_file(volume), None)

    def tolerate(self, volume: str) -> None:
        """From now on reads what is whole of a damaged volume, which cannot be repaired."""
        self._tolerated.add(volume)

    def _tables(self, volume: str, name: str) -> Tables:
        path = self._path(name)
        if volume in self._tolerated:
            return layout.salvage(read_bytes(path) or b"", name).tables
        return read_tables(path) or {}

    def _storage(self, name: str, table: str) -> VolumeStorage:
        storage = self._storages.pop(name, None) or VolumeStorage(self._path(name), table)
        self._storages[name] = storage
        if len(self._storages) > _STORAGES_KEPT:
            self._storages.popitem(last=False)
        return storage

    def _path(self, name: str) -> Path:
        return self._root / name

    def _size(self, volume: str) -> int:
        try:
            return self._path(articles_file(volume)).stat().st_size
        except FileNotFoundError:  # what is compressed takes no more
            return VOLUME_BYTES if stat_key(self._path(articles_file(volume))) else 0

    def _last_number(self, day: date) -> int:
        """The highest number among the day's files, so that a lost file's ids stay unused."""
        folder = self._path(articles_file(volume_name(day))).parent
        if not folder.is_dir():
            return 1
        stems = (
            path.name.partition(".json")[0].removesuffix(".marks") for path in folder.iterdir()
        )
        numbers = (volume_number(stem, day) for stem in stems)
        return max((number for number in numbers if number), default=1)


def sync_names(root: Path, volumes: Iterable[str]) -> None:
    """Makes durable that files of these volumes of an archive were replaced. WriteFailed."""
    for folder in {root / folder_of(volume) for volume in volumes}:
        with writing(folder):
            sync_folder(folder)


def _read_mark(document: layout.Document, _: int) -> Mark:
    return mark_from(document)
