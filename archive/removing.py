"""Removing articles for good, by a rule of the reader's, wholly even if the program dies.

The journal first, with every article that goes, then each volume under the lock, then the raw
pages, then the journal's end. What is removed cannot be brought back, so a removal is only ever
finished: each step may be repeated without harm, and opening finishes what a program died in. What
the reader did meanwhile counts: an article starred after the removal was planned stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, timedelta
from typing import TypeVar

from archive.catalogue import Progress
from archive.errors import DamagedFile
from archive.models import Mark, Problem, Retention
from archive.names import articles_file, volume_of_file
from archive.opening import Parts
from archive.removal import Removal, may_go
from archive.scan import scan_volumes
from archive.storage import read_bytes, write_error
from archive.targets import by_volume

T = TypeVar("T")

_PAGE_REF = re.compile(rb'"warc": ?"(pages/[^"\\]+)"')
_WARC_DAY = re.compile(r"pages/\d{4}/(\d{4}-\d{2}-\d{2})\.warc\.gz")
_YOUNGEST_PAGES = timedelta(days=2)
"""Raw pages of the last days stay: an article that refers to one may be about to be saved."""


class Removing:
    """Removes articles of one archive."""

    def __init__(self, parts: Parts) -> None:
        self._root = parts.root
        self._now = parts.now
        self._volumes = parts.volumes
        self._journal = parts.journal
        self._catalogue = parts.catalogue
        self._index = parts.index
        self._lock = parts.lock
        self._operating = parts.marking.operating

    def plan(self, rule: Retention) -> Removal:
        """What a rule removes now; nothing without a number of days."""
        if rule.keep_days < 1:
            return Removal({})
        from archive.query import parse

        before = self._now() - timedelta(days=rule.keep_days)
        found = self._index.removable(parse(rule.query), before, unread=rule.unread)
        volumes: dict[str, tuple[int, ...]] = {}
        pages: set[str] = set()
        for volume, doc_ids in sorted(by_volume(found).items()):
            going = self._going(volume, doc_ids, unread=rule.unread)
            articles = self._repaired(volume, self._volumes.contents).articles
            named = [articles[doc_id] for doc_id in going if doc_id in articles]
            pages |= {article.page.warc for article in named if article.page}
            if named:
                volumes[volume] = tuple(going)
        return Removal(volumes, tuple(sorted(pages)), rule.unread)

    def carry_out(self, removal: Removal, progress: Progress | None = None) -> int:
        """Removes; how many articles are gone. Of what fails half way opening does the rest."""
        if not removal.volumes:
            return 0
        with self._operating:
            with self._lock:
                self._journal.begin_removal(removal)
            return self._finish(removal, progress)

    def finish_pending(self) -> list[Problem]:
        """Finishes the removals that a program died in, unless another one is at work now."""
        if not self._journal.removals():
            return []
        with self._operating.attempt() as held:
            return [self._finished(each) for each in self._journal.removals()] if held else []

    def _finished(self, removal: Removal) -> Problem:
        self._finish(removal, None)
        detail = f"an interrupted removal of {removal.article_count} articles was finished"
        return Problem("journal.json", "interrupted", detail)

    def _finish(self, removal: Removal, progress: Progress | None) -> int:
        count = 0
        for done, (volume, doc_ids) in enumerate(removal.volumes.items()):
            if progress:
                progress(done, len(removal.volumes))
            with self._lock:
                count += self._remove(volume, doc_ids, unread=removal.unread)
        self._volumes.sync_names(removal.volumes)
        self._remove_pages(removal.pages)
        with self._lock:
            self._journal.end_removals()
        return count

    def _remove(self, volume: str, doc_ids: Sequence[int], *, unread: bool) -> int:
        self._catalogue.bring_up(volume)
        going = self._going(volume, doc_ids, unread=unread)
        removed = self._repaired(volume, lambda name: self._volumes.remove(name, going))
        self._catalogue.took_removal(volume, removed)
        return len(removed)

    def _going(self, volume: str, doc_ids: Sequence[int], *, unread: bool) -> list[int]:
        """Those that no mark holds back; also those that are gone but for their marks."""
        marks = self._repaired(volume, lambda name: self._volumes.marks(name, doc_ids))
        return [each for each in doc_ids if may_go(marks.get(each, Mark()), unread=unread)]

    def _remove_pages(self, names: Sequence[str]) -> None:
        """Deletes WARC files that no article refers to any more, of those named.

        A file that one article still needs stays whole: moving a record would change where all
        the others lie.
        """
        old = {name for name in names if self._is_old(name)}
        if not old:
            return
        with self._lock:
            for name in sorted(old - set(self._referred())):
                try:
                    (self._root / name).unlink(missing_ok=True)
                except OSError as error:
                    raise write_error(self._root / name, error) from error

    def _is_old(self, name: str) -> bool:
        matched = _WARC_DAY.fullmatch(name)
        today = self._now().astimezone(UTC).date()
        return matched is not None and date.fromisoformat(matched[1]) < today - _YOUNGEST_PAGES

    def _referred(self) -> Iterator[str]:
        """The WARC files that articles refer to.

        Looked for in the bytes, as parsing takes ten times as long. In a text the quotes would be
        escaped.
        """
        for volume in {volume_of_file(name) for name in scan_volumes(self._root)}:
            if volume:
                data = read_bytes(self._root / articles_file(volume)) or b""
                yield from {name.decode("utf-8", "replace") for name in _PAGE_REF.findall(data)}

    def _repaired(self, volume: str, action: Callable[[str], T]) -> T:
        """The action's result; a damaged volume is repaired and the action tried once more."""
        try:
            return action(volume)
        except DamagedFile:
            with self._lock:
                self._catalogue.salvage(volume)
            return action(volume)
