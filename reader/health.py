"""How a feed fares, in words and by one rule for every front end: fine, quiet, failing or dead.

Pure: from what the archive knows of a feed, and the time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from archive.characters import clean_line
from archive.feed_models import FetchState
from archive.models import Feed, FeedActivity, FeedStatus
from reader.addresses import COMMAND, FILE

State = Literal["ok", "quiet", "failing", "dead"]

DEAD_AFTER = timedelta(days=365)
"""A feed without an entry for so long is taken for given up."""
LEAST_SILENCE = timedelta(days=7)
"""Nobody is called quiet for less."""
HABITS_OF_SILENCE = 4
"""How many times its usual pause a feed may be silent."""
WINDOW = timedelta(weeks=12)
FEWEST_ENTRIES = 3
"""Entries in that time from which on a habit is read."""
GONE_AFTER = 5
"""Failures in a row from which on a name that nobody knows is gone; back-off makes that days."""

_UNKNOWN_NAME = "is not known"  # as reader.pipeline.fetch_words says it
_DAY = 86_400
_MEND = "If it has moved, mend it: m in the app's page of health (H), or newsreader mend {}"


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A feed and how it fares.

    `weeks` counts the entries of the last twelve weeks, the oldest first. `entries_per_week` is
    their mean, over the time that the feed is known for. `trouble` says what is wrong and `advice`
    what to do, a clause and a sentence; both empty where all is well. Of a feed that is fine
    `trouble` is what of its document was broken or left out.
    """

    status: FeedStatus
    state: State
    weeks: tuple[int, ...]
    entries_per_week: float
    last_entry_at: datetime | None
    trouble: str = ""
    advice: str = ""

    @property
    def feed(self) -> Feed:
        """The feed itself."""
        return self.status.feed


def feed_health(status: FeedStatus, activity: FeedActivity, now: datetime) -> FeedHealth:
    """How a feed fares at that time."""
    state, trouble, advice = _judge(status, activity, now)
    per_week = _per_week(activity, now)
    return FeedHealth(status, state, activity.weeks, per_week, activity.last_at, trouble, advice)


def by_urgency(health: FeedHealth) -> tuple[int, str]:
    """A key that sorts dead and failing feeds before quiet ones, and those before the others."""
    order: tuple[State, ...] = ("dead", "failing", "quiet", "ok")
    return order.index(health.state), health.feed.name.casefold()


