"""A TinyDB storage that survives: every write is whole or not there, every read is checked.

A file is there in one of two forms: as it is named, or compressed with `.bz2` after its name
(`archive.compressed`). Whoever names it means either, and a write keeps its form. Where both are
there, as after a crash, the plain one counts.

Writing: a temporary file, fsync, rename over the old one, fsync of the folder. Reading: the
checksum of `archive.layout` is compared. Nothing here locks: whoever writes holds the archive's
lock (`archive.locks`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from archive import layout
from archive.batch import BatchStorage
from archive.disk_errors import read_error, reading, write_error, writing
from archive.errors import DamagedFile
from archive.layout import META, Document, Meta, Tables

TEMP_SUFFIX = ".tmp"
COMPRESSED_SUFFIX = ".bz2"
_META_BYTES = 512

StatKey = tuple[int, int, int]
"""Inode, size and mtime in nanoseconds: equal keys of one path mean equal content."""


class VolumeStorage(Storage):
    """TinyDB's storage for one file of an archive.

    `table` is the one whose ids are never given twice: its `next_id` is kept in the file. Each
    read parses the file, so readers on any thread see what is on disk; only the database of a
    batch sees what the batch did so far. That works on one parse, which is kept for the next batch
    while the file's stat stays the same. TinyDB changes documents in place, so a batch that raises
    drops the parse with the changes. `tolerant` reads what is whole of a damaged file where others
    raise: for an archive that cannot be repaired.
    """

    def __init__(
        self, path: str | Path, table: str = "articles", *, tolerant: bool = False
    ) -> None:
        self.path = Path(path)
        self._table = table
        self._tolerant = tolerant
        self._kept: tuple[StatKey, Tables] | None = None
        self._batch: BatchStorage | None = None

    def read(self) -> Tables | None:
        """The tables on disk, or None where there is no file. DamagedFile, ArchiveTooNew."""
        try:
            return read_tables(self.path)
        except DamagedFile:
            if not self._tolerant:
                raise
            return layout.salvage(read_bytes(self.path) or b"", str(self.path)).tables

    def write(self, data: Any) -> None:
        """Puts the tables on disk; not for use while a batch is open. WriteFailed, ReadOnly."""
        self._commit(data)
        self._kept = None

    @contextmanager
    def batch(self, *, sync_name: bool = True) -> Iterator[TinyDB]:
        """Holds all writes inside for one atomic write at its end; an exception drops them.

        Gives a TinyDB over this storage. It is a new one each time, as TinyDB's tables remember
        the next id and query results while another process may have written. Without `sync_name`
        a power cut may still bring the old content back until somebody calls `sync_folder`. One
        inside another is part of it.
        """
        if self._batch is not None:
            yield self._batch.database()
            return
        self._batch = held = BatchStorage(self.present())
        try:
            yield held.database()
            if held.changed:
                key = self._commit(held.tables, sync_name=sync_name)
                self._kept = (key, held.tables)
        except BaseException:
            self._kept = None
            raise
        finally:
            self._batch = None

    @property
    def next_id(self) -> int:
        """The lowest id that the table never gave; for use inside a batch."""
        return layout.meta_in(self._batch.tables if self._batch else {}).next_id

    def present(self) -> Tables:
        """The tables on disk, from the parse that batches keep; the caller changes nothing.

        For whoever holds the archive's lock, as a batch of another thread changes that parse.
        """
        key = stat_key(self.path)
        if self._kept is not None and self._kept[0] == key:
            return self._kept[1]
        return (self.read() or {}) if key else {}

    def known_state(self) -> tuple[StatKey, Meta] | None:
        """The key of the file and its first line, if they are those of the parse that is kept."""
        if self._kept is None or stat_key(self.path) != self._kept[0]:
            return None
        return self._kept[0], layout.meta_in(self._kept[1])

    def known_document(self, doc_id: int) -> Document | None:
        """One of the table, out of the parse that is kept; None where that is not the file's.

        The caller changes nothing, and may be any thread: a batch works on that parse, so nothing
        comes from it before its end.
        """
        kept = self._kept
        if kept is None or self._batch is not None or stat_key(self.path) != kept[0]:
            return None
        document = kept[1].get(self._table, {}).get(str(doc_id))
        return document if self._batch is None and self._kept is kept else None

    def _commit(self, tables: Tables, *, sync_name: bool = True) -> StatKey:
        meta = self._next_meta(tables)
        tables.setdefault(self._table, {})
        written = put_file(self.path, layout.encode(tables, meta), sync_name=sync_name)
        tables[META] = {"1": layout.meta_document(meta)}
        return key_of(written)

    def _next_meta(self, tables: Tables) -> Meta:
        """The next generation; ids stay used even if TinyDB dropped every table."""
        before = layout.meta_in(tables) if META in tables else read_meta(self.path) or Meta()
        ids = layout.in_order(tables.get(self._table, {}))
        return Meta(before.generation + 1, max(before.next_id, int(ids[-1]) + 1 if ids else 1))


def compressed_form(path: Path) -> Path:
    """The path of a file's compressed form."""
    return path.with_name(path.name + COMPRESSED_SUFFIX)


