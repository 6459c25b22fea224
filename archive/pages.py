"""Raw pages as fetched, kept as evidence: one WARC 1.1 file a day, one gzip member a record.

A record is a `response` (ISO 28500:2017, section 6.3), so any WARC tool reads the files. Bodies
are stored decoded, as they were handed to the extractor: the headers that told of an encoding are
kept under names of their own.
"""

from __future__ import annotations

import mmap
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from archive.errors import DamagedFile, NotFound
from archive.fields import instant_from, instant_text
from archive.locks import WriterLock
from archive.models import PageRef
from archive.storage import make_folder, read_only_error, sync_folder, write_error, writing

_MEMBER = b"\x1f\x8b\x08"
_GZIP = zlib.MAX_WBITS + 16
_HIGHEST_STATUS = 999
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_ENCODINGS = ("content-encoding", "transfer-encoding", "content-length")


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as it was fetched; header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime


class PageStore:
    """The raw pages of the archive at `root`; `lock` is the archive's."""

    def __init__(self, root: Path, lock: WriterLock, *, read_only: bool = False) -> None:
        self._root = root
        self._read_only = read_only
        self._lock = lock
        self._sound: dict[Path, int] = {}

    def append(
        self, url: str, status: int, headers: Mapping[str, str], body: bytes, fetched_at: datetime
    ) -> PageRef:
        """Keeps a page; it is on disk when this returns. WriteFailed, ArchiveReadOnly."""
        if self._read_only:
            raise read_only_error(self._root)
        day = fetched_at.astimezone(UTC).date().isoformat()
        name = f"pages/{day[:4]}/{day}.warc.gz"
        member = _record_bytes(StoredPage(url, status, headers, body, fetched_at))
        with self._lock:
            offset = self._append_member(self._root / name, member)
        return PageRef(name, offset)

    def read(self, ref: PageRef) -> StoredPage:
        """The page at a reference. NotFound without its file, DamagedFile if it is unreadable."""
        path = self._root / ref.warc
        if not _is_inside(path, self._root):
            raise NotFound(ref.warc, "no raw page has that reference")
        try:
            with path.open("rb") as file:
                file.seek(ref.offset)
                return _page_of(_inflate(file, str(path), ref.offset), str(path))
        except FileNotFoundError as error:
            raise NotFound(ref.warc, "the file of that raw page is gone") from error
        except (OSError, ValueError) as error:
            raise DamagedFile(str(path), f"no raw page can be read at {ref.offset}") from error

    def files(self) -> list[str]:
        """The WARC files, relative to the archive, oldest first."""
        found = (self._root / "pages").glob("*/*.warc.gz")
        return sorted(str(path.relative_to(self._root)) for path in found)

    def offsets(self, name: str) -> tuple[set[int], list[tuple[int, int]]]:
        """Where a file's sound records begin, and the (start, end) of bytes that are none."""
        sound: set[int] = set()
        end = 0
        gaps: list[tuple[int, int]] = []
        with _mapped(self._root / name) as data:
            for start, stop in _members(data):
                if start > end:
                    gaps.append((end, start))
                sound.add(start)
                end = stop
            if end < len(data):
                gaps.append((end, len(data)))
        return sound, gaps

    def cut_unfinished(self, name: str) -> None:
        """Removes the record that a dying writer left half written at a file's end, if any.

        A damaged one stays: that a byte is wrong is no sign that it was never finished.
        """
        path = self._root / name
        with self._lock, writing(path):
            end = _sound_length(path)
            with _mapped(path) as data:
                is_unfinished = end < len(data) and _is_beginning(data[end:])
            if is_unfinished:
                os.truncate(path, end)

    def _append_member(self, path: Path, member: bytes) -> int:
        make_folder(path.parent)
        try:
            is_new = not path.exists()
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                offset = self._cut_torn_tail(path, descriptor)
                self._sound[path] = _write_at(descriptor, offset, member)
            finally:
                os.close(descriptor)
            if is_new:
                sync_folder(path.parent)
        except OSError as error:
            raise write_error(path, error) from error
        return offset

    def _cut_torn_tail(self, path: Path, descriptor: int) -> int:
        """Where the next record goes, after removing what a dying writer left half written."""
        size = os.fstat(descriptor).st_size
        if size in (0, self._sound.get(path)):
            return size
        sound = _sound_length(path)
        if sound < size:
            os.ftruncate(descriptor, sound)
        return sound


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


