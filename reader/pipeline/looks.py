"""When the pages of newly archived articles are looked at again: fewer and fewer times. Pure.

Nothing is stored of an article for that: its looks follow from when it was archived, and of a feed
it is known until when those that had come due are done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.feed_models import Arrived, FetchState

AFTER = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=14),
    timedelta(days=30),
)
"""How long after its archiving an article's page is looked at again."""

MOST = 50
"""How many pages of a feed one run looks at again, and those due in the same instant as the last of
them; the rest is for its next one."""

OF_NO_FEED = "pages of no feed"
"""Under this name it is kept until when the pages are looked at that no subscribed feed brought."""

# A look that nobody made for so long after it was due is not made any more.
_LATEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Look:
    """A look at an article's page that is due since then."""

    article_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """The looks that one run makes at pages of a feed, the longest due first.

    With them all are done that were due `until` then.
    """

    looks: tuple[Look, ...]
    until: datetime


def rounds(
    asked: Iterable[str],
    subscribed: Collection[str],
    states: Mapping[str, FetchState],
    arrived: Callable[[datetime, datetime], Iterable[Arrived]],
    now: datetime,
) -> dict[str, Round]:
    """The round of each of the feeds `asked`, by address.

    By `OF_NO_FEED` that of all articles is asked for which no `subscribed` feed brought. `arrived`
    gives the articles that were archived after one instant and until another.
    """
    since = {url: _since(url, states.get(url), now) for url in asked}
    found: defaultdict[str, list[Look]] = defaultdict(list)
    for span in _spans(min(since.values(), default=now), now):
        for one in arrived(*span):
            key = one.feed_url if one.feed_url in subscribed else OF_NO_FEED
            due = [one.archived_at + step for step in AFTER if one.archived_at + step <= now]
            # A later step takes the place of the earlier ones: one look is enough.
            if key in since and due and due[-1] > since[key]:
                found[key].append(Look(one.article_id, due[-1]))
    return {key: _round(found[key], now) for key in since}


def _spans(since: datetime, now: datetime) -> list[tuple[datetime, datetime]]:
    """When the articles came of which a look came due since then, the earliest first."""
    oldest = now - AFTER[-1] - _LATEST
    spans: list[tuple[datetime, datetime]] = []
    for step in reversed(AFTER):
        start, end = max(since - step, oldest), now - step
        if spans and start <= spans[-1][1]:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _since(url: str, state: FetchState | None, now: datetime) -> datetime:
    """Until when looks are done; for a feed that was never looked at, its last refresh."""
    never = now - _LATEST if url == OF_NO_FEED else now
    return (state and (state.looked_at or state.refreshed_at)) or never


def _round(found: Iterable[Look], now: datetime) -> Round:
    looks = sorted(found, key=lambda look: look.due_at)
    if len(looks) <= MOST:
        return Round(tuple(looks), now)
    until = looks[MOST - 1].due_at
    return Round(tuple(look for look in looks if look.due_at <= until), until)
