"""Archive: the facade of this package, for both front ends and for a Python prompt.

Every method may be called from any thread. Writes are on disk when they return; errors are those of
`archive.errors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from archive.catalogue import Progress
from archive.changes import describe
from archive.decisions import Decisions
from archive.facets import Facets
from archive.feed_models import FetchState
from archive.fetching import Fetching
from archive.index import Activities, Names, Sort, Summaries, TagCounts
from archive.library_file import statuses
from archive.models import Article, Feed, FeedStatus, Mark, MarkChange, Problem, Totals, Undone
from archive.opening import Parts, open_parts, rebuilt, utc_now
from archive.pages import PageStore
from archive.restoring import Restoring
from archive.root_files import take_in_feeds
from archive.stories import Stories
from archive.targets import find_article, find_mark, search, targets
from archive.undoing import undo
from archive.urls import url_key

if TYPE_CHECKING:
    from archive.care import Care
    from archive.index_statistics import Statistics

T = TypeVar("T")
Articles = list[Article]
Statuses = list[FeedStatus]
Problems = list[Problem]
Feeds = list[Feed]


class Archive(Facets):
    """An open archive. Made by `Archive.open`; close it, or use it as a context manager."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._index = parts.index
        self._seen_version = parts.index.data_version()
        self._built_at = self._index.change_count if self._index.fresh else None

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        now: Callable[[], datetime] = utc_now,
        read_only: bool | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Opens or makes the archive in a folder, repairs it and brings its index in step.

        `read_only` None opens for reading only what cannot be written. `progress` hears of files
        taken in. ArchiveUnusable, ArchiveTooNew.
        """
        root = Path(path).expanduser().absolute()
        return cls(open_parts(root, now, read_only, progress))

    def close(self) -> None:
        """Lets go of the files; a search that runs is interrupted."""
        self._parts.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The archive's folder."""
        return self._parts.root

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._parts.read_only

    @property
    def recovered(self) -> Problems:
        """What opening repaired, finished or lost."""
        return self._parts.problems

    @property
    def pages(self) -> PageStore:
        """The raw pages."""
        return self._parts.pages

    @property
    def lost(self) -> Restoring:
        """What damage has taken, and the way back for what can be rebuilt."""
        return self._parts.restoring

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the writer lock, so that what is read inside is still so when it is written.

        All articles that others saved are found inside, where it may be entered again and anything
        be written. All other writers wait, of every process: keep it short, without network.
        """
        self.check_writable()
        with self._parts.marking.operating, self._parts.lock:
            self._parts.saving.bring_up_newest()
            yield

    # Articles

    def save(self, articles: Sequence[Article], marks: Sequence[Mark | None] = ()) -> Articles:
        """Saves articles; as they are stored, in the same order. One write a volume.

        Those without an id are new; the others replace what is stored, of which no text is lost. A
        new one whose entry another process saved meanwhile comes back as that. `marks`, one for
        each article or None for no change, are no step of undo.
        """
        self.check_writable()
        return self._parts.saving.save(articles, marks)

    def get(self, article_id: str) -> Article:
        """An article with its text. NotFound, DamagedFile."""
        return find_article(self._parts.volumes, article_id)

    def mark_of(self, article_id: str) -> Mark:
        """What the reader did with an article; an empty mark if nothing. NotFound."""
        return find_mark(self._parts.volumes, article_id)

    # Lists

    def list(
        self,
        query: str = "",
        *,
        limit: int = 200,
        before: int | None = None,
        after: int | None = None,
        offset: int = 0,
        sort: Sort = "date",
    ) -> Summaries:
        """A window of the articles that match, newest first.

        `before` a row_id: the rows below it; `after` a row_id: the `limit` nearest above it.
        """
        wanted = self._asked(query, sort=sort)
        return self._index.list(
            wanted, limit=limit, before=before, after=after, offset=offset, sort=sort
        )

    def search(
        self, query: str, *, limit: int = 50, sort: Sort = "relevance", typing: bool = False
    ) -> Summaries:
        """The best matches with snippets; `typing`: the last word is the beginning of one."""
        wanted = self._asked(query, typing=typing, sort=sort) or self.asking("")
        return search(self._index, self._parts.volumes, wanted, limit, sort)

    def interrupt_search(self) -> None:
        """Ends the search that runs: it raises SearchInterrupted."""
        self._index.interrupt()

    def count(self, query: str = "", *, typing: bool = False) -> int:
        """How many articles match; `typing` as in `search`."""
        return self._index.count(self._asked(query, typing=typing))

    def position(self, query: str, row_id: int) -> int:
        """How many articles that match are newer than that row."""
        return self._index.position(self._asked(query), row_id)

    def summaries(self, article_ids: Sequence[str]) -> Summaries:
        """Those articles that are known, in the order asked for."""
        return self._index.summaries(article_ids)

    def totals(self) -> Totals:
        """How many articles there are."""
        return Totals(*self._index.totals())

    # Marks

    def mark(self, target: str | Sequence[str], change: MarkChange, *, label: str = "") -> int:
        """Changes marks, as one step of undo; how many articles really changed.

        `target` is an id, several, or a query. A position alone is no step of undo. NotFound.
        """
        self.check_writable()
        named = targets(self._index, self._parts.volumes, self.asking, target)
        return self._parts.marking.change(named, change, label or describe(change))

    def tag(
        self, target: str | Sequence[str], add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> int:
        """Adds tags, then takes tags away; how many articles changed."""
        return self.mark(target, MarkChange(add_tags=tuple(add), remove_tags=tuple(remove)))

    def tags(self) -> TagCounts:
        """Every tag with its counts, by name."""
        return self._index.tags()

    def undo(self) -> Undone | None:
        """Takes back what the reader changed last, in any process; None where nothing is left."""
        return undo(self._parts)

    # Feeds

    def feeds(self) -> Statuses:
        """The subscriptions with their counts and the outcome of their last refresh."""
        return statuses(self._parts.library, self._parts.fetch, self._index.feed_counts())

    def feed_activity(self, now: datetime) -> Activities:
        """When the articles of each feed came, by feed URL; of feeds that have any."""
        return self._index.feed_activity(now)

    def statistics(self, now: datetime) -> Statistics:
        """What came and what was read of it, by day, folder, outlet and month."""
        return self._index.statistics(now)

    def add_feed(self, feed: Feed) -> Feed:
        """Subscribes; the feed with its id. One of a known URL comes back as it is stored."""
        return self.add_feeds([feed])[0]

    def add_feeds(self, feeds: Iterable[Feed]) -> Feeds:
        """Subscribes to several in one write; they come back as they are stored."""
        return self._write_library(lambda: self._parts.library.add(feeds))

    def update_feed(self, feed: Feed, label: str = "") -> None:
        """Replaces the feed of that id; with a label as a step of undo. NotFound."""
        self._write_library(lambda: self._parts.library.update(feed, label))

    def remove_feed(self, feed_id: str) -> None:
        """Unsubscribes, as a step of undo; the articles stay. NotFound."""
        self._write_library(lambda: self._parts.library.remove(feed_id))

    def find_feed(self, name: str) -> Feed:
        """The feed of that id, URL, or unambiguous part of a title. NotFound, AmbiguousName."""
        return self._parts.library.find(name)

    def fetch_states(self) -> dict[str, FetchState]:
        """What the last refresh learned, by feed URL."""
        return self._parts.fetch.states()

    def save_fetch_states(self, states: Iterable[FetchState]) -> None:
        """Writes these states over those of the same feeds, in one write."""
        self.fetching.save(states)

    # What the pipeline asks

    @property
    def fetching(self) -> Fetching:
        """What refreshes learn of feeds and hosts, and which of them has which feed."""
        return Fetching(self._parts)

    @property
    def decisions(self) -> Decisions:
        """What the reader decided about outlets' pages."""
        return Decisions(self._parts)

    def known_entries(self, feed_url: str) -> Mapping[str, tuple[str, str]]:
        """(article_id, entry_hash) by entry_id, of a removed one empty and its trace."""
        return self._index.known_entries(feed_url)

    def find_entries(self, entries: Iterable[tuple[str, str]]) -> Names:
        """The ids of the articles that entries (feed URL, entry id) became; none of one removed."""
        return list(filter(None, self._index.find_origins(entries).values()))

    def find_url(self, url: str) -> str | None:
        """The id of the article first archived from that address, or one that means the same."""
        return next(iter(self.find_urls([url]).get(url, ())), None)

    def find_urls(self, urls: Iterable[str]) -> Mapping[str, Names]:
        """The ids of all articles archived from each address that has any, oldest first."""
        keys = {url: url_key(url) for url in urls}
        found = self._index.find_urls(set(keys.values()))
        return {url: found[key] for url, key in keys.items() if key in found}

    # Care

    @property
    def needs_rebuild(self) -> bool:
        """Whether so many replaced texts lie about in the index that a rebuild pays."""
        return self._index.needs_rebuild

    def changed(self) -> bool:
        """Whether another process wrote since the last call."""
        before, self._seen_version = self._seen_version, self._index.data_version()
        return before != self._seen_version

    def verify(self, progress: Progress | None = None) -> Problems:
        """Checks every file and the index against each other; what was repaired or is wrong."""
        from archive.verify import verify

        return verify(self._parts, progress)

    def care(self) -> Care:
        """What gives room on the disk back, and removes articles by a rule of the reader's."""
        from archive.care import Care

        return Care(self._parts, self.rebuild)

    @property
    def stories(self) -> Stories:
        """Which articles tell one event."""
        return Stories(self._parts)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Builds the index anew from the files, if opening did not; how many articles it has."""
        self.check_writable()
        if self._index.change_count != self._built_at or self._index.needs_rebuild:
            self._parts = rebuilt(self._parts, progress)
            self._index = self._parts.index
        return self._index.totals()[0]

    def _write_library(self, write: Callable[[], T]) -> T:
        self.check_writable()
        with self._parts.lock:
            result = write()
            take_in_feeds(self._parts)
        return result

    def check_writable(self) -> None:
        """Raises ArchiveReadOnly when nothing can be written: before long work, not after it."""
        self._parts.check_writable()
