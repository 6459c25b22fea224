"""The journal: operations that touch several files, done wholly even if the program dies.

Before the first file changes, journal.json has what the operation will alter in each; afterwards
it is marked done and stays for undo. Opening an archive finishes what it finds begun
(`archive.marking`). Whoever calls a writing method holds the archive's lock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tinydb.table import Document, Table

from archive.changes import Alteration, alterations_document, alterations_from, article_count
from archive.errors import DamagedFile
from archive.removal import Removal, removal_document, removal_from, without
from archive.storage import VolumeStorage, read_bytes
from archive.undo import KEPT

JOURNAL_FILE = "journal.json"
OPERATIONS = "operations"
REMOVALS = "removals"


class State(StrEnum):
    """How far an operation is: its files may have it, all have it, or it is being taken back."""

    BEGUN = "begun"
    DONE = "done"
    UNDOING = "undoing"


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operation alters in each volume. `at_ns` is in nanoseconds since 1970."""

    operation_id: str
    label: str
    at_ns: int
    volumes: Mapping[str, tuple[Alteration, ...]]
    state: State = State.BEGUN

    @property
    def article_count(self) -> int:
        """How many articles it alters."""
        return sum(article_count(alterations) for alterations in self.volumes.values())


class Journal:
    """The operations in journal.json of the archive at `root`."""

    def __init__(self, root: Path) -> None:
        self._path = root / JOURNAL_FILE
        self._storage = VolumeStorage(self._path, OPERATIONS)

    def begin(self, operation: Operation) -> None:
        """Writes down what will be done, before it is; the oldest operations past KEPT go."""
        with self._storage.batch() as database:
            table = database.table(OPERATIONS)
            done = [each.doc_id for each in table if each["state"] == State.DONE]
            table.remove(doc_ids=sorted(done)[: 1 - KEPT])
            table.insert(Document(_operation_document(operation), self._storage.next_id))

    def set_state(self, operation_id: str, state: State) -> None:
        """Notes how far an operation is."""
        with self._storage.batch() as database:
            database.table(OPERATIONS).update(
                {"state": str(state)}, lambda each: bool(each["operation"] == operation_id)
            )

    def drop(self, operation_id: str) -> None:
        """Forgets an operation that was taken back."""
        with self._storage.batch() as database:
            database.table(OPERATIONS).remove(lambda each: bool(each["operation"] == operation_id))

    def operations(self) -> list[Operation]:
        """All operations, oldest first. DamagedFile, ArchiveTooNew."""
        tables = self._storage.read() or {}
        found = [operation_from(each) for each in tables.get(OPERATIONS, {}).values()]
        return sorted(found, key=lambda each: each.at_ns)

    def begin_removal(self, removal: Removal) -> None:
        """Writes down which articles will be removed, before the first one is."""
        with self._storage.batch() as database:
            database.table(REMOVALS).insert(removal_document(removal))

    def end_removals(self) -> None:
        """Forgets the removals, which are done, and what operations did to those articles."""
        with self._storage.batch() as database:
            for document in database.table(REMOVALS):
                _forget_removed(database.table(OPERATIONS), removal_from(document))
            database.drop_table(REMOVALS)

    def removals(self) -> list[Removal]:
        """The removals that are not done. DamagedFile, ArchiveTooNew."""
        if b'\n"%s": {' % REMOVALS.encode() not in (read_bytes(self._path) or b""):
            return []  # at nearly every opening: operations may be large, and are parsed once
        tables = self._storage.read() or {}
        return [removal_from(each) for each in tables.get(REMOVALS, {}).values()]


def _forget_removed(operations: Table, removal: Removal) -> None:
    for document in list(operations):
        left = {
            volume: without(alterations, removal.volumes.get(volume, ()))
            for volume, alterations in operation_from(document).volumes.items()
        }
        volumes = {volume: alterations_document(each) for volume, each in left.items() if each}
        if not volumes:
            operations.remove(doc_ids=[document.doc_id])
        elif volumes != document["volumes"]:
            operations.update({"volumes": volumes}, doc_ids=[document.doc_id])


def _operation_document(operation: Operation) -> dict[str, Any]:
    return {
        "operation": operation.operation_id,
        "label": operation.label,
        "at": operation.at_ns,
        "state": str(operation.state),
        "volumes": {
            volume: alterations_document(alterations)
            for volume, alterations in operation.volumes.items()
        },
    }


def operation_from(document: Mapping[str, Any]) -> Operation:
    """The operation of a document. DamagedFile where it is not what was written."""
    try:
        return Operation(
            operation_id=document["operation"],
            label=document["label"],
            at_ns=int(document["at"]),
            state=State(document["state"]),
            volumes={
                volume: alterations_from(alterations)
                for volume, alterations in document["volumes"].items()
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedFile(JOURNAL_FILE, "an operation in it is not what was written") from error
