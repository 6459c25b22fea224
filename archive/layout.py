"""How the bytes of an archive's TinyDB file are laid out: plain JSON, one document a line.

    {"meta": {"1": {"generation": 3, "crc32": 91, "next_id": 3, "schema": 1}},
    "articles": {
    "1": {...},
    "2": {...}
    }}

A JSON text holds no raw line break, so a line is a document: one can be read alone, and a cut file
loses only the lines that are gone. `crc32` (zlib's) covers every byte after the first line.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from archive.errors import ArchiveTooNew, DamagedFile
from archive.fields import LARGEST_NUMBER, storable_value

SCHEMA = 1
"""The version of the files written here. A file with a greater one is refused."""

META = "meta"
LIBRARY_FILE = "library.json"
DECISIONS_FILE = "decisions.json"
FEEDS = "feeds"
"""The main table of LIBRARY_FILE."""

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]
Places = dict[int, tuple[int, int]]

_TABLE_LINE = re.compile(rb'"((?:[^"\\]|\\.)*)": \{')
_DOCUMENT_START = re.compile(rb'"(\d+)": ')
_DOCUMENT_LINE = re.compile(rb'"(\d+)": (\{.*\}),?')
_HIGHEST_CRC = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Meta:
    """The first line of a file. `generation` counts its writes; `next_id` was never given yet."""

    generation: int = 0
    next_id: int = 1
    schema: int = SCHEMA
    crc32: int = 0


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be read of a damaged file, and how many of its lines could not.

    A table whose first line is lost has no name. `strays` are whole documents whose number is that
    of another one, with their table: one of the two is not what was written.
    """

    tables: Tables
    meta: Meta
    lost_count: int
    strays: tuple[tuple[str, Document], ...] = ()


def encode(tables: Tables, meta: Meta) -> bytes:
    """The bytes of a file with these tables; `meta` comes first with the checksum filled in."""
    blocks = [_encode_table(name, table) for name, table in tables.items() if name != META]
    body = b",\n".join(blocks) + b"}\n"
    head = {
        "generation": meta.generation,
        "crc32": zlib.crc32(body),
        "next_id": meta.next_id,
        "schema": meta.schema,
    }
    comma = b"," if blocks else b""
    return b'{"%s": {"1": %s}%s\n%s' % (META.encode(), orjson.dumps(head), comma, body)


def decode(data: bytes, name: str) -> Tables:
    """The tables of a file called `name` in errors. DamagedFile, ArchiveTooNew."""
    meta = decode_meta(data, name)
    _, _, body = data.partition(b"\n")
    if zlib.crc32(body) != meta.crc32:
        raise DamagedFile(name, "its checksum does not match", REPAIR)
    try:
        tables: Tables = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise DamagedFile(name, f"it is not JSON ({error})", REPAIR) from error
    return tables


REPAIR = "Run `newsreader verify`, which keeps every whole record and names what is lost"
"""What a person does about a damaged file."""


def decode_meta(data: bytes, name: str) -> Meta:
    """What the first line says. DamagedFile without one, ArchiveTooNew for a greater schema."""
    meta = _meta_of_line(_first_line(data)) or _meta_of_document(data)
    if meta is None:
        why = "its first line is not what was written" if data else "it is empty"
        raise DamagedFile(name, why, REPAIR)
    if meta.schema > SCHEMA:
        raise ArchiveTooNew(
            name,
            f"a newer newsreader wrote it (format {meta.schema}, this one knows {SCHEMA})",
            "Use that version, or another archive with --archive DIR",
        )
    return meta


def document_places(data: bytes, table: str) -> Places:
    """Where the JSON of each document of a table lies: start and end in bytes, by number.

    The end is that of the line, so that a comma may stand before it.
    """
    header = b"\n%s: {\n" % orjson.dumps(table)
    start = data.find(header)
    return {} if start < 0 else line_places(data, start + len(header))


def line_places(data: bytes, start: int = 0) -> Places:
    """The same for the documents from `start` on, as far as one follows the other."""
    places: Places = {}
    while match := _DOCUMENT_START.match(data, start):
        end = data.find(b"\n", start)
        end = end if end >= 0 else len(data)
        places[int(match[1])] = (match.end(), end)
        start = end + 1
    return places


def is_laid_out(data: bytes) -> bool:
    """Whether a file is one document a line; another program's TinyDB writes all in one."""
    return _meta_of_line(_first_line(data)) is not None


def salvage(data: bytes, name: str) -> Salvaged:
    """Every whole document of a damaged file. ArchiveTooNew for a greater schema."""
    try:
        meta = decode_meta(data, name)
    except DamagedFile:
        meta = Meta()
    whole = _whole_document(data)
    lines = _Lines(data)
    if whole is not None and lines.document_count < _document_count(whole):
        return Salvaged(whole, _past_known_ids(meta, whole), 0)
    kept = {name: table for name, table in lines.tables.items() if name or table}
    return Salvaged(kept, _past_known_ids(meta, kept), lines.lost_count, tuple(lines.strays))


