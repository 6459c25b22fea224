"""What is set for a feed, and what refreshes learn of it and of its host, as frozen values.

As in `archive.models`, whose `Feed` is the subscription itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """How one feed is taken in, as the reader set it.

    `interval_minutes` is the time between two refreshes, 0 for one that is chosen by itself.
    Without `pages` articles are what the feed states. `user_agent` replaces the program's own.
    New articles of a `muted` feed arrive read.
    """

    interval_minutes: int = 0
    pages: bool = True
    user_agent: str = ""
    muted: bool = False

    @property
    def interval(self) -> timedelta | None:
        """The time between two refreshes; None where it is chosen by itself."""
        return timedelta(minutes=self.interval_minutes) if self.interval_minutes else None


@dataclass(frozen=True, slots=True)
class Stated:
    """How often a feed's document asks to be read; empty where it says nothing.

    At most once in so many `minutes`; not in these `skip_hours` (0 to 23, UTC) nor on these
    `skip_days` (0 is Monday).
    """

    minutes: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class HostWait:
    """That a host (with its port, where that is unusual) is left alone until then.

    It answered `status`; `asked` is True where it named the time itself. `count` is how many such
    answers it gave in a row.
    """

    host: str
    status: int
    until: datetime
    asked: bool = True
    count: int = 1


@dataclass(frozen=True, slots=True)
class LearnedLines:
    """Lines that the pages of a host have in common (`reader.pipeline.learned`).

    `articles` are its latest articles, each a key and the keys of its lines; `repeated` are keys
    of lines that several had, with how many.
    """

    host: str
    articles: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """What refreshes ask of a feed's articles: their titles and the dates that it claims."""

    article_id: str
    title: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Arrived:
    """When an article was archived, and which feed brought it first; empty for a saved page."""

    article_id: str
    archived_at: datetime
    feed_url: str = ""


@dataclass(frozen=True, slots=True)
class PicturesKept:
    """How many pictures were kept so far, and their bytes.

    `until` is when the last articles came whose pictures were asked for.
    """

    count: int = 0
    byte_count: int = 0
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class FetchState:
    """What the last refresh learned of a feed: validators for the next request, and its outcome.

    `interval_minutes` is how often it is worth asking by its habit, 0 if that is not known yet.
    `news_at` is when it last had something new. `gone_at` is since when it answers 410, and is
    not asked any more. `moved_to` is the address that it says it has moved to for good, until a
    second refresh has seen that too. `missed` are the entries whose pages were not to be had, as
    their host wanted to be left alone. `entry_traces` tells which entries of its document are known
    (`reader.pipeline.traces`). `notes` are sentences on what of it was broken or left out.
    `looked_at` is until when all looks at pages of its articles that had come due are done
    (`reader.pipeline.looks`).
    """

    feed_url: str
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    refreshed_at: datetime | None = None
    next_refresh_at: datetime | None = None
    http_status: int | None = None
    error: str = ""
    failure_count: int = 0
    interval_minutes: int = 0
    news_at: datetime | None = None
    gone_at: datetime | None = None
    moved_to: str = ""
    stated: Stated = field(default_factory=Stated)
    missed: tuple[str, ...] = ()
    entry_traces: str = ""
    notes: tuple[str, ...] = ()
    looked_at: datetime | None = None
