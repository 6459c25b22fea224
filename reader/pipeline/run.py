"""How a refresh is made, and what its stages share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from archive.archive import Archive
from archive.models import Feed
from reader.outcomes import RefreshProgress
from reader.pipeline.cleaning import Cleaner
from reader.pipeline.fetch import Fetcher
from reader.pipeline.fetch_access import Access
from reader.pipeline.looks import Round
from reader.pipeline.pages import PageTaker
from reader.pipeline.room import Room
from reader.pipeline.workers import Workers

if TYPE_CHECKING:
    from reader.pipeline.saver import Saver

ROOM_BYTES = 48_000_000
"""What the documents that are parsed at once may have together, and their texts after that."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is made.

    `pages` False archives what the feeds state; `recheck` also looks again at the pages of
    articles archived in the last 30 days, with `everything` also at those of no feed in the run;
    `jobs` requests are under way at once. `looks` looks again at pages for which it is time
    (`looks`), with `rest` also at those that no subscribed feed brought.
    """

    pages: bool = True
    recheck: bool = False
    jobs: int = 16
    everything: bool = False
    looks: bool = False
    rest: bool = False


class Tally:
    """Counts the work of a run from its threads and reports each step.

    `progress` is called from worker threads, one call at a time.
    """

    def __init__(
        self, feeds_total: int, progress: Callable[[RefreshProgress], None] | None
    ) -> None:
        self._progress = progress
        self._lock = threading.Lock()
        self._now = RefreshProgress(0, feeds_total, 0, 0)

    def add(self, *, feeds: int = 0, pages: int = 0, expected: int = 0) -> None:
        """Count feeds and pages as done, or pages as expected."""
        with self._lock:
            self._now = replace(
                self._now,
                feeds_done=self._now.feeds_done + feeds,
                pages_done=self._now.pages_done + pages,
                pages_total=self._now.pages_total + expected,
            )
            if self._progress:
                self._progress(self._now)


def typed_access(feed: Feed) -> Access:
    """That of a feed without settings of its own: a person typed or imported its address."""
    return Access.typed(feed.feed_url)


def none_left_behind(_before: Feed, _after: Feed) -> str:
    """What stays behind of a feed that moves, where nothing depends on its address: nothing."""
    return ""


@dataclass(slots=True)
class Run:
    """What the stages of one run share.

    `access` says what goes with the requests of a feed; `moved` is told of one that has another
    address, as it was and as it is, and says what did not go along. `rounds` are the looks at pages
    that are due, by the address of their feed.
    """

    archive: Archive
    fetcher: Fetcher
    workers: Workers
    taker: PageTaker
    now: Callable[[], datetime]
    options: Options
    stop: threading.Event
    tally: Tally
    pages_pool: ThreadPoolExecutor
    saver: Saver
    started: datetime
    cleaner: Cleaner
    access: Callable[[Feed], Access] = typed_access
    moved: Callable[[Feed, Feed], str] = none_left_behind
    rounds: Mapping[str, Round] = field(default_factory=dict)
    room: Room = field(default_factory=lambda: Room(ROOM_BYTES))
