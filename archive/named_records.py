"""Records with a name of their own in library.json: rules, saved searches. In their order.

Whoever calls a writing method holds the archive's lock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from tinydb.table import Document

from archive.documents import read_each
from archive.errors import NotFound
from archive.library_file import FEEDS, LIBRARY_FILE
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

    def put(self, record: N) -> None:
        """Adds one at the end, or replaces the one of that name where it stands."""
        with self._storage.batch() as database:
            table = database.table(self._table)
            known = [each.doc_id for each in table if _same(each["name"], record.name)]
            number = known[0] if known else max((each.doc_id for each in table), default=0) + 1
            table.remove(doc_ids=known)
            table.insert(Document(self._write(record), number))

    def remove(self, name: str) -> None:
        """Removes the one of that name. NotFound."""
        with self._storage.batch() as database:
            table = database.table(self._table)
            known = [each.doc_id for each in table if _same(each["name"], name)]
            if not known:
                raise self._unknown(name)
            table.remove(doc_ids=known)

    def _unknown(self, name: str) -> NotFound:
        names = ", ".join(each.name for each in self.all()) or "there is none yet"
        return NotFound(name, f"no {self._what} has that name", f"Known: {names}")


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
