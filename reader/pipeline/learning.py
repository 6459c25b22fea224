"""What a refresh learns of a feed besides its entries: validators, its habit, when to ask again.

Pure: the state before, the answer and the clock come in, the state to keep goes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from archive.feed_models import FetchState
from reader.pipeline.fetch import Fetched, FetchFailed, NotModified
from reader.pipeline.parse import ParsedFeed
from reader.pipeline.schedule import (
    UNKNOWN,
    fresh_for,
    habit_of,
    newest_date,
    next_refresh,
    retry_at,
)

GONE = 410
GONE_WORDS = "answered 410 Gone: it is no more, and not asked again unless you refresh it by name"


def after_answer(
    before: FetchState,
    answer: Fetched | NotModified,
    parsed: ParsedFeed | None,
    dates: Sequence[datetime],
    now: datetime,
    new_count: int,
    interval: timedelta | None = None,
) -> FetchState:
    """The state of a feed that answered; `parsed` is None where it is as it was.

    `dates` are those of its entries; `interval` is the reader's own for the feed.
    """
    found_at = now if new_count else before.news_at
    # At first sight everything is new: there the dates alone tell.
    news_at = found_at if before.refreshed_at else newest_date(dates, now) or found_at
    habit = habit_of(
        dates,
        now,
        before=timedelta(minutes=before.interval_minutes) if before.interval_minutes else None,
        news_at=news_at,
        is_new=new_count > 0,
    )
    stated = parsed.stated if parsed else before.stated
    fresh = fresh_for(answer.headers, now)
    return replace(
        before,
        **validators(before, answer),
        refreshed_at=now,
        next_refresh_at=next_refresh(now, before.feed_url, habit, stated, fresh, interval=interval),
        http_status=answer.status or None,
        error="",
        failure_count=0,
        interval_minutes=round(habit.total_seconds() / 60),
        news_at=news_at,
        gone_at=None,
        stated=stated,
        missed=before.missed,
        entry_traces=parsed.traces.as_text() if parsed else before.entry_traces,
        notes=parsed.notes if parsed else before.notes,
        looked_at=before.looked_at,
    )


def after_failure(
    before: FetchState, error: str, now: datetime, answer: FetchFailed | None = None
) -> FetchState:
    """The state of a feed that gave nothing; `answer` is None where it answered nonsense.

    One that was not asked, as its host is left alone, has not failed once more.
    """
    asked = answer is None or answer.asked
    count = before.failure_count + asked
    gone_at = (before.gone_at or now) if answer and answer.status == GONE else before.gone_at
    until = answer.wait.until if answer and answer.wait else None
    status = answer.status if answer else before.http_status
    return replace(
        before,
        refreshed_at=now,
        next_refresh_at=None if gone_at else retry_at(now, before.feed_url, count, until),
        http_status=status,
        error=error,
        failure_count=count,
        gone_at=gone_at,
        moved_to="",
    )


def with_interval(state: FetchState, interval: timedelta | None) -> FetchState:
    """The state of a feed whose interval the reader has just changed; None: it is learned again.

    One that fails, is gone, or was never asked waits as it did.
    """
    if state.refreshed_at is None or state.next_refresh_at is None or state.error:
        return state
    habit = timedelta(minutes=state.interval_minutes) if state.interval_minutes else UNKNOWN
    at = next_refresh(
        state.refreshed_at, state.feed_url, habit, state.stated, timedelta(), interval=interval
    )
    return replace(state, next_refresh_at=at)


def validators(before: FetchState, answer: Fetched | NotModified) -> dict[str, str]:
    """What makes the next request conditional.

    A 304 brings those of them that are new (RFC 9110, 15.4.5) and leaves the others.
    """
    etag = answer.headers.get("etag", "")
    last_modified = answer.headers.get("last-modified", "")
    if answer.status == 304:
        etag, last_modified = etag or before.etag, last_modified or before.last_modified
    body_hash = answer.body.hash if isinstance(answer, Fetched) else before.body_hash
    return {"etag": etag, "last_modified": last_modified, "body_hash": body_hash}
