"""One feed of a run: fetched, parsed, compared, its new pages taken, its articles saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import repeat

from archive.feed_models import FetchState
from archive.models import Feed
from archive.revisions import merge_origins
from reader.outcomes import FeedRefreshed
from reader.pipeline.assemble import FeedTexts
from reader.pipeline.assembling import Taken, origin_of
from reader.pipeline.decide import Known, decide
from reader.pipeline.document import fetch_document, parse_document
from reader.pipeline.fetch import FeedRequest, Fetched, FetchFailed, NotModified
from reader.pipeline.fetch_access import Access
from reader.pipeline.learning import GONE, GONE_WORDS, after_answer, after_failure
from reader.pipeline.missed import missed_entries, missed_now
from reader.pipeline.moves import follow_move
from reader.pipeline.pages import TakenPage
from reader.pipeline.parse import Entry, ParsedFeed
from reader.pipeline.recheck import look_again_at, recheck_feed
from reader.pipeline.run import Run
from reader.pipeline.saver import archived_from
from reader.pipeline.titles import FeedTitles
from reader.pipeline.traces import Traces, id_trace
from reader.pipeline.workers import WorkerFailed

# Entries whose pages are taken before their articles are saved: what a killed refresh can lose.
CHUNK = 20
CHUNK_WITHOUT_PAGES = 50
# The newest articles of a feed, by which its habit is told.
DATES_READ = 30
KnownEntries = Mapping[str, tuple[str, str]]
"""Of each entry_id the article_id and the entry_hash, as `decide.Known` has them."""
NO_ENTRIES: KnownEntries = {}
UNASKED = "pages were not fetched in this refresh"
UNWANTED = "the pages of this feed are not fetched, as its settings say"


def refresh_feed(run: Run, feed: Feed, before: FetchState) -> tuple[FeedRefreshed, FetchState]:
    """One feed's outcome, and what was learned of it."""
    access = run.access(feed)
    request = FeedRequest(
        feed.feed_url, before.etag, before.last_modified, before.body_hash, access
    )
    answer = fetch_document(run.fetcher, request, run.stop)
    now = run.now()
    if isinstance(answer, FetchFailed):
        words = GONE_WORDS if answer.status == GONE else answer.error
        return (
            FeedRefreshed(feed.feed_url, feed.name, http_status=answer.status, error=words),
            after_failure(before, words, now, answer),
        )
    run = for_pages_of(run, feed, replace(access, reach=answer.reach))
    if isinstance(answer, NotModified):
        return conclude(run, feed, before, answer)
    with answer.body, run.room.held(answer.body.size) as held, run.saver.coming():
        known = known_entries(run, feed)
        traces = Traces.from_text(before.entry_traces).only(known)
        try:
            parsed = parse_document(run.workers, answer, feed.selector, traces)
        except WorkerFailed as error:
            status, words = answer.status or None, str(error)
            return (
                FeedRefreshed(feed.feed_url, feed.name, http_status=status, error=words),
                replace(after_failure(before, words, now), http_status=status),
            )
        answer.body.close()
        held.shrink(parsed.text_bytes)
        return conclude(run, feed, before, answer, parsed, known)


def conclude(
    run: Run,
    feed: Feed,
    before: FetchState,
    answer: Fetched | NotModified,
    parsed: ParsedFeed | None = None,
    known: KnownEntries = NO_ENTRIES,
) -> tuple[FeedRefreshed, FetchState]:
    """The outcome of a feed that answered, and what was learned of it.

    `parsed` is None where it is as it was; else `known` has what is known of its entries.
    """
    now, asked_url = run.now(), feed.feed_url
    feed, before, told = follow_move(run, feed, before, answer.moved_to)
    status = answer.status or None
    outcome = FeedRefreshed(feed.feed_url, feed.name, http_status=status, notes=told)
    missed: list[str] = []
    if parsed is not None:
        outcome, missed = take_in(run, keep_title(run, feed, parsed), parsed, known, outcome)
    outcome, still_missed = take_missed(run, feed, before.missed, outcome)
    dates = dates_of(run, feed, parsed)
    learned = after_answer(
        before, answer, parsed, dates, now, outcome.new_count, feed.settings.interval
    )
    looked_at: datetime | None = before.looked_at or now
    if run.options.recheck:
        outcome, looked_at = recheck_feed(run, feed, outcome), now
    elif run.options.looks:
        outcome, looked_at = look_again_at(run, asked_url, outcome)
    missing = missed_now(still_missed, missed)
    return outcome, replace(learned, missed=missing, looked_at=looked_at)


