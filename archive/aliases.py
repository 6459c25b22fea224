"""What names a person or thing goes by: spellings that the reader says are of one name.

Kept in a table of decisions.json, as the reader decides it. A search for one spelling finds the
others, grouping counts them as one name, and tables of claims have one row for them, under the
first spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinydb.table import Document

from archive.any_of import any_of
from archive.characters import clean_line
from archive.documents import read_each
from archive.errors import ArchiveError, NotFound
from archive.fields import Fields
from archive.layout import DECISIONS_FILE
from archive.storage import StatKey, VolumeStorage, stat_key
from archive.text import fold_query, fold_tokens, is_unspaced

if TYPE_CHECKING:
    from archive.opening import Parts

NAMES = "names"
LONGEST_SPELLING, MOST_SPELLINGS = 80, 20

Spellings = tuple[str, ...]
"""Of one name; the first is what it is called by."""


class Aliases:
    """Names with their spellings."""

    def __init__(self, names: Iterable[Spellings] = ()) -> None:
        self.names = tuple(names)

    def __bool__(self) -> bool:
        return bool(self.names)

    def spelled(self, text: str) -> str:
        """The text with each name in its first spelling, set off by spaces where it was not."""
        return self._pattern.sub(self._first, text) if self.names else text

    @cached_property
    def firsts(self) -> Mapping[str, str]:
        """The first spelling of each other one, by that in small letters."""
        return {
            other.casefold(): spellings[0] for spellings in self.names for other in spellings[1:]
        }

    @cached_property
    def by_tokens(self) -> Mapping[frozenset[str], Spellings]:
        """Names by what a query for each spelling asks for, in whatever order the words stand."""
        return {
            frozenset(fold_query(each)): spellings for spellings in self.names for each in spellings
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # As they are written too: small letters may be others, as those of "Große" are.
        written = {other for spellings in self.names for other in spellings[1:]}
        return any_of(written | self.firsts.keys())

    def _first(self, match: re.Match[str]) -> str:
        first = self.firsts.get(match[0].casefold(), match[0])
        return f" {first} " if is_unspaced(match[0][0]) else first


NO_ALIASES = Aliases()


class NamesFile:
    """The names in decisions.json of the archive at `root`; read again when the file changes."""

    def __init__(self, root: Path, *, tolerant: bool = False) -> None:
        self._path = root / DECISIONS_FILE
        self._tolerant = tolerant
        self._storage = VolumeStorage(self._path, NAMES, tolerant=tolerant)
        self._known: tuple[StatKey | None, Aliases] = None, Aliases()

    def aliases(self) -> Aliases:
        """The names, by what they are called. DamagedFile, ArchiveTooNew."""
        state = stat_key(self._path)
        if state != self._known[0]:
            documents = (self._storage.read() or {}).get(NAMES, {}) if state else {}
            found: dict[int, Spellings] = read_each(
                documents, lambda document, _: spellings_from(document), tolerant=self._tolerant
            )
            self._known = state, Aliases(sorted(found.values(), key=_called))
        return self._known[1]

    def put(self, spellings: Spellings, instead_of: Iterable[Spellings] = ()) -> None:
        """Stores a name in place of others; one with a single spelling is not stored."""
        gone = set(instead_of)
        with self._storage.batch() as database:
            number = self._storage.next_id
            table = database.table(NAMES)
            table.remove(doc_ids=[d.doc_id for d in table if tuple(d["spellings"]) in gone])
            if len(spellings) > 1:
                table.insert(Document({"spellings": list(spellings)}, number))


class Names:
    """The names' part of the archive of these parts; writes are on disk when they return."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._file = parts.asking.names

    def all(self) -> Sequence[Spellings]:
        """Every name with its spellings."""
        return self._file.aliases().names

    def problem_of(self, spellings: Sequence[str]) -> str:
        """Why these cannot be one name; empty if they can."""
        for each in map(_cleaned, spellings):
            if not fold_tokens(each) or len(each) > LONGEST_SPELLING:
                return f"a spelling has letters, and at most {LONGEST_SPELLING} signs"
        count = len(self._joined(spellings)[0])
        if not 1 < count <= MOST_SPELLINGS:
            return f"a name has 2 to {MOST_SPELLINGS} spellings, not {count}"
        return ""

    def add(self, spellings: Sequence[str]) -> Spellings:
        """Says that these are one name, with all that share a spelling; all its spellings.

        ArchiveError where they cannot be one.
        """
        self._parts.check_writable()
        if problem := self.problem_of(spellings):
            raise ArchiveError("names", problem)
        with self._parts.lock:
            name, same = self._joined(spellings)
            self._file.put(name, same)
        return name

    def remove(self, spelling: str) -> Spellings:
        """Forgets a name by one of its spellings; all its spellings. NotFound."""
        self._parts.check_writable()
        with self._parts.lock:
            for name in self.all():
                if _fold(spelling) in _folded(name):
                    self._file.put((), [name])
                    return name
        raise NotFound(spelling, "no name is spelled so", "See `newsreader names`")

    def _joined(self, spellings: Sequence[str]) -> tuple[Spellings, list[Spellings]]:
        """All spellings of a name and of those that it shares one with, and these."""
        given = tuple(map(_cleaned, spellings))
        same = [each for each in self.all() if _folded(each) & _folded(given)]
        each_once: dict[str, str] = {}
        for spelling in (*(one for name in same for one in name), *given):
            each_once.setdefault(_fold(spelling), spelling)
        return tuple(each_once.values()), same


def spellings_from(document: Mapping[str, Any]) -> Spellings:
    """The spellings of a document. DamagedFile where it is not what was written."""
    return tuple(Fields(document, "name").texts("spellings"))


def _cleaned(spelling: str) -> str:
    return clean_line(spelling).strip()


def _fold(spelling: str) -> str:
    return " ".join(fold_tokens(spelling))


def _folded(spellings: Iterable[str]) -> set[str]:
    return {_fold(each) for each in spellings}


def _called(spellings: Spellings) -> str:
    return spellings[0].casefold()
