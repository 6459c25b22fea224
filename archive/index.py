"""Index: the SQLite catalogue and full-text search over the volumes.

Derived and disposable: all it holds can be read from the volumes again, so it is deleted and built
anew whenever it does not fit. This class only joins its parts: index_connections.py (opening,
threads, errors), index_schema.py (tables), index_write.py, index_read.py, query_sql.py.

Every method may be called from any thread. Failures come as ArchiveError: WriteFailed (disk full),
ArchiveReadOnly, DamagedFile (the file is to be deleted and built anew).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from archive import index_known, index_read, index_schema, index_write
from archive.errors import DamagedFile
from archive.feed_models import Headline
from archive.index_check import check, needs_rebuild
from archive.index_connections import Connections, SearchInterrupted
from archive.index_order import Sort
from archive.index_write import FileStamp
from archive.models import Article, Feed, FeedActivity, Mark, Summary, TagCount

__all__ = ["FileStamp", "Index", "SearchInterrupted", "Sort"]

if TYPE_CHECKING:
    from archive.index_statistics import Statistics
    from archive.lost import Known
    from archive.query_tree import Node, Query
    from archive.removed import Entries
    from archive.storage import StatKey

    KnownArticles = list[Known]  # `list` means a method inside the class

Summaries = list[Summary]  # `list` means a method inside the class
Names = list[str]
Headlines = list[Headline]
TagCounts = list[TagCount]
Activities = dict[str, FeedActivity]


class Index:
    """The catalogue at `path`, opened or created.

    `fresh` is true when nothing is in it yet: the file is new, of another schema or folding,
    damaged, or (reading only) cannot be used, so that an empty one in memory stands in.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.connections = Connections(path, read_only=read_only)
        self.fresh = self.connections.fresh
        self.change_count = 0

    def close(self) -> None:
        """Closes all connections; a search that runs is interrupted first."""
        self.connections.close()

    def interrupt(self) -> None:
        """Ends the `search` that runs, if one does: it raises SearchInterrupted."""
        self.connections.interrupt()

    def data_version(self) -> int:
        """A number that differs from the last call's when another process has written since."""
        return self.connections.data_version()

    # Files the index has taken in

    def files(self) -> dict[str, FileStamp]:
        """Each file known, by its name relative to the archive, as it was when taken in."""
        with self.connections.reading() as db:
            return index_known.files(db)

    def file_keys(self, names: Iterable[str] | None = None) -> dict[str, StatKey]:
        """Inode, size and mtime of each of them, or of those of these names."""
        with self.connections.reading() as db:
            return index_known.file_keys(db, names)

    def newest_file_keys(self, folder: str, count: int | None = None) -> dict[str, StatKey]:
        """The same of those in a folder (`volumes/2026/`), at most `count` that come last."""
        with self.connections.reading() as db:
            return index_known.newest_file_keys(db, folder, count)

    def year_folders(self) -> dict[str, StatKey | None]:
        """The folders of volumes as they were when noted; None for one that was not."""
        with self.connections.reading() as db:
            return index_known.year_folders(db)

    def forget_files(self, names: Iterable[str]) -> None:
        """Files that are gone. Their articles are removed by `remove_articles`."""
        with self._writing() as db:
            index_write.forget_files(db, names)

    # Writing: one transaction a call, but for `bulk`

    def put_articles(
        self,
        rows: Sequence[tuple[Article, Mark]],
        files: Mapping[str, FileStamp] = {},
        hashes: Mapping[str, str] = {},
    ) -> None:
        """Takes articles in, or anew when their id is known. `hashes`: document hash by id."""
        with self._writing(len(rows)) as db:
            words = index_write.put_articles(db, self.connections.free_rows, rows, hashes)
            index_write.set_files(db, files)
            self.connections.put_words_last(words)

    def put_marks(self, marks: Mapping[str, Mark], files: Mapping[str, FileStamp] = {}) -> None:
        """Sets the marks of articles by id; an unknown id is passed over."""
        with self._writing() as db:
            index_write.put_marks(db, marks)
            index_write.set_files(db, files)

    def remove_articles(
        self, article_ids: Iterable[str], files: Mapping[str, FileStamp] = {}
    ) -> None:
        """Takes articles out of every list and search; their words stay until the next rebuild."""
        with self._writing() as db:
            index_write.remove_articles(db, article_ids)
            index_write.set_files(db, files)

    def put_removed(self, entries: Entries) -> None:
        """Notes entries whose articles were removed, where no article has them."""
        with self._writing() as db:
            index_write.put_removed(db, entries)

    def set_feeds(self, feeds: Sequence[Feed]) -> None:
        """Makes these the subscribed feeds; others keep their articles and their address."""
        with self._writing() as db:
            index_write.set_feeds(db, feeds)

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """For an import or a rebuild: few transactions, larger buffers, tidied at the end.

        Commits every few thousand articles, and what was put stays if the block raises.
        """
        with self.connections.bulk():
            yield
        self.change_count += 1

    def clear(self) -> None:
        """Empties the index in place, also for other processes that have it open.

        A file too damaged for that is deleted.
        """
        try:
            with self._writing() as db:
                index_schema.create(db)
                self.connections.free_rows.forget()
        except DamagedFile:
            self.connections.replace()
        self.fresh = True

    # Lists and searches

    def list(
        self,
        query: Query | None = None,
        *,
        limit: int = 200,
        before: int | None = None,
        after: int | None = None,
        offset: int = 0,
        sort: Sort = "date",
    ) -> Summaries:
        """A window of what matches, newest first; without a query of everything.

        `before` a row_id: the rows below it. `after` a row_id: the `limit` nearest above it.
        By relevance only `limit` and `offset` count, among the newest 2,000 matches.
        """
        with self.connections.reading() as db:
            return index_read.window(db, query, limit, before, after, offset, sort)

    def search(
        self, query: Query, *, limit: int = 50, offset: int = 0, sort: Sort = "relevance"
    ) -> Summaries:
        """The same on a connection of its own, so that `interrupt` ends nothing else."""
        with self.connections.searching() as db:
            return index_read.window(db, query, limit, None, None, offset, sort)

    def count(self, query: Query | None = None) -> int:
        """How many articles match, or are there at all."""
        with self.connections.reading() as db:
            return index_read.count(db, _tree(query))

    def position(self, query: Query | None, row_id: int) -> int:
        """How many articles that match are newer than that row."""
        with self.connections.reading() as db:
            return index_read.count(db, _tree(query), above=row_id)

    def article_ids(self, query: Query, *, hidden: bool = False) -> Names:
        """The ids of all that match, newest first; with `hidden` also those that are hidden."""
        with self.connections.reading() as db:
            return index_read.article_ids(db, query.tree, hidden=hidden)

    def removable(self, query: Query, before: datetime, *, unread: bool) -> Names:
        """The ids of articles archived before then that match and that no mark here holds back.

        Notes are not known here.
        """
        with self.connections.reading() as db:
            return index_read.article_ids(
                db, query.tree, index_read.unmarked(before, unread), hidden=True
            )

    def summaries(self, article_ids: Sequence[str]) -> Summaries:
        """Those articles that are known, in the order asked for."""
        with self.connections.reading() as db:
            return index_read.summaries(db, article_ids)

    def known_ids(self, article_ids: Iterable[str]) -> set[str]:
        """Which of these articles there are."""
        with self.connections.reading() as db:
            return index_known.known_ids(db, article_ids)

    # Counts

    def feed_counts(self) -> dict[str, tuple[int, int]]:
        """Articles and unread articles by feed URL, also of feeds unsubscribed."""
        with self.connections.reading() as db:
            return index_read.feed_counts(db)

    def feed_activity(self, now: datetime) -> Activities:
        """When the articles of each feed came, by feed URL; of feeds that have any."""
        from archive.index_weeks import feed_activity  # nothing of a listing

        with self.connections.reading() as db:
            return feed_activity(db, now)

    def statistics(self, now: datetime) -> Statistics:
        """What came and what was read of it."""
        from archive.index_statistics import statistics  # nothing of a listing

        with self.connections.reading() as db:
            return statistics(db, now)

    def totals(self) -> tuple[int, int, int]:
        """How many articles there are, are unread, are starred."""
        with self.connections.reading() as db:
            return index_read.totals(db)

    def tags(self) -> TagCounts:
        """Every tag with its counts, by name; spellings that differ in case are one."""
        with self.connections.reading() as db:
            return index_read.tags(db)

    # What the pipeline and the volumes ask

    def find_origins(self, entries: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The article_id of each entry (feed_url, entry_id) that is known.

        It is empty for an entry whose article was removed.
        """
        with self.connections.reading() as db:
            return index_known.find_origins(db, entries)

    def known_entries(self, feed_url: str) -> dict[str, tuple[str, str]]:
        """(article_id, entry_hash) by entry_id, of all the feed ever stated.

        For an entry whose article was removed they are empty and its trace (`archive.removed`).
        """
        with self.connections.reading() as db:
            return index_known.known_entries(db, feed_url)

    def find_urls(self, keys: Iterable[str]) -> dict[str, Names]:
        """The ids of articles whose `url` or `canonical_url` has a url_key, oldest first, by key.

        Keys that no article has are left out.
        """
        with self.connections.reading() as db:
            return index_known.find_urls(db, keys)

    def headlines(self, feed_url: str, limit: int) -> Headlines:
        """The titles and claimed dates of a feed's newest articles, the newest first."""
        with self.connections.reading() as db:
            return index_known.headlines(db, feed_url, limit)

    def article_hashes(self, volume: str) -> dict[int, str]:
        """The document hash by doc_id, of the articles of a volume (`2026-11-22`)."""
        with self.connections.reading() as db:
            return index_known.article_hashes(db, volume)

    def volumes(self) -> Names:
        """The volumes that articles are known of."""
        with self.connections.reading() as db:
            return index_known.volumes(db)

    def known_articles(self, article_ids: Iterable[str]) -> KnownArticles:
        """All but the texts of those articles that are known."""
        from archive.index_lost import known_articles  # nothing of a listing

        with self.connections.reading() as db:
            return known_articles(db, article_ids)

    # Health

    @property
    def needs_rebuild(self) -> bool:
        """Whether a rebuild pays: words of texts that are gone lie about, or rows are too few."""
        with self.connections.reading() as db:
            return needs_rebuild(db)

    def shrink(self) -> None:
        """Gives the room that is empty inside the file back to the disk, where it is much."""
        self.connections.vacuum()

    def check(self) -> Names:
        """What is wrong inside the index, a sentence each; none means sound."""
        with self.connections.writing() as db:
            return check(db)

    @contextmanager
    def _writing(self, row_count: int = 1) -> Iterator[sqlite3.Connection]:
        with self.connections.writing(row_count) as db:
            yield db
        self.change_count += 1


def _tree(query: Query | None) -> Node | None:
    return query.tree if query else None
