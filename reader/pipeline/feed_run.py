"""One feed of a run: fetched, parsed, compared, its new pages taken, its articles saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from archive.models import Article, Feed, FetchState, Mark, Origin
from archive.revisions import merge_origins
from archive.urls import url_key
from reader.outcomes import FeedRefreshed
from reader.pipeline.assemble import FeedTexts, assemble, renew
from reader.pipeline.decide import Known, decide
from reader.pipeline.fetch import FeedRequest, Fetched, FetchFailed
from reader.pipeline.pages import TakenPage
from reader.pipeline.parse import Entry, ParsedFeed
from reader.pipeline.recheck import gone, recheck_feed
from reader.pipeline.recognise import same_article
from reader.pipeline.run import INTERVAL, Run, back_off
from reader.pipeline.titles import FeedTitles
from reader.pipeline.traces import Traces, id_trace
from reader.pipeline.workers import WorkerFailed

# Entries whose pages are taken before their articles are saved: what a killed refresh can lose.
CHUNK = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry with all that was read of it; `article_id` is set for a changed one."""

    entry: Entry
    page: TakenPage
    texts: FeedTexts
    article_id: str = ""


def refresh_feed(run: Run, feed: Feed, before: FetchState) -> tuple[FeedRefreshed, FetchState]:
    """One feed's outcome, and what was learned of it."""
    request = FeedRequest(feed.feed_url, before.etag, before.last_modified, before.body_hash)
    answer = run.fetcher.fetch_feed(request)
    now = run.now()
    if isinstance(answer, FetchFailed):
        return failure(feed, before, answer.error, answer.status, now, answer.retry_after)
    learned = replace(
        before,
        refreshed_at=now,
        next_refresh_at=now + INTERVAL,
        http_status=answer.status,
        error="",
        failure_count=0,
    )
    outcome = FeedRefreshed(feed.feed_url, feed.name, http_status=answer.status)
    if isinstance(answer, Fetched):
        try:
            traces = Traces.from_text(before.entry_traces)
            known = traces.only(run.archive.known_entries(feed.feed_url))
            parsed: ParsedFeed = run.workers.run(
                "parse_feed", answer.body, answer.content_type, answer.final_url, known
            )
        except WorkerFailed as error:
            return failure(feed, before, str(error), answer.status, now, None)
        outcome = take_in(run, keep_title(run, feed, parsed), parsed, outcome)
        learned = replace(
            learned,
            etag=answer.headers.get("etag", ""),
            last_modified=answer.headers.get("last-modified", ""),
            body_hash=answer.body_hash,
            entry_traces=parsed.traces.as_text(),
        )
    if run.options.recheck:
        outcome = recheck_feed(run, feed, outcome)
    return outcome, learned


def failure(
    feed: Feed,
    before: FetchState,
    error: str,
    status: int | None,
    now: datetime,
    retry_after: float | None,
) -> tuple[FeedRefreshed, FetchState]:
    """The outcome of a feed that gave nothing, and when to try it again."""
    count = before.failure_count + 1
    pause = max(back_off(count), timedelta(seconds=retry_after or 0))
    learned = replace(
        before,
        refreshed_at=now,
        next_refresh_at=now + pause,
        http_status=status,
        error=error,
        failure_count=count,
    )
    return FeedRefreshed(feed.feed_url, feed.name, http_status=status, error=error), learned


def keep_title(run: Run, feed: Feed, parsed: ParsedFeed) -> Feed:
    """The feed with the title and site that its document states, stored when they changed."""
    title, site_url = parsed.title or feed.title, parsed.site_url or feed.site_url
    if (title, site_url) == (feed.title, feed.site_url):
        return feed
    return run.archive.note_feed_facts(feed.feed_id, title, site_url)


def take_in(run: Run, feed: Feed, parsed: ParsedFeed, outcome: FeedRefreshed) -> FeedRefreshed:
    """Archive what is new and changed in a parsed feed."""
    known = Known(
        run.archive.known_entries(feed.feed_url),
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
        notes=parsed.notes,
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


def is_present_in(parsed: ParsedFeed) -> Callable[[str], bool]:
    """Tells whether an entry of that id stands in the document, parsed or known."""
    ids = {entry.entry_id for entry in parsed.entries}
    traces = set(parsed.traces.ids.values())
    return lambda entry_id: entry_id in ids or id_trace(entry_id) in traces


def is_failed(run: Run, taken: Taken) -> bool:
    """Whether the entry has a page that should have been read and was not."""
    return run.options.pages and bool(taken.entry.url) and taken.page.page is None


def look(run: Run, feed: Feed, entry: Entry, article_id: str) -> Taken | None:
    """Read the page and the feed's own texts of an entry; None once the run is to stop."""
    if run.stop.is_set():
        return None
    if not run.options.pages:
        page = TakenPage(problem="pages were not fetched in this refresh")
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
        marks = [Mark(tags=feed.tags) if feed.tags else None] * len(fresh)
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
