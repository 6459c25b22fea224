"""A second look at the pages of articles that were archived lately."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from archive.models import Article, Feed
from archive.revisions import revise
from archive.text import count_words
from reader.pipeline.assemble import CUT_SHORT, with_notes
from reader.pipeline.identify import drop_title
from reader.pipeline.pages import TakenPage
from reader.pipeline.run import FeedRefreshed, Run

# How long after its archiving an article's page is looked at again.
PERIOD = timedelta(days=30)
WINDOW = 500


def recheck_feed(run: Run, feed: Feed, outcome: FeedRefreshed) -> FeedRefreshed:
    """Look again at the pages of a feed's articles of the last 30 days; counts what changed."""
    started = run.now()
    ids = list(lately_archived(run, feed, started - PERIOD))
    run.tally.add(expected=len(ids))
    changed_count = failed_count = 0
    for article_id, taken in run.pages_pool.map(lambda one: look_again(run, one, started), ids):
        if taken is None:
            continue
        with run.saving:
            known = run.archive.get(article_id)
            seen = seen_again(known, taken, run.now())
            if seen != known:
                run.archive.save([seen])
            changed_count += seen.changed_at != known.changed_at
        failed_count += taken.page is None
    return replace(
        outcome,
        changed_count=outcome.changed_count + changed_count,
        failed_pages=outcome.failed_pages + failed_count,
    )


def lately_archived(run: Run, feed: Feed, since: datetime) -> Iterator[str]:
    """The ids of a feed's articles that were archived after an instant."""
    before: int | None = None
    while True:
        rows = run.archive.list(f"feed:{feed.feed_id}", limit=WINDOW, before=before)
        yield from (row.article_id for row in rows if row.archived_at >= since)
        if len(rows) < WINDOW:
            return
        before = rows[-1].row_id


def look_again(run: Run, article_id: str, started: datetime) -> tuple[str, TakenPage | None]:
    """The page of an article; None when there is none to look at, or it was read in this run."""
    article = run.archive.get(article_id)
    fetched_now = article.fetched_at is not None and article.fetched_at >= started
    if run.stop.is_set() or not article.url or fetched_now:
        return article_id, None
    taken = run.taker.take(article.url)
    run.tally.add(pages=1)
    return article_id, None if run.stop.is_set() else taken


def seen_again(known: Article, taken: TakenPage, now: datetime) -> Article:
    """The article after a second look: a changed text is a revision, a lost page a note."""
    if taken.gone:
        if known.gone_at:
            return known
        note = f"Gone from the web on {now:%Y-%m-%d}; this is your copy."
        return replace(known, gone_at=now, notes=with_notes(known.notes, (note,)))
    text, _ = drop_title(taken.page.text if taken.page else "", known.title)
    word_count = count_words(text)
    too_short = word_count < known.word_count * CUT_SHORT
    if not text or too_short or known.text_from not in ("page", "title", "summary"):
        return known
    if text == known.text:
        return replace(known, gone_at=None) if known.gone_at else known
    renewed = replace(
        known,
        gone_at=None,
        fetched_at=taken.fetched_at,
        page=taken.ref or known.page,
        text_from="page",
        word_count=word_count,
    )
    return revise(renewed, known.title, text, now)