def for_pages_of(run: Run, feed: Feed, access: Access) -> Run:
    """The run as the pages of a feed are taken in it: with that access, or not at all."""
    wanted = feed.settings.pages
    options = replace(
        run.options,
        pages=run.options.pages and wanted,
        recheck=run.options.recheck and wanted,
        looks=run.options.looks and wanted,
    )
    return replace(run, taker=run.taker.on_behalf(access), options=options)


def keep_title(run: Run, feed: Feed, parsed: ParsedFeed) -> Feed:
    """The feed with the title and site that its document states, to be stored if they changed."""
    title, site_url = parsed.title or feed.title, parsed.site_url or feed.site_url
    if (title, site_url) == (feed.title, feed.site_url):
        return feed
    stated = replace(feed, title=title, site_url=site_url)
    run.saver.note_facts(stated)
    return stated


def take_in(
    run: Run, feed: Feed, parsed: ParsedFeed, known_entries: KnownEntries, outcome: FeedRefreshed
) -> tuple[FeedRefreshed, list[str]]:
    """Archive what is new and changed in a parsed feed.

    The outcome, and the ids of entries whose pages a later run is to take.
    """
    run.archive.fetching.finish_move(feed)
    unknown = (entry.url for entry in parsed.entries if entry.entry_id not in known_entries)
    known = Known(
        known_entries,
        archived_from(run.archive, unknown),
        FeedTitles(run, feed),
        is_present_in(parsed),
    )
    decisions = decide(feed.feed_url, known, parsed.entries)
    outcome = replace(
        outcome,
        title=feed.name,
        new_count=len(decisions.adopted),
        unchanged_count=(len(decisions.unchanged) + len(decisions.renamed) + parsed.known_count),
        notes=(*outcome.notes, *parsed.notes),
    )
    adopt(run, feed, (*decisions.adopted, *decisions.renamed))
    work = [(entry, "") for entry in decisions.new] + list(decisions.changed)
    missed: list[str] = []
    run.tally.add(expected=len(work))
    size = CHUNK if run.options.pages else CHUNK_WITHOUT_PAGES
    for start in range(0, len(work), size):
        if run.stop.is_set():
            break
        taken = look(run, feed, work[start : start + size])
        saved = run.saver.save(feed, taken)
        missed += [one.entry.entry_id for one in taken if one.page.waits]
        restated_count = sum(bool(one.article_id) for one in taken)
        outcome = replace(
            outcome,
            new_count=outcome.new_count + saved.new_count,
            changed_count=outcome.changed_count + saved.changed_count,
            # What the feed states anew may leave the text as it is.
            unchanged_count=outcome.unchanged_count + max(0, restated_count - saved.changed_count),
            failed_pages=outcome.failed_pages + sum(is_failed(run, t) for t in taken),
            calls=(*outcome.calls, *saved.calls),
        )
    return outcome, missed


