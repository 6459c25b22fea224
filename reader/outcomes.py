"""What comes of long work, one thing at a time, as the library yields it to a front end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.models import Feed

NOT_KEPT, NO_WORDS = "No raw page of this article was kept.", "The raw page holds no words."
"""Why there is no page to show behind an article."""


@dataclass(frozen=True, slots=True)
class RuleCall:
    """A new article that a rule tells of: the reader if `notify`, else only its `command`."""

    rule_name: str
    article_id: str
    title: str
    notify: bool = False
    command: str = ""


@dataclass(frozen=True, slots=True)
class FeedRefreshed:
    """What a refresh did for one feed; `error` is one sentence, empty when all went well.

    `notes` are sentences on what of the feed's document was broken or left out.
    `new_count` counts the entries that this feed had not shown before; `failed_pages` those whose
    page could not be read; `seconds` is the time from request to the last article saved. `calls`
    are what rules tell of among its new articles.
    """

    feed_url: str
    title: str = ""
    new_count: int = 0
    changed_count: int = 0
    unchanged_count: int = 0
    failed_pages: int = 0
    http_status: int | None = None
    error: str = ""
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    calls: tuple[RuleCall, ...] = ()


@dataclass(frozen=True, slots=True)
class RefreshProgress:
    """How far a run is: feeds and the pages behind their entries.

    When those are done, the articles whose pictures are: the others are zero then.
    """

    feeds_done: int = 0
    feeds_total: int = 0
    pages_done: int = 0
    pages_total: int = 0
    pictures_done: int = 0
    pictures_total: int = 0


@dataclass(frozen=True, slots=True)
class PageSaved:
    """What became of a page; `error` is one sentence, empty when it was archived."""

    url: str
    article_id: str = ""
    title: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class WholePage:
    """A raw page reduced to text, furniture and all; `text` is Markdown."""

    url: str
    fetched_at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class FeedChoice:
    """One of several feeds that an address stands for; `kind` is rss, atom, json or empty."""

    url: str
    title: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FeedFound:
    """A feed that can be subscribed to, and others that its site has beside it.

    `others` are as the site announces them, not looked at; the same feed in another format and
    feeds of comments are not among them.
    """

    feed: Feed
    others: tuple[FeedChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedMended:
    """A feed that is asked at another address from now on; `note` says what did not go along."""

    feed: Feed
    note: str = ""
