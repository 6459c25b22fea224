"""Library: the one facade that both front ends use.

It owns the archive, the network and the clock. Every method blocks and may be called from any
thread; what needs the network is loaded only when it is first asked for, so that a listing starts
at once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from archive.archive import Archive, Problems, Statuses
from archive.catalogue import Progress
from archive.index import Names, Sort, Summaries, TagCounts
from archive.models import Article, Feed, Mark, MarkChange, Totals, Undone
from archive.names import article_id_in
from archive.opening import utc_now
from reader.config import Settings
from reader.due import choose, due_feeds
from reader.facets import Facets

if TYPE_CHECKING:
    from archive.pages import PagesSize
    from archive.warc_records import StoredPage
    from reader.imports import ImportReport
    from reader.network import Network
    from reader.outcomes import FeedRefreshed, PageSaved, RefreshProgress
    from reader.subscriptions import Subscriptions
    from reader.texts import Texts


class Library(Facets):
    """An archive with its feeds, the network that fills it, and a clock.

    `target` below is one article id (a section's `#n` is cut off), several ids, or a query.
    """

    is_kept: bool = True
    """False where the archive is thrown away in the end, as that of the demo."""

    def __init__(
        self, archive: Archive, settings: Settings, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._archive = archive
        self.settings = settings
        self._now = now
        self._network: Network | None = None
        self._network_lock = threading.Lock()

    @classmethod
    def open(cls, path: Path, settings: Settings, *, progress: Progress | None = None) -> Library:
        """Open the archive in a folder, made when missing; raises ArchiveUnusable.

        What damage has taken is rebuilt from the raw pages, where they were kept.
        """
        library = cls(Archive.open(path, progress=progress), settings)
        library.recovered.extend(library.rebuild_lost(progress))
        return library

    def close(self) -> None:
        """End the network's processes and close the archive."""
        with self._network_lock:
            if self._network:
                self._network.close()
        self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The archive's folder."""
        return self._archive.path

    @property
    def read_only(self) -> bool:
        """Whether the archive can be read but not written."""
        return self._archive.read_only

    @property
    def recovered(self) -> Problems:
        """What opening the archive repaired or lost."""
        return self._archive.recovered

    # Feeds

    def feeds(self) -> Statuses:
        """All feeds with their counts and the outcome of their last refresh."""
        return self._archive.feeds()

    def due(self) -> list[Feed]:
        """The feeds whose time to be refreshed has come."""
        return due_feeds(self.feeds(), self._now())

    def find_feed(self, name: str) -> Feed:
        """The feed of an id, an address or an unambiguous part of a title."""
        return self._archive.find_feed(name)

    def edit_feed(self, feed: Feed) -> None:
        """Store what the user changed of a feed."""
        self.subscriptions.edit(feed)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """Where feeds are found and chosen from, and how each fares."""
        from reader.subscriptions import Subscriptions

        return Subscriptions(self._archive, self._open_network, self._now)

    @cached_property
    def texts(self) -> Texts:
        """What is done about the texts of articles, and rules for how they are found."""
        from reader.texts import Texts

        return Texts(self._archive, self._open_network, self._now)

    def subscribe(self, url: str, folder: str = "", tags: Sequence[str] = ()) -> Feed:
        """Subscribe to the feed at an address, or to the first that a site announces.

        Raises UsageProblem, FeedUnusable. A feed that is known already is returned as it is.
        """
        return self.subscriptions.add(self.subscriptions.find(url).feed, folder, tags)

    def unsubscribe(self, name: str) -> Feed:
        """Give up a feed and forget its secrets; its articles stay."""
        return self.subscriptions.remove(name)

    def refresh(
        self,
        names: Sequence[str] = (),
        *,
        due: bool = False,
        recheck: bool = False,
        pages: bool = True,
        jobs: int | None = None,
        stop: threading.Event | None = None,
        progress: Callable[[RefreshProgress], None] | None = None,
    ) -> Iterator[FeedRefreshed]:
        """Refresh the named feeds (none: all but those gone; `due`: of them the due ones).

        Yields each feed's outcome as it ends. `stop` ends the run at its next safe point.
        """
        from reader.pipeline.run import Options
        from reader.stored_logins import take_out_logins

        self._archive.check_writable()
        self.recovered.extend(self.rebuild_lost())
        take_out_logins(self._archive)
        named = [self.find_feed(name) for name in names]
        chosen = choose(self.feeds(), named, self._now(), due=due)
        options = Options(
            pages=pages,
            recheck=recheck,
            jobs=jobs or self.settings.connections,
            everything=not names and not due,
            looks=pages and self.settings.recheck,
            rest=not names,
        )
        return self._open_network().refresh(chosen, options, stop or threading.Event(), progress)

    def save_pages(
        self, urls: Sequence[str], tags: Sequence[str] = (), stop: threading.Event | None = None
    ) -> Iterator[PageSaved]:
        """Archive single pages that come from no feed; yields each one's outcome."""
        self._archive.check_writable()
        return self._open_network().save_pages(urls, tuple(tags), stop or threading.Event())

    # Articles

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
        """Articles that match a query, newest first, in the window that the bounds give."""
        return self._archive.list(
            query, limit=limit, before=before, after=after, offset=offset, sort=sort
        )

    def search(
        self, query: str, *, limit: int = 50, sort: Sort = "relevance", typing: bool = False
    ) -> Summaries:
        """Articles that match, each with a snippet; `typing`: the last word may be unfinished."""
        return self._archive.search(query, limit=limit, sort=sort, typing=typing)

    def interrupt_search(self) -> None:
        """Give up the search that is under way in another thread."""
        self._archive.interrupt_search()

    def count(self, query: str = "", *, typing: bool = False) -> int:
        """How many articles match."""
        return self._archive.count(query, typing=typing)

    def position(self, query: str, row_id: int) -> int:
        """How many articles that match stand above a row."""
        return self._archive.position(query, row_id)

    def totals(self) -> Totals:
        """How many articles there are, unread and starred."""
        return self._archive.totals()

    def get(self, article_id: str) -> Article:
        """One article with its text; raises NotFound."""
        return self._archive.get(article_id)

    def mark_of(self, article_id: str) -> Mark:
        """What the reader did with an article."""
        return self._archive.mark_of(article_id)

    def summaries(self, article_ids: Sequence[str]) -> Summaries:
        """Articles as lists show them, in the order asked; unknown ids are left out."""
        return self._archive.summaries(article_ids)

    def stored_page(self, article_id: str) -> StoredPage | None:
        """The raw page behind an article, if it was kept."""
        ref = self.get(article_id).page
        return self._archive.pages.read(ref) if ref else None

    def pages_size(self) -> PagesSize:
        """What the raw pages cost."""
        return self._archive.pages.size()

    # Marks

    def mark(self, target: str | Sequence[str], change: MarkChange, *, label: str = "") -> int:
        """Change marks as a step of undo; how many changed. Near copies of ids are read with them.

        If there is more to change than what is read, that of copies is a step before.
        """
        if isinstance(target, str) and (article_id := article_id_in(target)):
            target = [article_id]
        if change.read is None or isinstance(target, str):
            return self._archive.mark(target, change, label=label)
        copies, read = self.stories.folded.copies(target), MarkChange(read=change.read)
        if change == read:
            return self._archive.mark([*target, *copies], change, label=label)
        of_copies = self._archive.mark(copies, read, label=label) if copies else 0
        return of_copies + self._archive.mark(target, change, label=label)

    def tag(
        self, target: str | Sequence[str], add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> int:
        """Add tags, then take tags away; returns how many articles changed."""
        return self.mark(target, MarkChange(add_tags=tuple(add), remove_tags=tuple(remove)))

    def tags(self) -> TagCounts:
        """All tags with their counts, by name."""
        return self._archive.tags()

    def undo(self) -> Undone | None:
        """Take back what was changed last, in any process; None: nothing left."""
        with self.subscriptions.following():
            return self._archive.undo()

    # Import, export, care

    def import_file(self, path: str, progress: Progress | None = None) -> ImportReport:
        """Take in an OPML or JSON Lines file, told apart by content; `-` is standard input."""
        from reader.imports import import_file

        self._archive.check_writable()

        def to_markdown(html: str, base_url: str) -> str:
            return self._open_network().to_markdown(html, base_url)

        return import_file(self._archive, path, self._now, to_markdown, progress)

    def export_opml(self) -> str:
        """The subscriptions as an OPML document."""
        from reader.opml import write_opml

        return write_opml([status.feed for status in self.feeds()])

    def export_jsonl(self, query: str = "", skipped: Names | None = None) -> Iterator[bytes]:
        """The articles that match, with their marks and revisions, a JSON line each.

        What cannot be read is passed over, and why goes into `skipped`.
        """
        from reader.imports import export_jsonl

        return export_jsonl(self._archive, query, [] if skipped is None else skipped)

    def verify(self, progress: Progress | None = None) -> Problems:
        """Check every file and the index against each other; returns what is wrong."""
        return [*self._archive.verify(progress), *self.rebuild_lost()]

    def rebuild(self, progress: Progress | None = None) -> int:
        """Build the index anew from the volumes; returns how many articles it holds."""
        self._archive.rebuild(progress)
        self.recovered.extend(self.rebuild_lost(progress))
        return self.totals().article_count

    def rebuild_lost(self, progress: Progress | None = None) -> Problems:
        """Make articles that damage has taken again from their raw pages; says what came of it."""
        if self.read_only or not any(damage := self._archive.lost.articles()):
            return []
        from reader.recovery import rebuild_lost

        return rebuild_lost(self._open_network(), damage, progress)

    def changed(self) -> bool:
        """Whether another process wrote to the archive since the last call."""
        return self._archive.changed()

    def _open_network(self) -> Network:
        from reader.network import Network

        with self._network_lock:
            if self._network is None:
                self._network = Network(self._archive, self.settings, self._now)
            return self._network