def _sound_length(path: Path) -> int:
    """The length up to which a file ends in a whole record: nearly always all of it."""
    with _mapped(path) as data:
        start = data.rfind(_MEMBER)
        while start >= 0:
            if _member_end(data, start) == len(data):
                return len(data)
            start = data.rfind(_MEMBER, 0, start) if len(data) - start < _TAIL else -1
        return max((stop for _, stop in _members(data)), default=0)


_TAIL = 1 << 20
"""How far back the beginning of the last record is looked for before the whole file is read."""


def _members(data: mmap.mmap | bytes) -> Iterator[tuple[int, int]]:
    """The (start, end) of each whole gzip member; damaged stretches are passed over."""
    start = data.find(_MEMBER)
    while start >= 0:
        end = _member_end(data, start)
        if end is None:
            start = data.find(_MEMBER, start + 1)
        else:
            yield start, end
            start = data.find(_MEMBER, end)


def _member_end(data: mmap.mmap | bytes, start: int) -> int | None:
    """Where the gzip member at `start` ends; None where none is whole. zlib checks its CRC."""
    inflater = zlib.decompressobj(_GZIP)
    position = start
    try:
        while not inflater.eof and position < len(data):
            inflater.decompress(data[position : position + _CHUNK])
            position += _CHUNK
    except zlib.error:
        return None
    if not inflater.eof:
        return None
    return min(position, len(data)) - len(inflater.unused_data)


_CHUNK = 1 << 16


def _is_beginning(data: bytes) -> bool:
    """Whether these bytes are a gzip member that is sound as far as it goes."""
    inflater = zlib.decompressobj(_GZIP)
    try:
        inflater.decompress(data)
    except zlib.error:
        return False
    return not inflater.eof


class _mapped:  # noqa: N801 - a context manager that reads as a function
    """A file mapped for reading; no bytes for an empty one, which cannot be mapped."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> mmap.mmap | bytes:
        with self._path.open("rb") as file:
            empty = os.fstat(file.fileno()).st_size == 0
            self._map = None if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return self._map or b""

    def __exit__(self, *_: object) -> None:
        if self._map is not None:
            self._map.close()


def _inflate(file: BinaryIO, name: str, offset: int) -> bytes:
    """The member that begins where the file stands; nothing is read of those behind it."""
    inflater = zlib.decompressobj(_GZIP)
    pieces = []
    try:
        while not inflater.eof and (data := file.read(_CHUNK)):
            pieces.append(inflater.decompress(data))
    except zlib.error as error:
        raise DamagedFile(name, f"the raw page at {offset} is unreadable ({error})") from error
    if not inflater.eof:
        raise DamagedFile(name, f"the raw page at {offset} is cut")
    return b"".join(pieces)


def _record_bytes(page: StoredPage) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    status = f"{min(max(page.status, 0), _HIGHEST_STATUS):03d} {_reason(page.status)}"
    headers = [*_header_lines(page.headers), ("Content-Length", str(len(page.body)))]
    record = writer.create_warc_record(
        _one_line(page.url),
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": instant_text(page.fetched_at)},
    )
    writer.write_record(record)
    return out.getvalue()


def _page_of(record_bytes: bytes, name: str) -> StoredPage:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        record = next(iter(ArchiveIterator(BytesIO(record_bytes))))
        headers = {key.lower(): value for key, value in record.http_headers.headers}
        return StoredPage(
            url=record.rec_headers.get_header("WARC-Target-URI"),
            status=int(record.http_headers.get_statuscode()),
            headers={key: headers[key] for key in headers if key != "content-length"},
            body=record.content_stream().read(),
            fetched_at=instant_from(record.rec_headers.get_header("WARC-Date")),
        )
    except (ArchiveLoadFailed, StopIteration, AttributeError, ValueError) as error:
        raise DamagedFile(name, "it holds no page record there") from error


def _header_lines(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The headers that have a name as RFC 9110, section 5.6.2 allows it."""
    lines = []
    for name, value in headers.items():
        if _TOKEN.fullmatch(name):
            prefix = "X-Archive-Orig-" if name.lower() in _ENCODINGS else ""
            lines.append((prefix + name, _one_line(value)))
    return lines


def _one_line(text: str) -> str:
    """A header's text without what would end or break its line."""
    return "".join(each for each in text if each.isprintable()).strip()


def _reason(status: int) -> str:
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _is_inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
