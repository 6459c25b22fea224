"""The connections of the index: how they are opened, shared among threads, interrupted, closed.

One connection writes, one reads, one searches (a search can be interrupted without touching the
lists). Each has a lock of its own, so that any thread may use any; readers never wait for writers
(WAL). SQLite's errors come out as ArchiveError here and nowhere else.
"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from urllib.parse import quote

from archive import index_changes, index_schema, index_write, story_tables
from archive.disk_errors import writing
from archive.errors import ArchiveError, ArchiveReadOnly, DamagedFile, WriteFailed
from archive.index_rows import FreeRows

ROWS_PER_TRANSACTION = 5_000
"""In bulk; fewer cost more merges, more make the log of a transaction outgrow its cache."""

_BUSY_SECONDS = 30
_OBJECTS_BETWEEN = 100_000
_MOST_EMPTY = 0.1
_READING_CACHE = "PRAGMA cache_size = -5120"
"""Pages that a connection keeps are most of what the app's memory grows by with its archive. Those
that only read need fewer: the system keeps them too."""
PRAGMAS = (
    "PRAGMA cache_size = -10240",  # a transaction outgrows fewer
    "PRAGMA synchronous = normal",  # the volumes are the truth; the index may lose its last writes
    # Written back to the file four times as seldom as SQLite does by itself: articles that come
    # one by one change the same pages again and again, and each writing back waits for the disk.
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA mmap_size = 0",  # mapped, the first query costs half a second and 275 MB
    "PRAGMA temp_store = memory",
    "PRAGMA journal_size_limit = 67108864",  # a rebuild's log does not stay on disk
)


class SearchInterrupted(ArchiveError):
    """A search was ended because a newer one took its place; its result is of no use."""


class Connections:
    """The three connections to one index file."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self._in_bulk = False
        self._bulk_rows = 0
        self._waiting_words: list[tuple[int, index_write.Words]] = []
        self._seen_version = 0
        self._write_lock, self._read_lock, self._search_lock = RLock(), RLock(), RLock()
        with translated(path):
            if read_only:
                self._open_read_only()
            else:
                self._open_writable()
            self.fresh = index_schema.is_empty(self._reader)

    def _open_writable(self) -> None:
        self._writer = self._open_or_replace()
        self.free_rows = FreeRows(self._writer)
        uri = f"file:{quote(str(self.path))}"
        self._reader, self._searcher = _connect(uri), _connect(uri)
        for db in (self._reader, self._searcher):
            db.execute(_READING_CACHE)

    def _open_or_replace(self) -> sqlite3.Connection:
        """The writing connection to a file that fits; one that does not is emptied."""
        try:
            return self._prepared()
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            remove_files(self.path)
            return self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        db = _connect(f"file:{quote(str(self.path))}?mode=rwc")
        try:
            db.execute("PRAGMA auto_vacuum = incremental")  # counts for a new file only
            db.execute("PRAGMA journal_mode = wal")
            if not index_schema.fits(db):
                db.execute("BEGIN IMMEDIATE")
                if not index_schema.fits(db):  # another process may have been faster
                    index_schema.create(db)
                db.execute("COMMIT")
            elif not (story_tables.is_latest(db) and index_changes.fit(db)):
                db.execute("BEGIN IMMEDIATE")
                index_changes.ensure(db)
                if not story_tables.is_latest(db):
                    story_tables.ensure(db)
                    index_changes.begin_epoch(db)
                db.execute("COMMIT")
        except sqlite3.Error:
            db.close()
            raise
        return db

    def _open_read_only(self) -> None:
        """All three are one connection: to the file as it is, else to an empty one in memory."""
        db = _first_usable(self.path)
        if db is None:
            db = _connect("file::memory:")
            index_schema.create(db)
        db.execute("PRAGMA query_only = 1")
        self._writer = self._reader = self._searcher = db
        self.free_rows = FreeRows(db)
        self._write_lock = self._search_lock = self._read_lock

    def close(self) -> None:
        """Closes all three."""
        self.interrupt()
        for lock, db in (
            (self._search_lock, self._searcher),
            (self._read_lock, self._reader),
            (self._write_lock, self._writer),
        ):
            with lock, translated(self.path):
                db.close()

    def replace(self) -> None:
        """Deletes a damaged file and opens a new one; other processes keep the old one."""
        with self._search_lock, self._read_lock, self._write_lock:
            self.close()
            with translated(self.path):
                remove_files(self.path)
                self._open_writable()

    def interrupt(self) -> None:
        """Ends the search that runs, if any."""
        with suppress(sqlite3.ProgrammingError):  # closed meanwhile
            self._searcher.interrupt()

    def data_version(self) -> int:
        """Differs from the last answer when another process committed; never waits."""
        if self._write_lock.acquire(blocking=False):
            try:
                with translated(self.path):
                    self._seen_version = self._writer.execute("PRAGMA data_version").fetchone()[0]
            finally:
                self._write_lock.release()
        return self._seen_version

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection for lists and look-ups."""
        with self._read_lock, translated(self.path):
            yield self._reader

    @contextmanager
    def searching(self) -> Iterator[sqlite3.Connection]:
        """The connection that `interrupt` ends."""
        with self._search_lock, translated(self.path):
            yield self._searcher

    @contextmanager
    def writing(self, row_count: int = 1) -> Iterator[sqlite3.Connection]:
        """The writing connection inside a transaction: committed at the end, or undone whole.

        Inside `bulk` it is the transaction there, committed once enough rows were written.
        """
        with self._write_lock, translated(self.path):
            db = self._writer
            if not self._in_bulk:
                with self._transaction():
                    yield db
                return
            yield db
            self._bulk_rows += row_count
            if self._bulk_rows >= ROWS_PER_TRANSACTION:
                self._put_waiting_words()
                db.execute("COMMIT")
                db.execute("BEGIN IMMEDIATE")
                self._bulk_rows = 0

    def put_words_last(self, words: Iterable[tuple[int, index_write.Words]]) -> None:
        """Puts words when all else of the running transaction is written."""
        self._waiting_words += words

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Writes share transactions of a few thousand rows, with a larger gathering buffer.

        If the block raises, what was committed so far stays.
        """
        with self._write_lock, translated(self.path), _rare_collections():
            db = self._writer
            index_schema.set_gathering(db, index_schema.BULK_HASH_BYTES)
            self._in_bulk, self._bulk_rows = True, 0
            try:
                with self._transaction():
                    yield
                    index_schema.recount(db)
                    index_changes.forget(db)
                with self._transaction():
                    index_schema.optimize(db)
            finally:
                self._in_bulk = False
                index_schema.set_gathering(db, index_schema.DAILY_HASH_BYTES)
            # Merging left as many pages empty as it wrote anew, and wrote all of it to the log.
            # As a script, since `execute` takes one step of a statement without rows: one page.
            db.executescript("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint (truncate)")

    def vacuum(self) -> None:
        """Writes the file anew without its empty pages, if these are more than a tenth."""
        with self._write_lock, translated(self.path):
            db = self._writer
            (empty,), (every,) = (
                db.execute(f"PRAGMA {name}").fetchone() for name in ("freelist_count", "page_count")
            )
            if empty > every * _MOST_EMPTY:
                db.execute("PRAGMA temp_store = file")  # it makes a copy, which may be large
                db.execute("VACUUM")
                db.execute("PRAGMA temp_store = memory")
            db.execute("PRAGMA wal_checkpoint (truncate)")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        db = self._writer
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._put_waiting_words()
            db.execute("COMMIT")
        except BaseException:
            self._waiting_words = []
            self.free_rows.forget()
            if db.in_transaction:  # SQLite itself undoes when the disk is full
                db.execute("ROLLBACK")
            raise

    def _put_waiting_words(self) -> None:
        if self._waiting_words:
            index_write.put_words(self._writer, self._waiting_words)
            self._waiting_words = []


