"""What the reader decided of stories: which articles belong together, and which do not.

Kept in a table of decisions.json, as it is no part of what can be derived. Whoever calls a writing
method holds the archive's lock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tinydb.table import Document

from archive.documents import read_each
from archive.errors import DamagedFile
from archive.layout import DECISIONS_FILE
from archive.storage import VolumeStorage, stat_key

STORY_LINKS = "story_links"


@dataclass(frozen=True, slots=True)
class StoryLinks:
    """For each article or section that was decided on, those that are or are not of its story."""

    together: Mapping[str, frozenset[str]] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: `ones` and `others` are of one story, or of different ones if `apart`.

    `before` are the stories as they were, each with its members, for taking it back. `at_ns` is in
    nanoseconds since 1970.
    """

    label: str
    at_ns: int
    apart: bool
    ones: tuple[str, ...]
    others: tuple[str, ...]
    before: tuple[tuple[str, ...], ...]


class LinksFile:
    """The decisions on stories in decisions.json of the archive at `root`."""

    def __init__(self, root: Path, *, tolerant: bool = False) -> None:
        self._path = root / DECISIONS_FILE
        self._tolerant = tolerant
        self._storage = VolumeStorage(self._path, STORY_LINKS, tolerant=tolerant)

    def decisions(self) -> list[Decision]:
        """All of them, oldest first. DamagedFile, ArchiveTooNew."""
        if stat_key(self._path) is None:
            return []
        table = (self._storage.read() or {}).get(STORY_LINKS, {})
        found = read_each(
            table, lambda document, _: decision_from(document), tolerant=self._tolerant
        )
        return sorted(found.values(), key=lambda each: each.at_ns)

    def add(self, decision: Decision) -> None:
        """Remembers a decision."""
        with self._storage.batch() as database:
            number = self._storage.next_id
            database.table(STORY_LINKS).insert(Document(decision_document(decision), number))

    def drop(self, decision: Decision) -> None:
        """Forgets a decision."""
        with self._storage.batch() as database:
            database.table(STORY_LINKS).remove(lambda each: bool(each["at"] == decision.at_ns))


def links_of(decisions: Iterable[Decision]) -> StoryLinks:
    """What decisions say in the end: a later one overrules an earlier one on the same two."""
    together: dict[str, set[str]] = defaultdict(set)
    apart: dict[str, set[str]] = defaultdict(set)
    for each in decisions:
        said, unsaid = (apart, together) if each.apart else (together, apart)
        pairs = [(one, other) for one in each.ones for other in each.others if one != other]
        for one, other in pairs + [(other, one) for one, other in pairs]:
            said[one].add(other)
            unsaid[one].discard(other)
    return StoryLinks(_frozen(together), _frozen(apart))


def _frozen(links: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(others) for name, others in links.items() if others}


def decision_document(decision: Decision) -> dict[str, Any]:
    """The JSON of a decision."""
    return {
        "label": decision.label,
        "at": decision.at_ns,
        "apart": decision.apart,
        "ones": list(decision.ones),
        "others": list(decision.others),
        "before": [list(each) for each in decision.before],
    }


def decision_from(document: Mapping[str, Any]) -> Decision:
    """The decision that `decision_document` wrote. DamagedFile where it is not."""
    try:
        return Decision(
            label=str(document["label"]),
            at_ns=int(document["at"]),
            apart=bool(document["apart"]),
            ones=tuple(map(str, document["ones"])),
            others=tuple(map(str, document["others"])),
            before=tuple(tuple(map(str, each)) for each in document["before"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedFile(DECISIONS_FILE, "a decision in it is not what was written") from error
