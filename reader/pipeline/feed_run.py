"""One feed of a run: fetched, parsed, compared, its new pages taken, its articles saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from archive.feed_models import FetchState
from archive.models import Article, Feed, Mark, Origin
from archive.revisions import merge_origins
from archive.urls import url_key
from reader.outcomes import FeedRefreshed
from reader.pipeline.assemble import FeedTexts, assemble, renew
from reader.pipeline.decide import Known, decide
from reader.pipeline.document import fetch_document, parse_document
from reader.pipeline.fetch import FeedRequest, Fetched, FetchFailed, NotModified
from reader.pipeline.fetch_access import Access
from reader.pipeline.learning import GONE, GONE_WORDS, after_answer, after_failure
from reader.pipeline.moves import follow_move
from reader.pipeline.pages import TakenPage
from reader.pipeline.parse import Entry, ParsedFeed
from reader.pipeline.recheck import gone, recheck_feed
from reader.pipeline.recognise import same_article
from reader.pipeline.run import Run
from reader.pipeline.titles import FeedTitles
from reader.pipeline.traces import Traces, id_trace
from reader.pipeline.workers import WorkerFailed

# Entries whose pages are taken before their articles are saved: what a killed refresh can lose.
CHUNK = 20
# The newest articles of a feed, by which its habit is told.
DATES_READ = 30
KnownEntries = Mapping[str, tuple[str, str]]
"""Of each entry_id the article_id and the entry_hash, as `decide.Known` has them."""
NO_ENTRIES: KnownEntries = {}
UNASKED = "pages were not fetched in this refresh"
UNWANTED = "the pages of this feed are not fetched, as its settings say"


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry with all that was read of it; `article_id` is set for a changed one."""

    entry: Entry
    page: TakenPage
    texts: FeedTexts
    article_id: str = ""


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
    with answer.body, run.room.held(answer.body.size) as held:
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
    now = run.now()
    feed, before, told = follow_move(run, feed, before, answer.moved_to)
    status = answer.status or None
    outcome = FeedRefreshed(feed.feed_url, feed.name, http_status=status, notes=told)
    if parsed is not None:
        outcome = take_in(run, keep_title(run, feed, parsed), parsed, known, outcome)
    dates = dates_of(run, feed, parsed)
    learned = after_answer(
        before, answer, parsed, dates, now, outcome.new_count, feed.settings.interval
    )
    if run.options.recheck:
        outcome = recheck_feed(run, feed, outcome)
    return outcome, learned


def for_pages_of(run: Run, feed: Feed, access: Access) -> Run:
    """The run as the pages of a feed are taken in it: with that access, or not at all."""
    wanted = feed.settings.pages
    options = replace(
        run.options,
        pages=run.options.pages and wanted,
        recheck=run.options.recheck and wanted,
    )
    return replace(run, taker=run.taker.on_behalf(access), options=options)


def keep_title(run: Run, feed: Feed, parsed: ParsedFeed) -> Feed:
    """The feed with the title and site that its document states, stored when they changed."""
    title, site_url = parsed.title or feed.title, parsed.site_url or feed.site_url
    if (title, site_url) == (feed.title, feed.site_url):
        return feed
    return run.archive.fetching.note_facts(feed.feed_id, title, site_url)