def remove_files(path: Path) -> None:
    """Deletes an index with its log; what it held can be built again."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with writing(path):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Lets the collector of cycles look seldom: articles make none, and it costs a tenth."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS_BETWEEN, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors inside as ArchiveError, and Python's for a number too large for SQLite."""
    try:
        yield
    except OverflowError as error:
        raise ArchiveError(str(path), f"it cannot hold a value ({error})") from error
    except sqlite3.Error as error:
        raise _as_archive_error(path, error) from error


def _as_archive_error(path: Path, error: sqlite3.Error) -> ArchiveError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    reason = str(error)
    if code == sqlite3.SQLITE_INTERRUPT:
        return SearchInterrupted("search", "it was interrupted")
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return ArchiveReadOnly(str(path), reason, "Check the folder's permissions")
    if _is_damage(error):
        return DamagedFile(str(path), reason, "Run newsreader rebuild")
    if code == sqlite3.SQLITE_BUSY:
        return WriteFailed(str(path), "another program holds it", "Try again")
    return WriteFailed(str(path), reason, "Check the disk's free space; newsreader rebuild helps")


def _is_damage(error: sqlite3.Error) -> bool:
    """Whether the error says that the file is broken, not that something went wrong around it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # A rule of ours that does not hold means that rows are missing or are somebody else's.
    broken = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT}
    return code in broken | {sqlite3.SQLITE_ERROR}


def _connect(uri: str) -> sqlite3.Connection:
    db = sqlite3.connect(
        uri,
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,  # transactions are begun by hand
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        for pragma in PRAGMAS:
            db.execute(pragma)
    except sqlite3.Error:
        db.close()
        raise
    return db


def _first_usable(path: Path) -> sqlite3.Connection | None:
    """A connection that only reads; `immutable` for folders where no lock file can be made."""
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        db = None
        try:
            db = _connect(f"file:{quote(str(path))}?{mode}")
            if index_schema.fits(db) and story_tables.fit(db):
                return db
        except sqlite3.Error:
            pass
        if db is not None:
            db.close()
    return None
