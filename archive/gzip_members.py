"""The gzip members of a WARC file, one a record: where they begin and end, and what they hold.

A member can be found and read alone (ISO 28500:2017, annex D), also in a file that is damaged
elsewhere. zlib checks the CRC of what it inflates.
"""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from archive.errors import DamagedFile

_MEMBER = b"\x1f\x8b\x08"
_GZIP = zlib.MAX_WBITS + 16
_CHUNK = 1 << 16
_TAIL = 1 << 20
"""How far back the beginning of the last record is looked for before the whole file is read."""

Data = mmap.mmap | bytes


class mapped:  # noqa: N801 - a context manager that reads as a function
    """A file mapped for reading; no bytes for an empty one, which cannot be mapped."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Data:
        with self._path.open("rb") as file:
            empty = os.fstat(file.fileno()).st_size == 0
            self._map = None if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return self._map or b""

    def __exit__(self, *_: object) -> None:
        if self._map is not None:
            self._map.close()


def members(data: Data) -> Iterator[tuple[int, int]]:
    """The (start, end) of each whole gzip member; damaged stretches are passed over."""
    start = data.find(_MEMBER)
    while start >= 0:
        end = _member_end(data, start)
        if end is None:
            start = data.find(_MEMBER, start + 1)
        else:
            yield start, end
            start = data.find(_MEMBER, end)


def beginnings(data: Data, start: int, size: int) -> Iterator[tuple[int, bytes]]:
    """Where members may begin from `start` on, each with the first bytes that it inflates to.

    Far cheaper than `members`, as only `size` bytes of each are inflated; so it does not tell
    whether they are whole.
    """
    start = data.find(_MEMBER, start)
    while start >= 0:
        try:
            head = zlib.decompressobj(_GZIP).decompress(data[start : start + size], size)
        except zlib.error:
            head = b""
        yield start, head
        start = data.find(_MEMBER, start + 1)


def sound_length(path: Path) -> int:
    """The length up to which a file ends in a whole record: nearly always all of it."""
    with mapped(path) as data:
        start = data.rfind(_MEMBER)
        while start >= 0:
            if _member_end(data, start) == len(data):
                return len(data)
            start = data.rfind(_MEMBER, 0, start) if len(data) - start < _TAIL else -1
        return max((stop for _, stop in members(data)), default=0)


def inflate(file: BinaryIO, name: str, offset: int) -> bytes:
    """The member that begins at `offset`; nothing is read of those behind it. DamagedFile."""
    file.seek(offset)
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


def is_beginning(data: bytes) -> bool:
    """Whether these bytes are a member that is sound as far as it goes, and not whole."""
    inflater = zlib.decompressobj(_GZIP)
    try:
        inflater.decompress(data)
    except zlib.error:
        return False
    return not inflater.eof


def _member_end(data: Data, start: int) -> int | None:
    """Where the gzip member at `start` ends; None where none is whole."""
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