def _encode_table(name: str, table: dict[str, Document]) -> bytes:
    keys = in_order(table)
    dumps = orjson.dumps  # a local name: all lines are encoded at each write
    try:
        lines = [b'"%b": %b' % (key.encode(), dumps(table[key])) for key in keys]
    except orjson.JSONEncodeError:
        lines = [b'"%b": %b' % (key.encode(), dumps(storable_value(table[key]))) for key in keys]
    inner = b",\n".join(lines) + b"\n" if lines else b""
    return b"%s: {\n%s}" % (orjson.dumps(name), inner)


def in_order(table: Mapping[str, object]) -> list[str]:
    """The ids of a table in the order of their numbers; asked at each write, so none is parsed."""
    return sorted(sorted(table), key=len)


def _first_line(data: bytes) -> bytes:
    """The bytes before the first line break; nothing is copied of what comes after it."""
    end = data.find(b"\n")
    return data[:end] if end >= 0 else data


def _meta_of_line(line: bytes) -> Meta | None:
    try:
        return _meta_of(orjson.loads(line.rstrip(b",\r ") + b"}"))
    except orjson.JSONDecodeError:
        return None


def _meta_of_document(data: bytes) -> Meta | None:
    whole = _whole_document(data)
    return _meta_of(whole) if whole is not None else None


def _meta_of(tables: object) -> Meta | None:
    try:
        fields = tables[META]["1"]  # type: ignore[index]
        meta = Meta(
            generation=int(fields["generation"]),
            next_id=int(fields["next_id"]),
            schema=int(fields["schema"]),
            crc32=int(fields["crc32"]) & _HIGHEST_CRC,
        )
    except (KeyError, TypeError, ValueError):
        return None
    return meta if max(meta.generation, meta.next_id) < LARGEST_NUMBER else None


def _whole_document(data: bytes) -> Tables | None:
    try:
        whole = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(whole, dict) or not all(isinstance(table, dict) for table in whole.values()):
        return None
    return whole


def _document_count(tables: Tables) -> int:
    return sum(len(table) for name, table in tables.items() if name != META)


class _Lines:
    """The documents of a file line by line: a table begins with its name and ends with `},`."""

    def __init__(self, data: bytes) -> None:
        self.tables: Tables = {}
        self.strays: list[tuple[str, Document]] = []
        self.lost_count = 0
        self._next: dict[int, int] = {}
        self._begin("")
        for line in data.split(b"\n")[1:]:
            if opening := _TABLE_LINE.fullmatch(line):
                self._begin(opening[1].decode("utf-8", "replace"))
            elif line == b"},":
                self._begin("")
            elif document := _document_of(line):
                self._take(*document)
            elif line.strip(b"},\x00 "):
                self.lost_count += 1

    @property
    def document_count(self) -> int:
        """How many whole documents there are."""
        return _document_count(self.tables) + len(self.strays)

    def _begin(self, name: str) -> None:
        self._name, self._table = name, self.tables.setdefault(name, {})
        self._next, self._last = {}, 0

    def _take(self, number: int, document: Document) -> None:
        """Of two with one number the one that stands in order has it."""
        self._next[self._last], self._last = number, number
        key = str(number)
        if key in self._table and self._next.get(number, number) >= number:
            self.strays.append((self._name, document))
            return
        if key in self._table:
            self.strays.append((self._name, self._table[key]))
        self._table[key] = document


def _document_of(line: bytes) -> tuple[int, Document] | None:
    matched = _DOCUMENT_LINE.fullmatch(line)
    if not matched:
        return None
    try:
        return int(matched[1]), orjson.loads(matched[2])
    except ValueError:
        return None


def _past_known_ids(meta: Meta, tables: Tables) -> Meta:
    """The meta with a `next_id` past every id seen, in case the first line was lost or altered."""
    ids = [
        int(key)
        for name, table in tables.items()
        if name != META
        for key in table
        if key.isdecimal()
    ]
    next_id = max([meta.next_id, *(key + 1 for key in ids)])
    return Meta(generation=meta.generation, next_id=next_id, schema=SCHEMA)


def meta_in(tables: Tables) -> Meta:
    """What tables say of their file; nothing yet for those of a new one."""
    fields = tables.get(META, {}).get("1")
    return Meta(fields["generation"], fields["next_id"]) if fields else Meta()


def meta_document(meta: Meta) -> Document:
    """The document of the table META."""
    return {"generation": meta.generation, "next_id": meta.next_id, "schema": meta.schema}