def take_in(
    run: Run, feed: Feed, parsed: ParsedFeed, known_entries: KnownEntries, outcome: FeedRefreshed
) -> FeedRefreshed:
    """Archive what is new and changed in a parsed feed."""
    run.archive.fetching.finish_move(feed)
    known = Known(
        known_entries,
        partial(archived_from, run),
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
    run.tally.add(expected=len(work))
    for start in range(0, len(work), CHUNK):
        if run.stop.is_set():
            break
        chunk = work[start : start + CHUNK]
        taken = [t for t in run.pages_pool.map(lambda job: look(run, feed, *job), chunk) if t]
        new_count, changed_count = save(run, feed, taken)
        restated_count = sum(bool(one.article_id) for one in taken)
        outcome = replace(
            outcome,
            new_count=outcome.new_count + new_count,
            changed_count=outcome.changed_count + changed_count,
            # What the feed states anew may leave the text as it is.
            unchanged_count=outcome.unchanged_count + max(0, restated_count - changed_count),
            failed_pages=outcome.failed_pages + sum(is_failed(run, t) for t in taken),
        )
    return outcome


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
        newest = run.archive.list(f"feed:{feed.feed_id}", limit=DATES_READ)
        dates += [article.published_at for article in newest]
    return list({date for date in dates if date})


def is_failed(run: Run, taken: Taken) -> bool:
    """Whether the entry has a page that should have been read and was not."""
    return run.options.pages and bool(taken.entry.url) and taken.page.page is None


def look(run: Run, feed: Feed, entry: Entry, article_id: str) -> Taken | None:
    """Read the page and the feed's own texts of an entry; None once the run is to stop."""
    if run.stop.is_set():
        return None
    if not run.options.pages:
        page = TakenPage(problem=UNASKED if feed.settings.pages else UNWANTED)
    elif not entry.url:
        page = TakenPage(problem="the entry has no link")
    else:
        known = run.archive.get(article_id).page if article_id else None
        page = run.taker.take(entry.url, known)
    if run.stop.is_set():
        # The stop may have broken off this very page: it is read whole the next time.
        return None
    texts = FeedTexts(
        to_markdown(run, entry.content_html, entry.url or feed.site_url),
        to_markdown(run, entry.summary_html, entry.url or feed.site_url),
    )
    run.tally.add(pages=1)
    return Taken(entry, page, texts, article_id)


def to_markdown(run: Run, html: str, base_url: str) -> str:
    """The Markdown of HTML that a feed states; empty when it cannot be read."""
    if not html:
        return ""
    try:
        text: str = run.workers.run("html_to_markdown", html, base_url)
    except WorkerFailed:
        return ""
    return text


def archived_from(run: Run, url: str) -> list[Article]:
    """What is archived from an address."""
    return [run.archive.get(article_id) for article_id in run.archive.find_urls(url)]


def save(run: Run, feed: Feed, taken: Sequence[Taken]) -> tuple[int, int]:
    """Archive what was taken: how many entries were new, and how many articles changed."""
    now = run.now()
    pairs = [(one, assembled(feed, one, now)) for one in taken]
    new_count, changed_count = 0, 0
    fresh: dict[tuple[str, str], Article] = {}
    known: dict[str, Article] = {}
    with run.archive.writing():
        for one, article in pairs:
            if article is None:
                continue
            new_count += not one.article_id
            # Another feed, or another process, may have brought the same page meanwhile.
            meanwhile = same_article(archived_from(run, article.url), feed.feed_url, article.title)
            article_id = one.article_id or (meanwhile.article_id if meanwhile else "")
            if article_id:
                before = known.get(article_id) or run.archive.get(article_id)
                renewed = renew(before, article, now)
                known[article_id] = gone(renewed, now) if one.page.gone else renewed
                changed_count += known[article_id].changed_at != before.changed_at
            else:
                key = (url_key(article.url) or one.entry.entry_hash, article.title)
                fresh[key] = joined(fresh.get(key), article)
        first = Mark(read=feed.settings.muted, tags=feed.tags)
        marks = [first if first != Mark() else None] * len(fresh)
        run.archive.save([*fresh.values(), *known.values()], [*marks, *[None] * len(known)])
    return new_count, changed_count


def assembled(feed: Feed, one: Taken, now: datetime) -> Article | None:
    """The article of what was taken; None when there is nothing to keep."""
    return assemble(one.entry, origin_of(feed, one.entry), feed.title, one.page, one.texts, now)


def joined(first: Article | None, second: Article) -> Article:
    """One article of two entries with one address and title: the first, with both origins."""
    if first is None:
        return second
    return replace(first, origins=merge_origins(first.origins, second.origins))


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


def origin_of(feed: Feed, entry: Entry) -> Origin:
    """The feed's statement of an entry, as the article keeps it."""
    return Origin(feed.feed_url, entry.entry_id, entry.entry_hash, entry.url)
