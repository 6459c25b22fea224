"""Care: an archive's room on the disk, and what may be removed. Loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from archive.catalogue import Progress
from archive.models import Problem
from archive.names import day_of
from archive.opening import Parts
from archive.removal import Removal
from archive.retention import Retention
from archive.sizes import Sizes, compressible, sizes


class Care:
    """The care of one open archive; `rebuild` builds its index anew."""

    def __init__(self, parts: Parts, rebuild: Callable[[Progress | None], int]) -> None:
        self._parts = parts
        self._rebuild = rebuild

    @property
    def needs_rebuild(self) -> bool:
        """Whether so many replaced texts lie about in the index that a rebuild pays."""
        return self._parts.index.needs_rebuild

    def sizes(self) -> Sizes:
        """The bytes that the archive takes, by kind."""
        return sizes(self._parts.root)

    def compressible(self) -> dict[str, int]:
        """The volumes that `compress` would compress, with their bytes."""
        return compressible(self._parts.root, self._today())

    def catch_up(self) -> list[Problem] | None:
        """Takes in what other programs wrote into older files, at which opening does not look.

        What was repaired or lost on the way; None where every file is as it was known.
        """
        catalogue = self._parts.catalogue
        if self._parts.read_only or not (look := catalogue.files.look(every_file=True)).behind:
            return None
        before = len(self._parts.problems)
        catalogue.sync(look)
        return self._parts.problems[before:]

    def plan_removal(self, rule: Retention) -> Removal:
        """The articles that a rule removes now; none without a number of days."""
        from archive.removing import Removing

        return Removing(self._parts).plan(rule)

    def remove(self, removal: Removal, progress: Progress | None = None) -> int:
        """Removes articles for good, with the raw pages that no other needs; how many went.

        Those that were starred, tagged, noted or highlighted meanwhile stay. There is no undo. If
        it fails, or the program dies, the next opening does the rest. ArchiveReadOnly, WriteFailed.
        """
        from archive.removing import Removing

        self.check_writable()
        return Removing(self._parts).carry_out(removal, progress)

    def compress(self, progress: Progress | None = None) -> int:
        """Compresses the volumes older than a month; how many. ArchiveReadOnly, WriteFailed."""
        from archive.compact import compress_volumes

        self.check_writable()
        return compress_volumes(self._parts, progress)

    def shrink_index(self, progress: Progress | None = None) -> None:
        """Gives back what the index holds of texts that are gone."""
        self.check_writable()
        if self._parts.index.needs_rebuild:
            self._rebuild(progress)
        self._parts.index.shrink()

    def check_writable(self) -> None:
        """Raises ArchiveReadOnly when nothing can be written: before long work, not after it."""
        self._parts.check_writable()

    def _today(self) -> date:
        return day_of(self._parts.now())
