"""decisions.json: what the reader decided about the pages of outlets.

A TinyDB file with two tables: lines that are no furniture, and rules of extraction, each by host.
Whoever calls a writing method of `DecisionsFile` holds the archive's lock.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinydb.table import Document

from archive.documents import read_each
from archive.fields import Fields
from archive.layout import DECISIONS_FILE
from archive.storage import VolumeStorage

if TYPE_CHECKING:
    from archive.opening import Parts

KEPT_LINES, RULES = "kept_lines", "rules"


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of a host's pages that is not to be dropped; `key` tells it whatever its case."""

    host: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ExtractionRule:
    """CSS selectors for the pages of a host: where their text is, and what of it is to go."""

    host: str
    text: str = ""
    drop: str = ""


class DecisionsFile:
    """The reader's decisions in decisions.json of the archive at `root`."""

    def __init__(self, root: Path, *, tolerant: bool = False) -> None:
        self._tolerant = tolerant
        self._storage = VolumeStorage(root / DECISIONS_FILE, KEPT_LINES, tolerant=tolerant)

    def kept_lines(self) -> list[KeptLine]:
        """The lines that are no furniture. DamagedFile, ArchiveTooNew."""
        return list(self._read(KEPT_LINES, kept_line_from))

    def rules(self) -> list[ExtractionRule]:
        """The rules of extraction. DamagedFile, ArchiveTooNew."""
        return list(self._read(RULES, rule_from))

    def keep(self, lines: Collection[KeptLine]) -> None:
        """Adds lines, each once."""
        known = {(each.host, each.key) for each in self.kept_lines()}
        fresh = {(each.host, each.key): each for each in lines}
        added = [each for key, each in fresh.items() if key not in known]
        if added:
            with self._storage.batch() as database:
                number = self._storage.next_id
                database.table(KEPT_LINES).insert_multiple(
                    Document({"host": each.host, "key": each.key, "text": each.text}, place)
                    for place, each in enumerate(added, number)
                )

    def set_rule(self, rule: ExtractionRule) -> None:
        """Stores a rule in place of the host's; one without selectors is forgotten."""
        with self._storage.batch() as database:
            number = self._storage.next_id
            table = database.table(RULES)
            table.remove(doc_ids=[each.doc_id for each in table if each["host"] == rule.host])
            if rule.text or rule.drop:
                fields = {"host": rule.host, "text": rule.text, "drop": rule.drop}
                table.insert(Document({key: at for key, at in fields.items() if at}, number))

    def _read(self, table: str, read: Any) -> Collection[Any]:
        documents = (self._storage.read() or {}).get(table, {})
        found: dict[int, Any] = read_each(
            documents, lambda document, _: read(document), tolerant=self._tolerant
        )
        return found.values()


class Decisions:
    """The decisions' part of the archive of these parts; writes are on disk when they return."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def kept_lines(self) -> dict[str, frozenset[str]]:
        """The keys of lines that are no furniture, by host."""
        found: dict[str, set[str]] = {}
        for each in self._parts.decisions.kept_lines():
            found.setdefault(each.host, set()).add(each.key)
        return {host: frozenset(keys) for host, keys in found.items()}

    def keep_lines(self, lines: Collection[KeptLine]) -> None:
        """Remembers lines that are no furniture."""
        self._parts.check_writable()
        with self._parts.lock:
            self._parts.decisions.keep(lines)

    def rules(self) -> dict[str, ExtractionRule]:
        """The rules of extraction by host."""
        return {each.host: each for each in self._parts.decisions.rules()}

    def set_rule(self, rule: ExtractionRule) -> None:
        """Stores a rule in place of the host's; one without selectors is forgotten."""
        self._parts.check_writable()
        with self._parts.lock:
            self._parts.decisions.set_rule(rule)


def kept_line_from(document: Mapping[str, Any]) -> KeptLine:
    """The kept line of a document. DamagedFile where it is not what was written."""
    read = Fields(document, "kept line")
    return KeptLine(
        read.text("host", required=True), read.text("key", required=True), read.text("text")
    )


def rule_from(document: Mapping[str, Any]) -> ExtractionRule:
    """The rule of a document. DamagedFile where it is not what was written."""
    read = Fields(document, "extraction rule")
    return ExtractionRule(read.text("host", required=True), read.text("text"), read.text("drop"))
