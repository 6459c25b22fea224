"""Single documents of a file, read without the rest of it: an article takes 20 microseconds."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from pathlib import Path
from typing import BinaryIO

import orjson

from archive import layout
from archive.errors import DamagedFile
from archive.layout import Document, Places
from archive.storage import StatKey, key_of, reading

REMEMBERED = 64
"""Files whose lines are remembered: about 20 kB each."""


class DocumentReader:
    """Reads documents by number, remembering where their lines lie while a file stays as it is.

    Files are replaced and never altered in place, so what was opened stays what it was. Safe to
    use from several threads.
    """

    def __init__(self) -> None:
        self._places: OrderedDict[tuple[Path, str], tuple[StatKey, Places]] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, path: Path, table: str, doc_id: int) -> Document | None:
        """One document, None where it or the file is not there. DamagedFile."""
        try:
            with reading(path), path.open("rb") as file:
                return self._read(file, path, table, doc_id)
        except FileNotFoundError:
            return None

    def _read(self, file: BinaryIO, path: Path, table: str, doc_id: int) -> Document | None:
        key = key_of(os.fstat(file.fileno()))
        places = self._remembered(path, table, key)
        if places is None:
            data = file.read()
            if not layout.is_laid_out(data):
                return layout.decode(data, str(path)).get(table, {}).get(str(doc_id))
            places = layout.document_places(data, table)
            self._remember(path, table, key, places)
        if doc_id not in places:
            return None
        start, end = places[doc_id]
        file.seek(start)
        try:
            document: Document = orjson.loads(file.read(end - start).removesuffix(b","))
        except orjson.JSONDecodeError as error:
            why = f"record {doc_id} is cut or altered"
            raise DamagedFile(str(path), why, layout.REPAIR) from error
        return document

    def _remembered(self, path: Path, table: str, key: StatKey) -> Places | None:
        with self._lock:
            known = self._places.get((path, table))
            if known is None or known[0] != key:
                return None
            self._places.move_to_end((path, table))
            return known[1]

    def _remember(self, path: Path, table: str, key: StatKey, places: Places) -> None:
        with self._lock:
            self._places[path, table] = (key, places)
            self._places.move_to_end((path, table))
            while len(self._places) > REMEMBERED:
                self._places.popitem(last=False)
