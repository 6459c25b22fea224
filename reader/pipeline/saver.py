"""What feeds took becomes articles of the archive; feeds that come together, in one write.

A write costs nearly the same for one feed's articles as for those of ten: the volume and the
index's segment are written and flushed as a whole. So while one feed's thread writes, others that
come wait, and the next of them writes for all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from time import monotonic

from archive.archive import Archive
from archive.models import Article, Feed, Mark
from archive.revisions import merge_origins
from archive.rule_models import Rule
from archive.urls import url_key
from reader.outcomes import RuleCall
from reader.pipeline.assemble import renew
from reader.pipeline.assembling import Taken, assembled
from reader.pipeline.cleaning import Cleaner
from reader.pipeline.recheck import gone
from reader.pipeline.recognise import same_article
from reader.pipeline.workers import Workers

MOST_TOGETHER = 500
"""Articles in one write: those of ten feeds. A mark of the reader's waits as long as it takes."""
ENOUGH_FEEDS = 10
"""Feeds that need not wait for more: a write then costs each of them little more than its own."""
WAIT = 8.0
"""How long a feed waits for others to be written with, in times of what the last write took."""
LONGEST_WAIT = 2.0
"""Seconds that it waits at most: one slow write must not make all after it slow."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How many entries were new, how many articles changed, and what rules tell of."""

    new_count: int = 0
    changed_count: int = 0
    calls: tuple[RuleCall, ...] = ()


@dataclass(slots=True)
class _Job:
    """What one feed wants to be saved, and what came of it."""

    feed: Feed
    articles: Sequence[tuple[Taken, Article]]
    saved: Saved = Saved()
    error: Exception | None = None
    is_done: bool = False

    @property
    def addresses(self) -> set[str]:
        """What tells whether two jobs may be about one article."""
        return {url_key(article.url) for _, article in self.articles if article.url}


class Saver:
    """Saves for any number of threads; those that may come soon say so by `coming`."""

    def __init__(
        self, archive: Archive, workers: Workers, now: Callable[[], datetime], cleaner: Cleaner
    ) -> None:
        self._archive = archive
        self._workers = workers
        self._now = now
        self._cleaner = cleaner
        self._lock = threading.Lock()
        self._came = threading.Condition(self._lock)
        self._went = threading.Condition(self._lock)
        self._jobs: list[_Job] = []
        self._facts: dict[str, Feed] = {}
        self._is_writing = False
        self._coming = 0
        self._write_seconds = 0.0

    @contextmanager
    def coming(self) -> Iterator[None]:
        """Inside, this thread has a feed's document at hand, and may have something to save."""
        with self._lock:
            self._coming += 1
        try:
            yield
        finally:
            with self._lock:
                self._coming -= 1
                self._tell_writer()

    def note_facts(self, feed: Feed) -> None:
        """Keep a feed's title and site, as its document states them, with what is saved next."""
        with self._lock:
            self._facts[feed.feed_id] = feed

    def finish(self) -> None:
        """Write what is not written yet, when nobody comes any more."""
        self._write_facts()

    def save(self, feed: Feed, taken: Sequence[Taken]) -> Saved:
        """Archive what a feed took. Raises what the archive does, for this feed's part."""
        now = self._now()
        self._cleaner.learn((one.entry.url, one.page) for one in taken)
        taken = [self._cleaned(one) if one.page.page else one for one in taken]
        job = _Job(feed, assembled(self._workers, feed, taken, now))
        with self._lock:
            self._jobs.append(job)
            self._tell_writer()
            while not job.is_done and self._is_writing:
                self._went.wait()
            if not job.is_done:
                self._write_for_all(job)
        if job.error is not None:
            raise job.error
        return job.saved

    def _cleaned(self, one: Taken) -> Taken:
        return replace(one, page=self._cleaner.cleaned(one.entry.url, one.page))

    def _write_for_all(self, job: _Job) -> None:
        """Be the one who writes until this job is done; the lock is held, but not while writing."""
        self._is_writing = True
        try:
            while not job.is_done:
                self._came.wait_for(self._is_time, min(WAIT * self._write_seconds, LONGEST_WAIT))
                jobs = self._next_jobs()
                self._lock.release()
                try:
                    self._save_next(jobs)
                finally:
                    self._lock.acquire()
                    self._went.notify_all()
        finally:
            self._is_writing = False

    def _tell_writer(self) -> None:
        """Let whoever waits to write begin, once it is time: to look costs a turn of threads."""
        if self._is_time():
            self._came.notify()

    def _is_time(self) -> bool:
        """Whether there is enough to write, or nobody else who might come."""
        if len(self._jobs) >= min(ENOUGH_FEEDS, self._coming):
            return True
        return sum(len(job.articles) for job in self._jobs) >= MOST_TOGETHER

    def _next_jobs(self) -> list[_Job]:
        """The first jobs, until one is about an address that was met, or there are too many."""
        jobs: list[_Job] = []
        addresses: set[str] = set()
        count = 0
        for job in self._jobs:
            count += len(job.articles)
            if jobs and (count > MOST_TOGETHER or addresses & job.addresses):
                break
            jobs.append(job)
            addresses |= job.addresses
        del self._jobs[: len(jobs)]
        return jobs

    def _save_next(self, jobs: Sequence[_Job]) -> None:
        try:
            self._save_together(jobs)
        except Exception:  # noqa: BLE001 - each is tried alone, and has its own error then
            for job in jobs:
                self._save_alone(job)

    def _save_alone(self, job: _Job) -> None:
        try:
            self._save_together([job])
        except Exception as error:  # noqa: BLE001 - raised again in the thread of its feed
            job.error, job.is_done = error, True

    def _save_together(self, jobs: Sequence[_Job]) -> None:
        """One write for all of them, after a look at what others have saved meanwhile."""
        with self._archive.writing():
            started = monotonic()
            self._write_facts()
            batch = _Batch(self._archive, self._now(), self._cleaner)
            counts = [batch.add(job) for job in jobs]
            batch.save()
        self._write_seconds = monotonic() - started
        for job, saved in zip(jobs, counts, strict=True):
            job.saved, job.is_done = replace(saved, calls=batch.calls_of(job)), True

    def _write_facts(self) -> None:
        with self._lock:
            facts = dict(self._facts)
        if facts:
            self._archive.fetching.note_facts(facts.values())
        with self._lock:
            self._facts = {key: feed for key, feed in self._facts.items() if facts.get(key) != feed}


