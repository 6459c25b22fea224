"""Removing articles for good, by a rule of the reader's, wholly even if the program dies.

The journal first, with every article that goes, then each volume under the lock, then the raw
pages, then the journal's end. What is removed cannot be brought back, so a removal is only ever
finished: each step may be repeated without harm, and opening finishes what a program died in. What
the reader did meanwhile counts: an article starred after the removal was planned stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from archive.catalogue import Progress
from archive.disk_errors import write_error
from archive.errors import DamagedFile
from archive.models import (
    Mark,
    Problem,
)
from archive.names import articles_file, day_of, day_of_volume, volume_of_file
from archive.opening import Parts
from archive.page_check import pages_of
from archive.removal import Removal, may_go
from archive.retention import Retention
from archive.scan import scan_volumes
from archive.storage import read_bytes
from archive.targets import by_volume
from archive.volumes import sync_names

T = TypeVar("T")

_PAGE_REF = re.compile(rb'"warc": ?"(pages/[^"\\]+)"')
_WARC = re.compile(r"pages/20\d{2}/20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\.warc\.gz")
_MIDNIGHT = timedelta(days=1)
"""A page may be fetched before it and its article saved after it."""
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
        found = self._index.removable(
            parse(rule.query, now=self._now()), before, unread=rule.unread
        )
        volumes: dict[str, tuple[int, ...]] = {}
        pages: set[str] = set()
        for volume, doc_ids in sorted(by_volume(found).items()):
            going = self._going(volume, doc_ids, unread=rule.unread)
            articles = self._repaired(volume, self._volumes.contents).articles
            named = [articles[doc_id] for doc_id in going if doc_id in articles]
            pages |= {page.warc for article in named for page in pages_of(article)}
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
        sync_names(self._root, removal.volumes)
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
        """Deletes WARC files that nothing needs any more, of those named.

        A file that one article still needs stays whole: moving a record would change where all
        the others lie.
        """
        youngest = day_of(self._now()) - _YOUNGEST_PAGES
        days = {name: _day(name) for name in names if _WARC.fullmatch(name)}
        old = {name: day for name, day in days.items() if day < youngest}
        for volume in {volume_of_file(name) for name in scan_volumes(self._root)} if old else ():
            if volume:
                needed = self._needed(volume, old)
                old = {name: day for name, day in old.items() if name not in needed}
        with self._lock:
            for name in old:
                try:
                    (self._root / name).unlink(missing_ok=True)
                except OSError as error:
                    raise write_error(self._root / name, error) from error

    def _needed(self, volume: str, old: Mapping[str, date]) -> set[str]:
        """The WARC files that a volume's articles need, of those named with their days.

        Also those between an article's first day and its present page: they may hold an earlier
        page of it. References are looked for in the bytes, as parsing takes ten times as long; in
        a text the quotes would be escaped.
        """
        data = read_bytes(self._root / articles_file(volume)) or b""
        named = {name.decode("utf-8", "replace") for name in _PAGE_REF.findall(data)}
        last = max((_day(name) for name in named if _WARC.fullmatch(name)), default=date.min)
        first = day_of_volume(volume)
        if last <= first:
            return named
        first -= _MIDNIGHT
        return named | {name for name, day in old.items() if first <= day < last}

    def _repaired(self, volume: str, action: Callable[[str], T]) -> T:
        """The action's result; a damaged volume is repaired and the action tried once more."""
        try:
            return action(volume)
        except DamagedFile:
            with self._lock:
                self._catalogue.salvage(volume)
            return action(volume)


def _day(warc: str) -> date:
    """The day of a WARC file's name; the last of all for one of no day, which then stays."""
    try:
        return date.fromisoformat(warc.removesuffix(".warc.gz")[-10:])
    except ValueError:
        return date.max
