"""Raw pages as fetched, kept as evidence: one WARC 1.1 file a day, one gzip member a record.

A body that is stored already is not stored again (`archive.warc_records` says how that is
written): one of the same day is known by its digest, one of an earlier day by the page that the
article has, which whoever appends names. So no file but the day's is ever searched.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from archive.disk_errors import read_only_error, write_error, writing
from archive.errors import DamagedFile, NotFound
from archive.gzip_members import (
    beginnings,
    inflate,
    is_beginning,
    mapped,
    members,
    sound_length,
)
from archive.locks import WriterLock
from archive.models import PageRef
from archive.storage import make_folder, sync_folder
from archive.warc_records import (
    HEAD_BYTES,
    Head,
    Original,
    Record,
    StoredPage,
    digest_of,
    head_of,
    record_bytes,
    record_of,
)


class PagesSize(NamedTuple):
    """What the raw pages cost."""

    file_count: int
    byte_count: int


@dataclass(slots=True)
class _Day:
    """A file being appended to: how much of it was seen, and what bodies lie where in that."""

    sound: int = 0
    offsets: dict[str, int] = field(default_factory=dict)


class PageStore:
    """The raw pages of the archive at `root`; `lock` is the archive's."""

    def __init__(self, root: Path, lock: WriterLock, *, read_only: bool = False) -> None:
        self._root = root
        self._read_only = read_only
        self._lock = lock
        self._name, self._day = "", _Day()

    def append(
        self,
        url: str,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        fetched_at: datetime,
        *,
        asked_url: str = "",
        known: PageRef | None = None,
    ) -> PageRef:
        """Keeps a page; it is on disk when this returns. WriteFailed, ArchiveReadOnly.

        `asked_url` is the address before redirects. `known` is an earlier page of the same
        address: where its body is the same, only the visit is written down.
        """
        if self._read_only:
            raise read_only_error(self._root)
        page = StoredPage(url, status, headers, body, fetched_at, asked_url or url)
        original = self._same_body(known, body) if known else None
        member = record_bytes(page, original)
        day = fetched_at.astimezone(UTC).date().isoformat()
        name = f"pages/{day[:4]}/{day}.warc.gz"
        with self._lock, self._opened(name) as descriptor:
            offset = self._day.sound
            digest = digest_of(body)
            if original is None and digest in self._day.offsets:
                original = self._same_body(PageRef(name, self._day.offsets[digest]), body)
                member = record_bytes(page, original) if original else member
            self._day.sound = _write_at(descriptor, offset, member)
            if original is None:
                self._day.offsets[digest] = offset
        return PageRef(name, offset)

    def read(self, ref: PageRef) -> StoredPage:
        """The page at a reference. NotFound without its file, DamagedFile if it is unreadable."""
        record = self.record(ref)
        if record.original is None:
            return record.page
        return replace(record.page, body=self._original_of(record)[1].body)

    def record(self, ref: PageRef) -> Record:
        """What is stored at a reference itself, which for a revisit has no body. As `read`."""
        path = self._root / ref.warc
        if not _is_inside(path, self._root):
            raise NotFound(ref.warc, "no raw page has that reference")
        try:
            with path.open("rb") as file:
                return record_of(inflate(file, str(path), ref.offset), str(path))
        except FileNotFoundError as error:
            raise NotFound(ref.warc, "the file of that raw page is gone") from error
        except (OSError, ValueError) as error:
            raise DamagedFile(str(path), f"no raw page can be read at {ref.offset}") from error

    def files(self) -> list[str]:
        """The WARC files, relative to the archive, oldest first."""
        found = (self._root / "pages").glob("*/*.warc.gz")
        return sorted(str(path.relative_to(self._root)) for path in found)

    def size(self) -> PagesSize:
        """How many files there are, and their bytes."""
        sizes = [(self._root / name).stat().st_size for name in self.files()]
        return PagesSize(len(sizes), sum(sizes))

    def offsets(self, name: str) -> tuple[set[int], list[tuple[int, int]]]:
        """Where a file's sound records begin, and the (start, end) of bytes that are none."""
        sound: set[int] = set()
        end = 0
        gaps: list[tuple[int, int]] = []
        with mapped(self._root / name) as data:
            for start, stop in members(data):
                if start > end:
                    gaps.append((end, start))
                sound.add(start)
                end = stop
            if end < len(data):
                gaps.append((end, len(data)))
        return sound, gaps

    def cut_unfinished(self, name: str, referred: Container[int]) -> None:
        """Removes the record that a dying writer left half written at a file's end, if any.

        A damaged one stays, as that a byte is wrong is no sign that it was never finished; and so
        does what is left of a cut one that is `referred` to, by its offset.
        """
        path = self._root / name
        with self._lock, writing(path):
            end = sound_length(path)
            with mapped(path) as data:
                is_unfinished = end < len(data) and is_beginning(data[end:])
            if is_unfinished and end not in referred:
                os.truncate(path, end)

    def heads(self, name: str, start: int = 0) -> Iterator[tuple[int, Head]]:
        """The records of a file from an offset on: where each begins, and what it is of."""
        with mapped(self._root / name) as data:
            for offset, beginning in beginnings(data, start, HEAD_BYTES):
                head = head_of(beginning)
                if head is not None:
                    yield offset, head

    def _same_body(self, ref: PageRef, body: bytes) -> Original | None:
        """The response at a reference, or that it refers to, if it has this body and is sound."""
        try:
            record = self.record(ref)
            if record.original is None:
                original = Original(record.page.url, record.page.fetched_at, ref)
                page = record.page
            else:
                original, page = self._original_of(record)
        except (NotFound, DamagedFile):
            return None
        return original if page.body == body else None

    def _original_of(self, revisit: Record) -> tuple[Original, StoredPage]:
        """What a revisit refers to: where it says, else where in that file it has moved to."""
        original = revisit.original
        if original is None:
            raise ValueError(revisit)
        for ref in self._places(original, revisit.digest):
            try:
                found = self.record(ref)
            except (NotFound, DamagedFile):
                continue
            if found.original is None and digest_of(found.page.body) == revisit.digest:
                return replace(original, ref=ref), found.page
        raise DamagedFile(original.ref.warc, f"the page of {original.url} is not in it")

    def _places(self, original: Original, digest: str) -> Iterator[PageRef]:
        yield original.ref
        day = original.fetched_at.date().isoformat()
        name = f"pages/{day[:4]}/{day}.warc.gz"
        if (self._root / name).exists():
            for offset, head in self.heads(name):
                if head.is_response and head.digest == digest:
                    yield PageRef(name, offset)

    @contextmanager
    def _opened(self, name: str) -> Iterator[int]:
        """A descriptor of a day's file, whose end is sound and known. The lock is held."""
        path = self._root / name
        make_folder(path.parent)
        if name != self._name:
            self._name, self._day = name, _Day()
        try:
            is_new = not path.exists()
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                self._catch_up(path, descriptor)
                yield descriptor
            finally:
                os.close(descriptor)
            if is_new:
                sync_folder(path.parent)
        except OSError as error:
            raise write_error(path, error) from error

    def _catch_up(self, path: Path, descriptor: int) -> None:
        """Takes note of what others wrote, and removes what a dying writer left half written."""
        size = os.fstat(descriptor).st_size
        if size == self._day.sound:
            return
        sound = sound_length(path) if size else 0
        if sound < size:
            os.ftruncate(descriptor, sound)
        if sound < self._day.sound:
            self._day = _Day()
        if sound:
            for offset, head in self.heads(self._name, self._day.sound):
                if head.is_response:
                    self._day.offsets.setdefault(head.digest, offset)
        self._day.sound = sound


def _write_at(descriptor: int, offset: int, data: bytes) -> int:
    """Writes and syncs; a failure leaves the file as long as it was. The new length."""
    try:
        os.lseek(descriptor, offset, os.SEEK_SET)
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, offset)
        raise
    return offset + len(data)


def _is_inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