def present_form(path: Path) -> Path:
    """The path of the form in which a file is there; its own where it is in none. ArchiveError."""
    with reading(path):
        if path.exists():
            return path
        compressed = compressed_form(path)
        return compressed if compressed.exists() else path


def read_bytes(path: Path) -> bytes | None:
    """A file's plain bytes, None where there is none. ArchiveError if it cannot be read.

    Of a damaged compressed file all that can be had, which then fails its checksum.
    """
    data = _read_form(path)
    if data is not None:
        return data
    # In this order, as files are compressed while others read.
    packed = _read_form(compressed_form(path))
    if packed is None:
        return None
    from archive.compressed import inflate

    return inflate(packed)


def _read_form(path: Path, size: int = -1) -> bytes | None:
    try:
        with reading(path), path.open("rb") as file:
            return file.read(size)
    except FileNotFoundError:
        return None


def read_tables(path: Path) -> Tables | None:
    """A file's tables, None where there is no file. DamagedFile, ArchiveTooNew."""
    data = read_bytes(path)
    return None if data is None else layout.decode(data, str(path))


def read_meta(path: Path) -> Meta | None:
    """A file's first line alone, None where there is no file. DamagedFile, ArchiveTooNew."""
    head = _read_form(path, _META_BYTES)
    if head is None:
        packed = _read_form(compressed_form(path), _META_BYTES)
        if packed is None:
            return None
        from archive.compressed import beginning

        head = beginning(packed, _META_BYTES)
    if not layout.is_laid_out(head):
        head = read_bytes(path) or b""
    return layout.decode_meta(head, str(path))


def stat_key(path: str | Path) -> StatKey | None:
    """The key of a file's present content, None where there is none. ArchiveError."""
    name = str(path)
    for form in (name, name + COMPRESSED_SUFFIX):
        try:
            return key_of(os.stat(form))  # noqa: PTH116 - asked several times at each write
        except FileNotFoundError:
            continue
        except OSError as error:
            raise read_error(form, error) from error
    return None


def file_state(path: Path) -> tuple[StatKey, Meta] | None:
    """A file's key and its first line; None where there is no file. DamagedFile, ArchiveTooNew."""
    key, meta = stat_key(path), read_meta(path)
    return (key, meta) if key and meta else None


def make_folder(folder: Path) -> None:
    """Makes a folder, and those above it, that only its owner may enter."""
    with writing(folder):
        if folder.is_dir():
            return
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def replace_file(path: Path, data: bytes, *, sync_name: bool = True) -> os.stat_result:
    """Puts `data` at `path`: wholly, or the old content stays. WriteFailed, ArchiveReadOnly."""
    temp = path.with_name(f".{path.name}.{os.getpid()}{TEMP_SUFFIX}")
    replaced = stat_key(path)
    try:
        if replaced is None:
            make_folder(path.parent)
        written = _write_synced(temp, data, replaced)
        temp.replace(path)
        if sync_name:
            sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            temp.unlink(missing_ok=True)
        raise write_error(path, error) from error
    return written


def put_file(path: Path, data: bytes, *, sync_name: bool = True) -> os.stat_result:
    """As `replace_file`, in the form that the file has."""
    form = present_form(path)
    if form != path:
        from archive.compressed import compress

        data = compress(data)
    return replace_file(form, data, sync_name=sync_name)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_synced(temp: Path, data: bytes, replaced: StatKey | None) -> os.stat_result:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(temp, flags, 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        _move_past(temp, descriptor, replaced)
        os.fsync(descriptor)
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def _move_past(temp: Path, descriptor: int, replaced: StatKey | None) -> None:
    """Gives a new file a later mtime than the one it replaces.

    The kernel stamps files by a clock of 4 ms, and inodes are used again at once: without this,
    two quick writes of one size could look the same to whoever compares stats.
    """
    if replaced is None:
        return
    now = os.fstat(descriptor).st_mtime_ns
    if now <= replaced[2]:
        os.utime(temp, ns=(now, replaced[2] + 1))


def key_of(stat: os.stat_result) -> StatKey:
    """The key of the content that a stat tells of."""
    return (stat.st_ino, stat.st_size, stat.st_mtime_ns)
