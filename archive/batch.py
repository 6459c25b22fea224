"""What a batch works on: the tables of one file in memory, changed in place.

TinyDB's own table turns every id into a number and back at each change, which in a file of two
hundred marks costs as much as encoding it. Of the two methods that TinyDB documents for
subclasses of Table, `_update_table` is replaced here, so that a change touches what it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from archive.layout import Document, Tables


class BatchStorage(Storage):
    """Tables in memory, and whether anything was written to them.

    What raises may leave a change half done in them: whoever holds them drops them then.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.changed = False

    def database(self) -> TinyDB:
        """A database over these tables."""
        return _BatchDatabase(storage=lambda: self)

    def read(self) -> Tables | None:
        """The tables; None where there are none, as TinyDB expects."""
        return self.tables or None

    def write(self, data: Any) -> None:
        """Takes the tables as they are after a change."""
        self.tables = data
        self.changed = True


class _BatchTable(Table):
    def _update_table(self, updater: Callable[[Any], None]) -> None:
        tables = self._storage.read() or {}
        updater(_ByNumber(tables.setdefault(self.name, {})))
        self._storage.write(tables)
        self.clear_cache()


class _BatchDatabase(TinyDB):
    table_class = _BatchTable


class _ByNumber(MutableMapping[int, Document]):
    """A table by document number, where its keys are texts."""

    def __init__(self, table: dict[str, Document]) -> None:
        self._table = table

    def __getitem__(self, doc_id: int) -> Document:
        return self._table[str(doc_id)]

    def __setitem__(self, doc_id: int, document: Document) -> None:
        self._table[str(doc_id)] = document

    def __delitem__(self, doc_id: int) -> None:
        del self._table[str(doc_id)]

    def __contains__(self, doc_id: object) -> bool:
        return str(doc_id) in self._table

    def __iter__(self) -> Iterator[int]:
        return map(int, self._table)

    def __len__(self) -> int:
        return len(self._table)
