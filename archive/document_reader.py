"""Single documents of a file, read without the rest of it: an article takes 20 microseconds."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Generic, TypeVar

import orjson

from archive import layout
from archive.disk_errors import reading
from archive.errors import DamagedFile
from archive.layout import Document, Places
from archive.storage import StatKey, compressed_form, key_of

if TYPE_CHECKING:
    from archive.compressed import Member

REMEMBERED = 64
"""Files whose lines are remembered: about 20 kB each."""

INFLATED = 16
"""Pieces of compressed files that are kept inflated, 32 kB each: lists go from one article to the
next."""

N = TypeVar("N")
V = TypeVar("V")


class DocumentReader:
    """Reads documents by number, remembering where their lines lie while a file stays as it is.

    Files are replaced and never altered in place, so what was opened stays what it was. Safe to
    use from several threads.
    """

    def __init__(self) -> None:
        self._places: _Remembered[tuple[Path, str], Places] = _Remembered(REMEMBERED)
        self._members: _Remembered[Path, list[Member]] = _Remembered(REMEMBERED)
        self._lines: _Remembered[tuple[Path, int], bytes] = _Remembered(INFLATED)

    def read(self, path: Path, table: str, doc_id: int) -> Document | None:
        """One document, None where it or the file is not there. DamagedFile."""
        # In this order, as files are compressed while others read.
        for form, read in (
            (path, self._read_plain),
            (compressed_form(path), self._read_compressed),
        ):
            try:
                with reading(form), form.open("rb") as file:
                    return read(file, form, table, doc_id)
            except FileNotFoundError:
                continue
        return None

    def _read_plain(self, file: BinaryIO, path: Path, table: str, doc_id: int) -> Document | None:
        key = key_of(os.fstat(file.fileno()))
        places = self._places.get((path, table), key)
        if places is None:
            data = file.read()
            if not layout.is_laid_out(data):
                return layout.decode(data, str(path)).get(table, {}).get(str(doc_id))
            places = layout.document_places(data, table)
            self._places.put((path, table), key, places)
        if doc_id not in places:
            return None
        start, end = places[doc_id]
        file.seek(start)
        return _parsed(file.read(end - start), path, doc_id)

    def _read_compressed(
        self, file: BinaryIO, path: Path, table: str, doc_id: int
    ) -> Document | None:
        """From the member that says it has the article; from the whole where none does."""
        from archive import compressed

        key = key_of(os.fstat(file.fileno()))
        members = self._members.get(path, key)
        if members is None:
            members = compressed.members(file.read())
            self._members.put(path, key, members)
        member = compressed.member_with(members, doc_id)
        if member:
            lines = self._lines.get((path, member.start), key)
            if lines is None:
                file.seek(member.start)
                plain = compressed.inflate_member(file.read(member.end - member.start))
                if plain is None:
                    raise _damaged(path, doc_id)
                lines = compressed.article_lines(plain)
                self._lines.put((path, member.start), key, lines)
            place = layout.line_places(lines).get(doc_id)
            if place:
                return _parsed(lines[slice(*place)], path, doc_id)
        file.seek(0)
        plain = compressed.inflate(file.read())
        place = layout.document_places(plain, table).get(doc_id)
        return _parsed(plain[slice(*place)], path, doc_id) if place else None


class _Remembered(Generic[N, V]):
    """The latest of some values, each good while its file's stat is the same."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: OrderedDict[N, tuple[StatKey, V]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: N, key: StatKey) -> V | None:
        with self._lock:
            known = self._values.get(name)
            if known is None or known[0] != key:
                return None
            self._values.move_to_end(name)
            return known[1]

    def put(self, name: N, key: StatKey, value: V) -> None:
        with self._lock:
            self._values[name] = (key, value)
            self._values.move_to_end(name)
            while len(self._values) > self._limit:
                self._values.popitem(last=False)


def _parsed(line: bytes, path: Path, doc_id: int) -> Document:
    try:
        document: Document = orjson.loads(line.removesuffix(b","))
    except orjson.JSONDecodeError as error:
        raise _damaged(path, doc_id) from error
    return document


def _damaged(path: Path, doc_id: int) -> DamagedFile:
    return DamagedFile(str(path), f"record {doc_id} is cut or altered", layout.REPAIR)