def take_missed(
    run: Run, feed: Feed, missed: Sequence[str], outcome: FeedRefreshed
) -> tuple[FeedRefreshed, Sequence[str]]:
    """Read the pages that an earlier run missed; the outcome, and which are missed still."""
    if not missed or not run.options.pages:
        return outcome, missed
    work = list(missed_entries(run.archive, known_entries(run, feed), missed, run.started))
    run.tally.add(expected=len(work))
    waiting: list[str] = []
    for start in range(0, len(work), CHUNK):
        chunk = work[start : start + CHUNK]
        taken = [t for t in run.pages_pool.map(lambda job: look_for_missed(run, *job), chunk) if t]
        waiting += [one.entry.entry_id for one in taken if one.page.waits]
        saved = run.saver.save(feed, [one for one in taken if not one.page.waits])
        outcome = replace(outcome, changed_count=outcome.changed_count + saved.changed_count)
    return outcome, waiting


def look_for_missed(run: Run, entry: Entry, texts: FeedTexts, article_id: str) -> Taken | None:
    """Read the page of an entry that is archived without; None once the run is to stop."""
    page = TakenPage() if run.stop.is_set() else run.taker.take(entry.url)
    run.tally.add(pages=1)
    return None if run.stop.is_set() else Taken(entry, page, article_id, texts)


def known_entries(run: Run, feed: Feed) -> KnownEntries:
    """What is known of a feed's entries, under the addresses that it had before too."""
    known: dict[str, tuple[str, str]] = {}
    for url in (*feed.former_urls, feed.feed_url):
        known |= run.archive.known_entries(url)
    return known


def is_present_in(parsed: ParsedFeed) -> Callable[[str], bool]:
    """Tells whether an entry of that id stands in the document, parsed or known."""
    ids = {entry.entry_id for entry in parsed.entries}
    traces = set(parsed.traces.ids.values())
    return lambda entry_id: entry_id in ids or id_trace(entry_id) in traces


def dates_of(run: Run, feed: Feed, parsed: ParsedFeed | None) -> list[datetime]:
    """When a feed's entries were published, of those not read again as the archive knows it."""
    if parsed is None:
        return []
    dates = [entry.published_at for entry in parsed.entries]
    if parsed.known_count:
        newest = run.archive.fetching.headlines(feed, DATES_READ)
        dates += [headline.published_at for headline in newest]
    return list({date for date in dates if date})


def is_failed(run: Run, taken: Taken) -> bool:
    """Whether the entry has a page that should have been read and was not."""
    return run.options.pages and bool(taken.entry.url) and taken.page.page is None


def look(run: Run, feed: Feed, work: Sequence[tuple[Entry, str]]) -> list[Taken]:
    """Read the pages of entries; fewer of them once the run is to stop."""
    if not run.options.pages:
        page = TakenPage(problem=UNASKED if feed.settings.pages else UNWANTED)
        pages: Iterable[TakenPage | None] = repeat(page)
        run.tally.add(pages=len(work))
    else:
        pages = run.pages_pool.map(lambda job: page_of(run, *job), work)
    together = zip(work, pages, strict=False)
    return [Taken(entry, page, known) for (entry, known), page in together if page]


def page_of(run: Run, entry: Entry, article_id: str) -> TakenPage | None:
    """What became of an entry's page; None once the run is to stop.

    `article_id` is that of a changed entry.
    """
    if run.stop.is_set():
        return None
    if not entry.url:
        page = TakenPage(problem="the entry has no link")
    else:
        known = run.archive.get(article_id).page if article_id else None
        page = run.taker.take(entry.url, known)
    if run.stop.is_set():
        # The stop may have broken off this very page: it is read whole the next time.
        return None
    run.tally.add(pages=1)
    return page


def adopt(run: Run, feed: Feed, adopted: Sequence[tuple[Entry, str]]) -> None:
    """Note on articles that the feed states them: as another does, or under another id."""
    if not adopted:
        return
    with run.archive.writing():
        changed = []
        for entry, article_id in adopted:
            known = run.archive.get(article_id)
            origins = merge_origins(known.origins, (origin_of(feed, entry),))
            changed.append(replace(known, origins=origins))
        run.archive.save(changed)
