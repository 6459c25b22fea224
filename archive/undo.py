"""Undo records: what the last operations did, kept beside the marks that they changed.

An operation on one volume is recorded in that volume's marks file, in the write that changes the
marks. One on several volumes is recorded in journal.json (`archive.journal`), and each marks file
notes only that the operation reached it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tinydb.table import Table

from archive.changes import Alteration, alterations_document, alterations_from
from archive.errors import DamagedFile
from archive.removal import without

KEPT = 20
"""How many operations a file remembers, of either kind."""


@dataclass(frozen=True, slots=True)
class UndoRecord:
    """An operation on one volume, or with no alterations the note that the journal has them.

    `at_ns` is when it was done, in nanoseconds since 1970.
    """

    operation_id: str
    label: str
    at_ns: int
    alterations: tuple[Alteration, ...] = ()


def record_document(record: UndoRecord) -> dict[str, Any]:
    """The JSON of a record."""
    return {
        "operation": record.operation_id,
        "label": record.label,
        "at": record.at_ns,
        "alterations": alterations_document(record.alterations),
    }


def record_from(document: Mapping[str, Any]) -> UndoRecord:
    """The record that `record_document` wrote. DamagedFile where it is not."""
    try:
        return UndoRecord(
            operation_id=document["operation"],
            label=document["label"],
            at_ns=int(document["at"]),
            alterations=alterations_from(document["alterations"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedFile("undo record", "it is not what was written") from error


def keep_record(table: Table, record: UndoRecord) -> None:
    """Adds a record to an undo table, with the highest number.

    Now and then, as looking at all of them costs more than keeping them, the oldest of its kind
    past KEPT are dropped.
    """
    if len(table) >= 2 * KEPT:
        stored = sorted(table, key=lambda each: each.doc_id)
        is_note = not record.alterations
        same_kind = [each.doc_id for each in stored if (not each["alterations"]) == is_note]
        if oldest := same_kind[: 1 - KEPT]:
            table.remove(doc_ids=oldest)
    table.insert(record_document(record))


def forget_removed(table: Table, doc_ids: Iterable[int]) -> None:
    """Takes removed articles out of an undo table; a record of nothing else goes."""
    gone = set(doc_ids)
    for document in list(table):
        before = record_from(document)
        after = replace(before, alterations=without(before.alterations, gone))
        if after.alterations:
            table.update(record_document(after), doc_ids=[document.doc_id])
        elif before.alterations:
            table.remove(doc_ids=[document.doc_id])
