"""A whole run over feeds: many at once, each reported as it ends, none able to stop the others."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from time import monotonic

from archive.archive import Archive
from archive.errors import ArchiveError
from archive.models import Feed, FetchState
from reader.pipeline.feed_run import refresh_feed
from reader.pipeline.fetch import Fetcher
from reader.pipeline.pages import PageTaker
from reader.pipeline.run import FeedRefreshed, Options, RefreshProgress, Run, Tally, back_off
from reader.pipeline.workers import Workers

# How often a run looks whether it is to stop, while nothing ends.
LOOK_SECONDS = 0.2

log = logging.getLogger(__name__)


def refresh(
    archive: Archive,
    fetcher: Fetcher,
    workers: Workers,
    feeds: Sequence[Feed],
    *,
    options: Options,
    keep_pages: bool,
    now: Callable[[], datetime],
    stop: threading.Event,
    progress: Callable[[RefreshProgress], None] | None = None,
) -> Iterator[FeedRefreshed]:
    """Refresh feeds and yield each one's outcome as it ends.

    When `stop` is set, what was taken so far is saved and feeds not yet begun are left out. What
    was learned of the feeds themselves (validators, errors) is written once, at the end.
    """
    states = archive.fetch_states()
    learned: dict[str, FetchState] = {}
    taker = PageTaker(fetcher, workers, archive.pages if keep_pages else None, now)
    with pools(options.jobs, stop) as (feeds_pool, pages_pool):
        tally = Tally(len(feeds), progress)
        run = Run(archive, fetcher, workers, taker, now, options, stop, tally, pages_pool)

        def one(feed: Feed) -> FeedRefreshed | None:
            if stop.is_set():
                return None
            started = monotonic()
            before = states.get(feed.feed_url, FetchState(feed.feed_url))
            try:
                outcome, state = refresh_feed(run, feed, before)
            except Exception as error:
                log.exception("refresh of %s", feed.feed_url)
                outcome, state = failed(feed, before, error, run.now())
            if stop.is_set():
                # Its requests were broken off: it did not fail, and it must be read again.
                outcome = replace(outcome, error="")
            else:
                learned[feed.feed_url] = state
            tally.add(feeds=1)
            return replace(outcome, seconds=round(monotonic() - started, 3))

        try:
            futures = [feeds_pool.submit(one, feed) for feed in feeds]
            yield from as_they_end(futures, stop, fetcher)
        finally:
            stop_unfinished(feeds_pool)
            if learned:
                archive.save_fetch_states(learned.values())


def as_they_end(
    futures: Sequence[Future[FeedRefreshed | None]], stop: threading.Event, fetcher: Fetcher
) -> Iterator[FeedRefreshed]:
    """The outcomes of feeds in the order in which they end; a stop breaks off their requests."""
    pending = set(futures)
    while pending:
        done, pending = wait(pending, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
        if stop.is_set():
            fetcher.break_off()
        for future in done:
            outcome = future.result()
            if outcome is not None:
                yield outcome


@contextmanager
def pools(
    jobs: int, stop: threading.Event
) -> Iterator[tuple[ThreadPoolExecutor, ThreadPoolExecutor]]:
    """Threads for feeds and threads for pages: apart, so that feeds waiting for pages block none.

    Leaving by an error or by a closed generator stops the run at its next safe point.
    """
    with (
        ThreadPoolExecutor(jobs, thread_name_prefix="pages") as pages_pool,
        ThreadPoolExecutor(jobs, thread_name_prefix="feeds") as feeds_pool,
    ):
        try:
            yield feeds_pool, pages_pool
        except BaseException:
            stop.set()
            raise


def stop_unfinished(feeds_pool: ThreadPoolExecutor) -> None:
    """Forget feeds not yet begun, and wait for those under way to save what they have."""
    feeds_pool.shutdown(wait=True, cancel_futures=True)


def failed(
    feed: Feed, before: FetchState, error: Exception, now: datetime
) -> tuple[FeedRefreshed, FetchState]:
    """The outcome of a feed whose refresh broke off by an error of ours or of the archive."""
    if isinstance(error, ArchiveError):
        words = str(error)
    else:
        words = f"{type(error).__name__} inside newsreader; the log file has the details"
    return (
        FeedRefreshed(feed.feed_url, feed.name, error=words),
        replace(
            before,
            error=words,
            refreshed_at=now,
            failure_count=before.failure_count + 1,
            next_refresh_at=now + back_off(before.failure_count + 1),
        ),
    )
