"""A second look at the pages of articles that were archived lately."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from archive.models import Article, Feed, Summary
from archive.paging import windows
from archive.pictures import merged_pictures
from archive.text import count_words
from reader.outcomes import FeedRefreshed
from reader.pipeline.assemble import CUT_SHORT, SAVED, with_note, without_note
from reader.pipeline.blocks import Cleaned
from reader.pipeline.extracted import ExtractedPage
from reader.pipeline.fetch_access import Access
from reader.pipeline.headline import drop_title
from reader.pipeline.identify import choose_title
from reader.pipeline.pages import TakenPage
from reader.pipeline.real_change import revised
from reader.pipeline.run import Run

# How long after its archiving an article's page is looked at again.
PERIOD = timedelta(days=30)
WINDOW = 500
OUTCOME_OF_NO_FEED = FeedRefreshed("", "Pages of no feed")
GONE, UNREAD = "Gone from the web", "Looked at again"


def recheck_feed(run: Run, feed: Feed, outcome: FeedRefreshed) -> FeedRefreshed:
    """Look again at the pages of a feed's articles of the last 30 days; counts what changed."""
    return recheck(run, f"feed:{feed.feed_id}", lambda _: True, outcome)


def recheck_rest(run: Run, feeds: Sequence[Feed]) -> FeedRefreshed:
    """The same for articles of no feed in the run: pages saved by hand, feeds given up."""
    urls = {feed.feed_url for feed in feeds}
    return recheck(run, "", lambda row: row.feed_url not in urls, OUTCOME_OF_NO_FEED)


def recheck(
    run: Run, query: str, wanted: Callable[[Summary], bool], outcome: FeedRefreshed
) -> FeedRefreshed:
    """Look again at the pages of the articles that match; the outcome with what changed."""
    changed_count = failed_count = 0
    for taken, has_changed in looked(run, list(lately_archived(run, query, wanted)), outcome):
        changed_count += has_changed
        failed_count += taken.page is None and not taken.gone and not taken.unchanged
    return replace(
        outcome,
        changed_count=outcome.changed_count + changed_count,
        failed_pages=outcome.failed_pages + failed_count,
    )


def look_again_at(
    run: Run, feed_url: str, outcome: FeedRefreshed
) -> tuple[FeedRefreshed, datetime]:
    """Make the looks at pages of a feed that are due; what changed, and until when all are done.

    A page of a host that wants to be left alone is looked at when its next look is due. That a look
    failed which nobody asked for is a note on its article, and no failure of the run.
    """
    due = run.rounds[feed_url]
    ids = [look.article_id for look in due.looks]
    changed_count = sum(has_changed for _, has_changed in looked(run, ids, outcome))
    return replace(outcome, changed_count=outcome.changed_count + changed_count), due.until


def looked(
    run: Run, ids: Sequence[str], outcome: FeedRefreshed
) -> Iterator[tuple[TakenPage, bool]]:
    """What came of each look at an article's page, and whether the article changed."""
    run.tally.add(expected=len(ids))
    look = partial(look_again, run, of_feed=bool(outcome.feed_url))
    for article_id, taken in run.pages_pool.map(look, ids):
        if taken is None:
            continue
        with run.archive.writing():
            known = run.archive.get(article_id)
            seen = seen_again(known, taken, run.now(), partial(run.cleaner.text, known.url))
            has_changed = seen.changed_at != known.changed_at
            if has_changed and taken.raw:
                seen = replace(seen, page=run.taker.keep(taken) or seen.page)
            if seen != known:
                run.archive.save([seen])
        yield taken, has_changed


def lately_archived(run: Run, query: str, wanted: Callable[[Summary], bool]) -> Iterator[str]:
    """The ids of matching articles that were archived in the period before this run."""
    for rows in windows(run.archive, query, WINDOW):
        yield from (
            row.article_id
            for row in rows
            if run.started - PERIOD <= row.archived_at < run.started and wanted(row)
        )


def look_again(run: Run, article_id: str, of_feed: bool) -> tuple[str, TakenPage | None]:
    """The page of an article; None when there is none to look at, or it was read in this run.

    `of_feed` says that the run is that of its feed, and its pages are taken with its access.
    """
    article = run.archive.get(article_id)
    taker = run.taker if of_feed else run.taker.on_behalf(Access.typed(own_address(article)))
    fetched_now = article.fetched_at is not None and article.fetched_at >= run.started
    # What was imported has a page only for who asks for it.
    unasked = article.fetched_at is None and not run.options.recheck
    if run.stop.is_set() or not article.url or fetched_now or unasked:
        return article_id, None
    taken = taker.look(article.url, article.page)
    run.tally.add(pages=1)
    taken = run.cleaner.cleaned(article.url, taken)
    return article_id, None if run.stop.is_set() else taken


def own_address(article: Article) -> str:
    """What a person typed of an article: its feed's address, or its own if it was saved by hand."""
    return article.feed_url or article.url


def seen_again(
    known: Article, taken: TakenPage, now: datetime, as_cleaned: Callable[[str], str] = str
) -> Article:
    """The article after a second look: a changed text is a revision, a lost page a note.

    A page saved by hand is called as it calls itself; other titles are for their feeds to change.
    """
    if taken.waits:
        return known
    if taken.gone:
        return gone(known, now)
    if known.gone_at and (taken.page is not None or taken.unchanged):
        known = replace(known, gone_at=None, notes=without_note(known.notes, GONE))
    if taken.unchanged:
        return replace(known, notes=without_note(known.notes, UNREAD))
    problem = problem_of(known, taken)
    if problem:
        note = f"{UNREAD} on {now:%Y-%m-%d}: {problem}; the text is kept."
        return replace(known, notes=with_note(known.notes, UNREAD, note))
    known = replace(known, notes=without_note(known.notes, UNREAD))
    title = (own_title(taken.page) if SAVED in known.notes else "") or known.title
    page = taken.page or ExtractedPage()
    cleaned = drop_title(Cleaned(page.text, page.removed), title)
    fresh = revised(known, title, cleaned.text, cleaned.removed, now, as_cleaned)
    if fresh == known or known.text_from == "feed":
        return known
    if fresh.text == known.text and fresh.title == known.title:
        return fresh
    return replace(
        fresh,
        fetched_at=taken.fetched_at,
        page=taken.ref or known.page,
        pictures=merged_pictures(known.pictures, page.pictures),
        text_from="page",
        word_count=count_words(fresh.text),
    )


def own_title(page: ExtractedPage | None) -> str:
    """What a page calls itself; empty where it does not say."""
    return choose_title("", page.heading or page.title, "") if page else ""


def gone(known: Article, now: datetime) -> Article:
    """The article of a page that its site has deleted; when that was first seen stays."""
    if known.gone_at:
        return known
    note = f"{GONE} on {now:%Y-%m-%d}; this is your copy."
    return replace(known, gone_at=now, notes=with_note(known.notes, GONE, note))


def problem_of(known: Article, taken: TakenPage) -> str:
    """Why what the page gave must not replace the text; empty when it may."""
    if taken.page is None or not taken.page.text:
        return f"the page {taken.problem or 'holds no text'}"
    word_count = count_words(taken.page.text)
    if word_count < known.word_count * CUT_SHORT:
        return f"the page gave only {word_count} words in place of {known.word_count}"
    return ""