def lasting(length: timedelta) -> str:
    """A length of time in its largest whole unit: `3 hours`, `9 days`, `14 months`, `2 years`."""
    seconds = max(0.0, length.total_seconds())
    for size, least, unit in (
        (_DAY * 365.25, 2, "year"),
        (_DAY * 30.44, 3, "month"),
        (_DAY * 7, 3, "week"),
        (_DAY, 1, "day"),
        (3600, 1, "hour"),
        (60, 1, "minute"),
    ):
        if seconds >= size * least:
            count = int(seconds // size)
            return f"{count:,} {unit}{'' if count == 1 else 's'}"
    return "less than a minute"


def briefly(length: timedelta) -> str:
    """The same in at most four cells, for columns: `now`, `3h`, `9d`, `12w`, `2y`."""
    seconds = length.total_seconds()
    for size, least, unit in (
        (_DAY * 365.25, 2, "y"),
        (_DAY * 7, 3, "w"),
        (_DAY, 1, "d"),
        (3600, 1, "h"),
        (60, 1, "m"),
    ):
        if seconds >= size * least:
            return f"{min(int(seconds // size), 999)}{unit}"
    return "now"


def plot(weeks: Sequence[int], *, ascii_only: bool = False) -> str:
    """A cell a week, as high as its entries stand to the most in one week; none is a dot."""
    signs = "._-=+*%#@" if ascii_only else "·▁▂▃▄▅▆▇█"
    most = max(weeks, default=0)
    steps = len(signs) - 1
    return "".join(signs[-(-count * steps // most)] if count else signs[0] for count in weeks)


def pace(per_week: float) -> str:
    """Entries a week, as a number of at most five cells: `0`, `0.1`, `7.0`, `23`, `1,204`."""
    if not per_week:
        return "0"
    return f"{max(per_week, 0.1):.1f}" if per_week < 9.95 else f"{per_week:,.0f}"


def _per_week(activity: FeedActivity, now: datetime) -> float:
    """The mean of the weeks, without those before the feed's first entry."""
    if activity.first_at is None:
        return 0.0
    weeks = math.ceil((now - activity.first_at) / timedelta(weeks=1))
    return round(sum(activity.weeks) / min(max(weeks, 1), len(activity.weeks)), 1)


def _judge(status: FeedStatus, activity: FeedActivity, now: datetime) -> tuple[State, str, str]:
    feed, state = status.feed, status.state
    since = activity.last_at or feed.added_at
    silence = now - since if since else timedelta()
    error = clean_line(state.error).rstrip(".")
    mend = _MEND.format(feed.feed_id)
    if error and (state.gone_at or state.http_status == 410):
        return "dead", error, f"The feed was closed for good. Drop it. {mend}"
    if error and error.endswith(_UNKNOWN_NAME) and state.failure_count >= GONE_AFTER:
        return "dead", f"{error}{_times(state)}", f"Its server is gone. Drop it. {mend}"
    if error:
        return "failing", f"{error}{_times(state)}", _advice(feed, state)
    if silence > DEAD_AFTER:
        advice = "It answers, but seems to be given up. Look at its site, or drop it"
        return "dead", _silent(activity, silence), advice
    if state.refreshed_at and silence > _longest_silence(activity, silence):
        advice = "It answers. Wait, or look at its site"
        return "quiet", _silent(activity, silence), advice
    return "ok", clean_line(" ".join(state.notes)).rstrip("."), ""


def _longest_silence(activity: FeedActivity, silence: timedelta) -> timedelta:
    """How long the feed may say nothing before that is against its habit."""
    if activity.last_at is None:
        return LEAST_SILENCE
    pause = _usual_pause(activity, silence)
    return max(LEAST_SILENCE, HABITS_OF_SILENCE * pause) if pause else WINDOW


def _usual_pause(activity: FeedActivity, silence: timedelta) -> timedelta | None:
    """The time between two entries before the silence began; None where too few tell."""
    count = sum(activity.weeks)
    return max(timedelta(), WINDOW - silence) / count if count >= FEWEST_ENTRIES else None


def _silent(activity: FeedActivity, silence: timedelta) -> str:
    if activity.last_at is None:
        return f"no entry since it was added {lasting(silence)} ago"
    pause = _usual_pause(activity, silence)
    habit = f", used to bring {pace(timedelta(weeks=1) / pause)} a week" if pause else ""
    return f"silent for {lasting(silence)}{habit}"


def _times(state: FetchState) -> str:
    return f", {state.failure_count} times in a row" if state.failure_count > 1 else ""


def _advice(feed: Feed, state: FetchState) -> str:
    """What to do about a feed that failed."""
    status = state.http_status or 0
    if feed.feed_url.startswith(FILE):
        return "Look whether the file is where it was"
    if feed.feed_url.startswith(COMMAND):
        return "Run the command by hand; the log has what it complained of"
    if status in (401, 403):
        return "Its server does not let us in: look at it in a browser"
    if status == 429:
        return "Its server asks for patience and gets it; nothing to do"
    if status >= 500 or (not status and state.failure_count < GONE_AFTER):
        return f"It is tried again by itself. Look at {feed.feed_url} in a browser if it stays so"
    if feed.selector and status == 200:
        return "Look at the page, and add it again with another selector (--select CSS)"
    return f"Look at {feed.site_url or feed.feed_url} in a browser. {_MEND.format(feed.feed_id)}"
