"""Which feeds a refresh takes up. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from archive.feed_models import FetchState
from archive.models import Feed, FeedStatus


def is_due(state: FetchState, now: datetime) -> bool:
    """Whether a feed's time has come: never for one that is gone (410)."""
    if state.gone_at is not None:
        return False
    return state.next_refresh_at is None or state.next_refresh_at <= now


def due_feeds(statuses: Iterable[FeedStatus], now: datetime) -> list[Feed]:
    """The feeds whose time has come, the longest overdue first."""
    due = [status for status in statuses if is_due(status.state, now)]
    never = datetime.min.replace(tzinfo=UTC)
    due.sort(key=lambda status: status.state.next_refresh_at or never)
    return [status.feed for status in due]


def choose(
    statuses: Sequence[FeedStatus], named: Sequence[Feed], now: datetime, *, due: bool
) -> list[Feed]:
    """The feeds to refresh: the named ones, or all but those that are gone; `due`: of them the due.

    A feed that is gone is asked when it is named, and only then.
    """
    if due:
        ids = {feed.feed_id for feed in named}
        return [feed for feed in due_feeds(statuses, now) if not named or feed.feed_id in ids]
    if named:
        return list(named)
    return [status.feed for status in statuses if status.state.gone_at is None]
