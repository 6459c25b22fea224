"""Records with a name of their own in library.json: rules, saved searches, in their order, colours.

Whoever calls a writing method holds the archive's lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from tinydb.table import Document, Table

from archive.documents import read_each
from archive.errors import NotFound
from archive.layout import FEEDS, LIBRARY_FILE
from archive.steps import change_document
from archive.storage import StatKey, VolumeStorage, stat_key


class Named(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str:
        """What it is called; names that differ in case are one."""


N = TypeVar("N", bound=Named)


class NamedRecords(Generic[N]):
    """One table of library.json; `what` is what errors call one of its records."""

    def __init__(
        self,
        root: Path,
        table: str,
        what: str,
        read: Callable[[Mapping[str, Any]], N],
        write: Callable[[N], dict[str, Any]],
        *,
        tolerant: bool = False,
    ) -> None:
        self._path = root / LIBRARY_FILE
        self._storage = VolumeStorage(self._path, FEEDS, tolerant=tolerant)
        self._table, self._what = table, what
        self._read, self._write = read, write
        self._tolerant = tolerant
        self._kept: tuple[StatKey | None, tuple[N, ...]] | None = None

    @property
    def key(self) -> StatKey | None:
        """Changes with whatever is written to the file."""
        return stat_key(self._path)

    def all(self) -> tuple[N, ...]:
        """All of them. DamagedFile, ArchiveTooNew."""
        key = self.key
        if self._kept is None or self._kept[0] != key:
            documents = (self._storage.read() or {}).get(self._table, {})
            found = read_each(documents, lambda each, _: self._read(each), tolerant=self._tolerant)
            self._kept = (key, tuple(found.values()))
        return self._kept[1]

    def find(self, name: str) -> N:
        """The one of that name. NotFound."""
        found = [each for each in self.all() if _same(each.name, name)]
        if not found:
            raise self._unknown(name)
        return found[0]

    def put(self, record: N, label: str = "") -> None:
        """Adds one at the end, or replaces the one of that name where it stands.

        That is a step of undo, which is called by the label.
        """
        with self._storage.batch() as database:
            table = database.table(self._table)
            before = self._stored(table, record.name)
            number = before.doc_id if before else _next_number(table)
            said = label or f"{'change' if before else 'add'} {self._what} {record.name}"
            change_document(database, self._table, number, self._write(record), said)

    def add(self, records: Iterable[N], most: int) -> None:
        """Adds those whose names are not there yet, in one write and as no step of undo.

        None from where there are `most`.
        """
        with self._storage.batch() as database:
            table = database.table(self._table)
            known, number = {each["name"].casefold() for each in table}, _next_number(table)
            for record in records:
                if len(known) < most and record.name.casefold() not in known:
                    known.add(record.name.casefold())
                    table.insert(Document(self._write(record), number))
                    number += 1

    def remove(self, name: str, label: str = "") -> None:
        """Removes the one of that name, as a step of undo. NotFound."""
        with self._storage.batch() as database:
            before = self._stored(database.table(self._table), name)
            if before is None:
                raise self._unknown(name)
            said = label or f"remove {self._what} {before['name']}"
            change_document(database, self._table, before.doc_id, None, said)

    def _stored(self, table: Table, name: str) -> Document | None:
        return next((each for each in table if _same(each["name"], name)), None)

    def _unknown(self, name: str) -> NotFound:
        names = ", ".join(each.name for each in self.all()) or "there is none yet"
        return NotFound(name, f"no {self._what} has that name", f"Known: {names}")


def _next_number(table: Table) -> int:
    return max((each.doc_id for each in table), default=0) + 1


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
