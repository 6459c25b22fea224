"""When to ask a feed again. Pure: everything comes in as values.

What counts, in this order: the reader's own interval for the feed; else the longest of the feed's
habit (how often it has something new), what its document asks for and how long its answer is
fresh, between 15 minutes and a day. Days and hours on which the feed asks not to be read are
passed over. A share of the wait, the same for a feed every time, keeps feeds from all coming at
once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from statistics import median

from archive.feed_models import Stated

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(days=1)
UNKNOWN = timedelta(hours=1)
"""The interval of a feed of which no habit is known yet."""

# An article waits a quarter of the usual gap at most, and so half of that as a rule.
_ASKS_A_GAP = 4
# A feed that is silent is asked less and less: ten times in as long as it has been silent.
_ASKS_A_SILENCE = 10
# The habit is that of the newest entries; fewer than three dates tell none.
_DATES_MOST, _DATES_LEAST = 20, 3
_JITTER = 0.1
_LATEST = LONGEST / (1 + _JITTER)
_HOURS_A_WEEK = 7 * 24


def next_refresh(
    now: datetime,
    feed_url: str,
    habit: timedelta,
    stated: Stated,
    fresh: timedelta,
    *,
    interval: timedelta | None = None,
) -> datetime:
    """When to ask a feed again that has just answered.

    `habit` is what `habit_of` found, `fresh` what `fresh_for` did; `interval` is the reader's own.
    """
    if interval is not None:
        return now + _jittered(interval, feed_url)
    wait = max(habit, timedelta(minutes=stated.minutes), fresh)
    return _allowed(now + _jittered(min(_bounded(wait), _LATEST), feed_url), stated)


def retry_at(
    now: datetime, feed_url: str, failure_count: int, until: datetime | None = None
) -> datetime:
    """When to ask a feed again that failed so many times in a row: 15 minutes, doubling, a day.

    `until` is the time before which its host is left alone: then that counts instead.
    """
    if until is not None:
        return until + _jittered(SHORTEST, feed_url) - SHORTEST
    pause = min(SHORTEST * 2 ** min(max(failure_count - 1, 0), 10), _LATEST)
    return now + _jittered(pause, feed_url)


def habit_of(
    dates: Iterable[datetime],
    now: datetime,
    *,
    before: timedelta | None,
    news_at: datetime | None,
    is_new: bool,
) -> timedelta:
    """How often a feed is worth asking, by how often it has something new.

    `dates` are those of its entries, none where the document was not read again; `before` is what
    was found the last time, `news_at` when it last had something new, `is_new` whether it has now.
    Without dates it is learned by trying: more often after news, less often without.
    """
    learned = _by_dates(dates, now)
    if learned is None:
        learned = before or UNKNOWN
        if before is not None and is_new:
            learned = before / 2
        elif before is not None and news_at is None:
            learned = before * 1.5
    silence = now - news_at if news_at else timedelta()
    return _bounded(max(learned, silence / _ASKS_A_SILENCE))


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta:
    """For how long an answer is fresh (RFC 9111, 4.2.1): max-age, less its Age, else Expires.

    At most a day; nothing where the answer does not say so. `headers` have lower-case names.
    """
    directives = _directives(headers.get("cache-control", ""))
    if "no-cache" in directives or "no-store" in directives:
        return timedelta()
    if "max-age" in directives:
        seconds = _seconds(directives["max-age"]) - _seconds(headers.get("age", ""))
        return _at_most_a_day(timedelta(seconds=seconds))
    expires = _date(headers.get("expires", ""))
    if expires is None:
        return timedelta()
    return _at_most_a_day(expires - (_date(headers.get("date", "")) or now))


def newest_date(dates: Iterable[datetime], now: datetime) -> datetime | None:
    """The newest date that can be true; None without one."""
    return max((date for date in dates if date <= now), default=None)


def _by_dates(dates: Iterable[datetime], now: datetime) -> timedelta | None:
    """A share of the usual gap between entries; None where there are too few dates."""
    known = sorted({date for date in dates if date <= now}, reverse=True)[:_DATES_MOST]
    if len(known) < _DATES_LEAST:
        return None
    gaps = [(newer - older).total_seconds() for newer, older in pairwise(known)]
    return timedelta(seconds=median(gaps) / _ASKS_A_GAP)


def _bounded(wait: timedelta) -> timedelta:
    return min(max(wait, SHORTEST), LONGEST)


def _at_most_a_day(wait: timedelta) -> timedelta:
    return min(max(wait, timedelta()), LONGEST)


def _jittered(wait: timedelta, feed_url: str) -> timedelta:
    """The wait and up to a tenth of it more, always the same share for a feed."""
    digest = hashlib.blake2b(feed_url.encode("utf-8", "replace"), digest_size=4).digest()
    share = int.from_bytes(digest, "big") / 2**32
    return wait * (1 + _JITTER * share)


def _allowed(at: datetime, stated: Stated) -> datetime:
    """That instant, or the same minute of the next hour in which the feed may be asked.

    A feed that allows no hour of the week means something else: its words are passed over.
    """
    for hours in range(_HOURS_A_WEEK):
        then = at.astimezone(UTC) + timedelta(hours=hours)
        if then.hour not in stated.skip_hours and then.weekday() not in stated.skip_days:
            return then
    return at


def _directives(header: str) -> dict[str, str]:
    parts = [part.partition("=") for part in header.lower().split(",")]
    return {name.strip(): value.strip(' "') for name, _, value in parts}


def _seconds(text: str) -> int:
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else 0


def _date(header: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
