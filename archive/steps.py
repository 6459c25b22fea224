"""Steps of undo for what stands in library.json: feeds, rules, saved searches, colours of tags.

A step stands in the same file as the record that it changed and is written along with it, so that
there is never one without the other. Whoever calls a writing method holds the archive's lock.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.table import Document, Table

from archive.documents import read_each
from archive.errors import DamagedFile
from archive.fields import Fields
from archive.layout import FEEDS, LIBRARY_FILE
from archive.models import Undone
from archive.storage import VolumeStorage
from archive.undo import KEPT

STEPS = "steps"
"""Their table in library.json, oldest first."""


@dataclass(frozen=True, slots=True)
class Step:
    """That document `number` of a table became another one; None where there is none.

    `at_ns` is in nanoseconds since 1970.
    """

    label: str
    at_ns: int
    table: str
    number: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class Steps:
    """The steps in library.json of the archive at `root`; `tolerant` as in VolumeStorage."""

    def __init__(self, root: Path, *, tolerant: bool = False) -> None:
        self._tolerant = tolerant
        self._storage = VolumeStorage(root / LIBRARY_FILE, FEEDS, tolerant=tolerant)

    def newest_at_ns(self) -> int:
        """When the newest step was made; 0 where there is none. DamagedFile, ArchiveTooNew."""
        documents = (self._storage.read() or {}).get(STEPS, {})
        steps = read_each(documents, lambda each, _: step_from(each), tolerant=self._tolerant)
        return steps[max(steps)].at_ns if steps else 0

    def undo(self) -> Undone | None:
        """Takes the newest step back; None where its document is another by now, which stays.

        Of a document that was changed only what the step changed need be as it left it, and only
        that is set back: a refresh learns titles of feeds.
        """
        with self._storage.batch() as database:
            steps = database.table(STEPS)
            newest = max(steps, key=lambda each: each.doc_id, default=None)
            if newest is None:
                return None
            step = step_from(newest)
            steps.remove(doc_ids=[newest.doc_id])
            table = database.table(step.table)
            stored = table.get(doc_id=step.number)
            document = dict(stored) if isinstance(stored, Document) else None
            if not _is_as_it_was_left(document, step):
                return None
            before = _set_back(document, step)
            if _names(before) & {
                name for each in table if each.doc_id != step.number for name in _names(each)
            }:
                return None
            put_document(table, step.number, before)
        return Undone(step.label, 0)


def _is_as_it_was_left(document: Mapping[str, Any] | None, step: Step) -> bool:
    """Whether nobody changed since what the step changed."""
    if document is None or step.before is None or step.after is None:
        return document == step.after
    return all(document.get(key) == step.after.get(key) for key in _changed(step))


def _set_back(document: Mapping[str, Any] | None, step: Step) -> dict[str, Any] | None:
    """The document as it was before the step, and otherwise as it is."""
    if document is None or step.before is None:
        return None if step.before is None else dict(step.before)
    changed = _changed(step)
    kept = {key: value for key, value in document.items() if key not in changed}
    return kept | {key: value for key, value in step.before.items() if key in changed}


def _changed(step: Step) -> set[str]:
    before, after = step.before or {}, step.after or {}
    return {key for key in {*before, *after} if before.get(key) != after.get(key)}


def _names(document: Mapping[str, Any] | None) -> set[str]:
    """What no two documents of a table share: a name, of a feed each address that it ever had."""
    if document is None:
        return set()
    names = (document.get("name"), document.get("feed_url"), *document.get("former_urls", ()))
    return {name for name in names if name}


def change_document(
    database: TinyDB, name: str, number: int, after: Mapping[str, Any] | None, label: str
) -> None:
    """Puts a document into the table of that name, None for none, as a step of undo.

    Without a label it is none, and nothing is done where the document is as it was.
    """
    table = database.table(name)
    stored = table.get(doc_id=number)
    before = dict(stored) if isinstance(stored, Document) else None
    if before == after:
        return
    put_document(table, number, after)
    if label:
        keep_step(database, Step(label, time.time_ns(), name, number, before, after))


def keep_step(database: TinyDB, step: Step) -> None:
    """Adds a step; the oldest past KEPT go."""
    table = database.table(STEPS)
    numbers = sorted(each.doc_id for each in table)
    table.remove(doc_ids=numbers[: len(numbers) + 1 - KEPT] if len(numbers) >= KEPT else [])
    table.insert(Document(asdict(step), numbers[-1] + 1 if numbers else 1))


def put_document(table: Table, number: int, document: Mapping[str, Any] | None) -> None:
    """Puts a document in the place of that number; None removes what stands there."""
    if table.contains(doc_id=number):
        table.remove(doc_ids=[number])
    if document is not None:
        table.insert(Document(dict(document), number))


def step_from(document: Mapping[str, Any]) -> Step:
    """The step of a document. DamagedFile where a field is of another kind."""
    read = Fields(document, "step of undo")
    before, after = document.get("before"), document.get("after")
    if not all(each is None or isinstance(each, dict) for each in (before, after)):
        raise DamagedFile("step of undo", "it does not say what was changed")
    return Step(
        label=read.text("label"),
        at_ns=read.number("at_ns"),
        table=read.text("table", required=True),
        number=read.number("number"),
        before=before,
        after=after,
    )
