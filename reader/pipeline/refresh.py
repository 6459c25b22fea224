"""A whole run over feeds: many at once, each reported as it ends, none able to stop the others."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TypeVar

from archive.archive import Archive
from archive.errors import ArchiveError
from archive.feed_models import FetchState
from archive.models import Feed
from reader.errors import ReaderError
from reader.outcomes import FeedRefreshed, RefreshProgress
from reader.pipeline.cleaning import Cleaner
from reader.pipeline.feed_run import refresh_feed
from reader.pipeline.fetch import Fetcher
from reader.pipeline.fetch_access import Access
from reader.pipeline.learning import after_failure
from reader.pipeline.looks import OF_NO_FEED, Round, rounds
from reader.pipeline.order import spread
from reader.pipeline.pages import PageTaker
from reader.pipeline.recheck import OUTCOME_OF_NO_FEED, look_again_at, recheck_rest
from reader.pipeline.run import Options, Run, Tally, none_left_behind, typed_access
from reader.pipeline.saver import Saver
from reader.pipeline.workers import Workers
from reader.priority import step_back_thread

# How often a run looks whether it is to stop, while nothing ends.
LOOK_SECONDS = 0.2
ELSEWHERE = "It is being refreshed by another run, and left to that."

log = logging.getLogger(__name__)

Ended = TypeVar("Ended")


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
    access: Callable[[Feed], Access] = typed_access,
    moved: Callable[[Feed, Feed], str] = none_left_behind,
) -> Iterator[FeedRefreshed]:
    """Refresh feeds and yield each one's outcome as it ends.

    When `stop` is set, what was taken so far is saved and feeds not yet begun are left out. What
    was learned of feeds (validators, errors), of hosts that want to be left alone and of what hosts
    repeat is written once, at the end. `access` says what goes with the requests of a feed, `moved`
    is told of one that has another address, as it was and as it is, and says what stays behind.
    """
    states = archive.fetch_states()
    fetcher.waits.take_in(archive.fetching.waits())
    learned: dict[str, FetchState] = {}
    cleaner = Cleaner(archive)
    store = archive.pages if keep_pages else None
    taker = PageTaker(fetcher, workers, store, now, way=cleaner.way)
    with pools(options.jobs) as (feeds_pool, pages_pool):
        tally = Tally(len(feeds), progress)
        run = Run(
            archive, fetcher, workers, taker, now, options, stop, tally, pages_pool,
            Saver(archive, workers, now, cleaner), now(), cleaner, access, moved,
            due_rounds(archive, feeds, states, options, now()),
        )  # fmt: skip

        def one(feed: Feed) -> FeedRefreshed | None:
            before = states.get(feed.feed_url, FetchState(feed.feed_url))
            return None if stop.is_set() else guarded(run, feed, before, learned)

        futures = [feeds_pool.submit(one, feed) for feed in spread(feeds)]
        try:
            yield from as_they_end(futures, stop, fetcher)
            if options.recheck and options.everything and not stop.is_set():
                yield recheck_rest(run, feeds)
            elif OF_NO_FEED in run.rounds and not stop.is_set():
                outcome, looked_at = look_again_at(run, OF_NO_FEED, OUTCOME_OF_NO_FEED)
                before = states.get(OF_NO_FEED, FetchState(OF_NO_FEED))
                if run.rounds[OF_NO_FEED].looks and not stop.is_set():
                    learned[OF_NO_FEED] = replace(before, looked_at=looked_at)
                if outcome != OUTCOME_OF_NO_FEED:
                    yield outcome
        except BaseException:
            # An error, or a generator closed half-way: what is under way ends as by a stop.
            stop.set()
            fetcher.break_off()
            raise
        finally:
            feeds_pool.shutdown(wait=True, cancel_futures=True)
            run.saver.finish()
            former = [url for url, state in learned.items() if state.feed_url != url]
            archive.fetching.save(learned.values(), fetcher.waits.all(), former, cleaner.learned())


def due_rounds(
    archive: Archive,
    feeds: Sequence[Feed],
    states: Mapping[str, FetchState],
    options: Options,
    now: datetime,
) -> Mapping[str, Round]:
    """The looks at pages that a run is to make, by the address of their feed."""
    if not options.looks:
        return {}
    asked = [feed.feed_url for feed in feeds]
    subscribed = {status.feed.feed_url for status in archive.feeds()}
    rest = [OF_NO_FEED] if options.rest else []
    return rounds([*asked, *rest], subscribed, states, archive.fetching.arrived, now)


def guarded(
    run: Run, feed: Feed, before: FetchState, learned: dict[str, FetchState]
) -> FeedRefreshed:
    """One feed's outcome, whatever happens; what was learned of it goes into `learned`.

    A feed that another refresh has, of this process or another, is left to that.
    """
    started = monotonic()
    try:
        with run.archive.fetching.claim(feed.feed_id) as is_ours:
            if not is_ours:
                run.tally.add(feeds=1)
                return FeedRefreshed(feed.feed_url, feed.name, notes=(ELSEWHERE,))
            outcome, state = refresh_feed(run, feed, before)
    except Exception as error:
        if not isinstance(error, ReaderError):  # that one is no surprise
            log.exception("refresh of %s", feed.feed_url)
        outcome, state = failed(feed, before, error, run.now())
    if run.stop.is_set():
        # Its requests were broken off: it did not fail, and it must be read again.
        outcome = replace(outcome, error="")
    else:
        learned[feed.feed_url] = state
    run.tally.add(feeds=1)
    return replace(outcome, seconds=round(monotonic() - started, 3))


def as_they_end(
    futures: Sequence[Future[Ended | None]], stop: threading.Event, fetcher: Fetcher
) -> Iterator[Ended]:
    """The outcomes of feeds in the order in which they end; a stop breaks off their requests."""
    # Not `concurrent.futures.wait`: of 500 feeds it would look at all at the end of each.
    ended: SimpleQueue[Future[Ended | None]] = SimpleQueue()
    for future in futures:
        future.add_done_callback(ended.put)
    left = len(futures)
    while left:
        outcome = None
        with suppress(Empty):
            outcome = ended.get(timeout=LOOK_SECONDS).result()
            left -= 1
        if stop.is_set():
            fetcher.break_off()
        if outcome is not None:
            yield outcome


@contextmanager
def pools(jobs: int) -> Iterator[tuple[ThreadPoolExecutor, ThreadPoolExecutor]]:
    """Threads for feeds and for pages: apart, so that feeds that wait for pages block none."""
    with (
        ThreadPoolExecutor(jobs, "pages", step_back_thread) as pages_pool,
        ThreadPoolExecutor(jobs, "feeds", step_back_thread) as feeds_pool,
    ):
        yield feeds_pool, pages_pool


def failed(
    feed: Feed, before: FetchState, error: Exception, now: datetime
) -> tuple[FeedRefreshed, FetchState]:
    """The outcome of a feed whose refresh broke off by an error of ours or of the archive."""
    if isinstance(error, ArchiveError):
        words = str(error)
    elif isinstance(error, ReaderError):
        words = f"{error.why}. {error.remedy}"
    else:
        words = f"{type(error).__name__} inside newsreader; the log file has the details"
    return (
        FeedRefreshed(feed.feed_url, feed.name, error=words),
        after_failure(before, words, now),
    )