class _Batch:
    """What is written at once: new articles with their marks, and known ones by id."""

    def __init__(self, archive: Archive, now: datetime, cleaner: Cleaner) -> None:
        self._archive = archive
        self._now = now
        self._cleaner = cleaner
        self._meet = archive.rules.meeting()
        self._fresh: list[tuple[Article, Mark | None]] = []
        self._met: list[tuple[_Job, int, Rule]] = []
        self._stored: list[Article] = []
        self._known: dict[str, Article] = {}

    def add(self, job: _Job) -> Saved:
        """Take a feed's articles in, as new ones or as what they make of known ones."""
        new_count, changed_count = 0, 0
        fresh: dict[tuple[str, str], Article] = {}
        at_address = archived_from(self._archive, (article.url for _, article in job.articles))
        for one, article in job.articles:
            new_count += not one.article_id
            # Another feed, or another process, may have brought the same page meanwhile.
            found = same_article(at_address(article.url), job.feed.feed_url, article.title)
            if article_id := one.article_id or (found.article_id if found else ""):
                changed_count += self._renew(article_id, one, article)
            else:
                key = (url_key(article.url) or one.entry.entry_hash, article.title)
                fresh[key] = joined(fresh.get(key), article)
        first = Mark(read=job.feed.settings.muted, tags=job.feed.tags)
        for article in fresh.values():
            mark, calls = self._meet(article, first)
            self._met += [(job, len(self._fresh), rule) for rule in calls]
            self._fresh.append((article, mark if mark != Mark() else None))
        return Saved(new_count, changed_count)

    def save(self) -> None:
        """Write it."""
        articles = [*(article for article, _ in self._fresh), *self._known.values()]
        marks = [*(mark for _, mark in self._fresh), *[None] * len(self._known)]
        self._stored = self._archive.save(articles, marks)

    def calls_of(self, job: _Job) -> tuple[RuleCall, ...]:
        """What rules tell of a job's new articles, once they are saved."""
        found = ((self._stored[place], rule) for of, place, rule in self._met if of is job)
        return tuple(
            RuleCall(rule.name, article.article_id, article.title, rule.notify, rule.command)
            for article, rule in found
        )

    def _renew(self, article_id: str, one: Taken, article: Article) -> bool:
        """Bring a known article up to date; whether its text or title changed."""
        before = self._known.get(article_id) or self._archive.get(article_id)
        renewed = renew(before, article, self._now, partial(self._cleaner.text, before.url))
        self._known[article_id] = gone(renewed, self._now) if one.page.gone else renewed
        return self._known[article_id].changed_at != before.changed_at


def archived_from(archive: Archive, urls: Iterable[str]) -> Callable[[str], list[Article]]:
    """Finds what is archived from one of these addresses, all looked up at once."""
    ids = archive.find_urls(filter(None, urls))
    return lambda url: [archive.get(article_id) for article_id in ids.get(url, ())]


def joined(first: Article | None, second: Article) -> Article:
    """One article of two entries with one address and title: the first, with both origins."""
    if first is None:
        return second
    return replace(first, origins=merge_origins(first.origins, second.origins))
