"""Marking: changes of marks, carried out wholly or not at all, and taken back.

One volume: one write of its marks file, which also records the undo. Several: the journal first,
then each file under the lock, then the journal's end. Each step may be repeated without harm, so
an operation that a dying program left half done is finished by whoever opens the archive next.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from archive.catalogue import Catalogue
from archive.changes import Alteration, article_count, inverse, is_position_only, plan
from archive.errors import ArchiveError, DamagedFile
from archive.journal import Journal, Operation, State
from archive.locks import WriterLock
from archive.models import Mark, MarkChange, Problem, Undone
from archive.names import article_id, marks_file, volume_of_file
from archive.scan import scan_volumes
from archive.undo import UndoRecord, record_from
from archive.volumes import Volumes, sync_names

JOURNAL_LOCK = "journal.lock"
"""Held while an operation goes over several files; the archive's lock only for each file. Whoever
takes both takes this one first."""

_CLOCK_SLACK_NS = 1_000_000_000

Alterations = dict[str, tuple[Alteration, ...]]


class Marking:
    """Changes the marks of the archive at `root` through its volumes, journal and catalogue.

    `operating` is the lock in JOURNAL_LOCK.
    """

    def __init__(
        self, root: Path, volumes: Volumes, journal: Journal, catalogue: Catalogue, lock: WriterLock
    ) -> None:
        self.operating = WriterLock(root / JOURNAL_LOCK)
        self._root = root
        self._volumes = volumes
        self._journal = journal
        self._catalogue = catalogue
        self._lock = lock
        self._owes = False
        self._failed_undo: Operation | tuple[str, UndoRecord] | None = None

    def change(self, targets: Mapping[str, Sequence[int]], change: MarkChange, label: str) -> int:
        """Changes the marks of these documents by volume; how many really changed."""
        undoable = not is_position_only(change)
        if self._owes:
            self.finish_pending()
        self._failed_undo = None
        if undoable and len(targets) > 1:
            with self.operating:
                self._finish_all()
                planned = self._plan(targets, change)
                if len(planned) > 1:
                    new = Operation(_new_id(), label, time.time_ns(), planned)
                    return self._change_several(new)
            targets = {volume: targets[volume] for volume in planned}
        return sum(
            self._change_one(volume, doc_ids, change, label, undoable=undoable)
            for volume, doc_ids in targets.items()
        )

    def undo(self) -> Undone | None:
        """Takes back the newest operation of any process; None when there is none left.

        One of which nothing is left, as all its articles were marked otherwise since, is dropped
        and the next older one taken back. After a failure it goes on with the same operation,
        which may be taken back in part, or wholly but for the index.
        """
        with self.operating:
            if self._failed_undo is not None:
                return self._undo(self._failed_undo)
            self._finish_all()
            while newest := self._newest():
                undone = self._undo(newest)
                if undone.article_count:
                    return undone
        return None

    def _undo(self, newest: Operation | tuple[str, UndoRecord]) -> Undone:
        self._failed_undo, again = newest, self._failed_undo is not None
        if isinstance(newest, Operation):
            self._owes = True
            with self._lock:
                self._journal.set_state(newest.operation_id, State.UNDOING)
            undone = Undone(newest.label, self._take_back(newest))
            count = newest.article_count
            self._owes = False
        else:
            volume, record = newest
            done = self._drop_record(volume, record.operation_id, inverse(record.alterations))
            undone = Undone(record.label, done, _only_article(volume, record))
            count = article_count(record.alterations)
        self._failed_undo = None
        return replace(undone, article_count=count) if again else undone

    def newest_at_ns(self) -> int:
        """When the change was made that undo takes back next; 0 where there is none."""
        newest = self._newest()
        if newest is None:
            return 0
        return newest.at_ns if isinstance(newest, Operation) else newest[1].at_ns

    def finish_pending(self) -> list[Problem]:
        """Finishes the operations that a program died or failed in; what was finished.

        Waits for an operation that another process is busy with.
        """
        if not self._pending():
            self._owes = False
            return []
        with self.operating:
            return self._finish_all()

    def _finish_all(self) -> list[Problem]:
        """The same with JOURNAL_LOCK held, under which nobody else is busy with any.

        Before the next operation begins: it is planned on the marks as they are, and must not be
        overtaken by what an earlier one has still to write.
        """
        finished = [self._finish(operation) for operation in self._pending()]
        self._owes = False
        return finished

    def close(self) -> None:
        """Lets go of the lock's file."""
        self.operating.close()

    def _pending(self) -> list[Operation]:
        return [each for each in self._journal.operations() if each.state != State.DONE]

    def _finish(self, operation: Operation) -> Problem:
        if operation.state == State.BEGUN:
            self._carry_out(operation)
            return _finished(operation, "finished")
        self._take_back(operation)
        return _finished(operation, "taken back")

    def _plan(self, targets: Mapping[str, Sequence[int]], change: MarkChange) -> Alterations:
        planned = {
            volume: plan(self._marks(volume, doc_ids), doc_ids, change)
            for volume, doc_ids in targets.items()
        }
        return {volume: alterations for volume, alterations in planned.items() if alterations}

    def _marks(self, volume: str, doc_ids: Sequence[int]) -> dict[int, Mark]:
        with self._lock:
            try:
                return self._volumes.marks(volume, doc_ids, locked=True)
            except DamagedFile:
                self._catalogue.salvage(volume)
                return self._volumes.marks(volume, doc_ids, locked=True)

    def _change_one(
        self, volume: str, doc_ids: Sequence[int], change: MarkChange, label: str, *, undoable: bool
    ) -> int:
        """Plans again under the lock, so that what the undo record says is what was altered."""
        with self._lock:
            self._catalogue.bring_up(volume)
            alterations = plan(self._marks(volume, doc_ids), doc_ids, change)
            if not alterations:
                return 0
            record = UndoRecord(_new_id(), label, time.time_ns(), alterations)
            changed = self._volumes.change_marks(volume, alterations, record if undoable else None)
            self._catalogue.took_marks(volume, changed)
        return len(changed)

    def _change_several(self, operation: Operation) -> int:
        with self.operating:
            with self._lock:
                self._journal.begin(operation)
            try:
                self._carry_out(operation)
            except ArchiveError:
                self._give_up(operation)
                raise
        return operation.article_count

    def _give_up(self, operation: Operation) -> None:
        """Takes back what an operation did before it failed.

        If that fails too, it is brought to an end before the next change, or by opening.
        """
        self._owes = True
        with suppress(ArchiveError):
            with self._lock:
                self._journal.set_state(operation.operation_id, State.UNDOING)
            self._take_back(operation)
            self._owes = False

    def _carry_out(self, operation: Operation) -> None:
        record = UndoRecord(operation.operation_id, operation.label, operation.at_ns)
        for volume, alterations in operation.volumes.items():
            with self._lock:
                self._catalogue.bring_up(volume)
                changed = self._volumes.change_marks(
                    volume, alterations, record, again=True, sync_name=False
                )
                self._catalogue.took_marks(volume, changed)
        sync_names(self._root, operation.volumes)
        with self._lock:
            self._journal.set_state(operation.operation_id, State.DONE)

    def _take_back(self, operation: Operation) -> int:
        count = 0
        for volume, alterations in operation.volumes.items():
            backwards = inverse(alterations)
            count += self._drop_record(volume, operation.operation_id, backwards, sync_name=False)
        sync_names(self._root, operation.volumes)
        with self._lock:
            self._journal.drop(operation.operation_id)
        return count

    def _drop_record(
        self,
        volume: str,
        operation_id: str,
        alterations: Sequence[Alteration],
        *,
        sync_name: bool = True,
    ) -> int:
        with self._lock:
            self._catalogue.bring_up(volume)
            changed = self._volumes.drop_record(
                volume, operation_id, alterations, sync_name=sync_name
            )
            self._catalogue.took_marks(volume, changed)
        return len(changed)

    def _newest(self) -> Operation | tuple[str, UndoRecord] | None:
        """The operation to undo next.

        Marks files are read from the one written last on: once a file is older than the newest
        operation found, neither it nor any that follows can hold a newer one.
        """
        done = [each for each in self._journal.operations() if each.state == State.DONE]
        newest: Operation | tuple[str, UndoRecord] | None = done[-1] if done else None
        newest_at = done[-1].at_ns if done else 0
        for volume, written_ns in self._marks_files():
            if written_ns + _CLOCK_SLACK_NS < newest_at:
                break
            for record in self._own_records(volume):
                if record.at_ns > newest_at:
                    newest, newest_at = (volume, record), record.at_ns
        return newest

    def _marks_files(self) -> list[tuple[str, int]]:
        """Volumes with marks and when their marks were last written, latest first."""
        files = scan_volumes(self._root)
        volumes = {
            volume: files[name][2]
            for name in files
            if (volume := volume_of_file(name)) and name == marks_file(volume)
        }
        return sorted(volumes.items(), key=lambda each: each[1], reverse=True)

    def _own_records(self, volume: str) -> Iterator[UndoRecord]:
        """The records of operations that touched this volume alone."""
        for document in self._volumes.undo_documents(volume):
            record = record_from(document)
            if record.alterations:
                yield record


def _new_id() -> str:
    return os.urandom(8).hex()


def _only_article(volume: str, record: UndoRecord) -> str:
    doc_ids = [doc_id for each in record.alterations for doc_id in each.doc_ids]
    return article_id(volume, doc_ids[0]) if len(doc_ids) == 1 else ""


def _finished(operation: Operation, what: str) -> Problem:
    count = article_count(each for every in operation.volumes.values() for each in every)
    detail = f"an interrupted change of {count} articles ({operation.label}) was {what}"
    return Problem("journal.json", "interrupted", detail)
