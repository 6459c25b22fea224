"""The things an archive keeps, as frozen values without behaviour.

Instants end in `_at` and are aware datetimes in UTC; counts end in `_count`. An empty string or
tuple means "not stated"; None is used only where the command line's contract prints null.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from archive.feed_models import FeedSettings, FetchState
from archive.highlights import Highlight
from archive.pictures import Picture
from archive.section_tags import SectionTag

if TYPE_CHECKING:
    from archive.story_models import Fold

TextFrom = Literal["page", "feed", "summary", "title"]


@dataclass(frozen=True, slots=True)
class Origin:
    """One feed's statement of an article, kept so that its next statement is recognised.

    `entry_id` is what tells the entry from the feed's others; `entry_hash` changes with any
    change of what the feed says of it. `link` is the entry's address as the feed states it.
    """

    feed_url: str
    entry_id: str
    entry_hash: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with an article, as its feed states it: a podcast's sound, a film.

    Without a stated `media_type` (RFC 6838) it is empty, without a length `byte_count` is 0.
    """

    url: str
    media_type: str = ""
    byte_count: int = 0


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where a raw page lies: a WARC file (relative to the archive) and a byte offset in it."""

    warc: str
    offset: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an article under a heading of its own; `start` is a character offset in the text.

    `number` counts from 1; the section's id is the article's with `#number`.
    """

    number: int
    heading: str
    level: int
    start: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A block dropped as furniture, and why; `at` is the offset in the text where it stood."""

    text: str
    why: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that an article had; `archived_at` is when we first had it."""

    archived_at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """The unit people read: clean text (Markdown) and what is known about it.

    Times:
        published_at, updated_at: what the outlet claims; None where it claims nothing believable.
        fetched_at: when its text was last fetched. archived_at: when it first came here.
        changed_at: when its latest revision came, None with only one.
        gone_at: when its page was found deleted.
        sort_at: the earlier of the claim and the first sight; fixed at the first save, so that
        lists never reorder.
        claimed_at: a date that the outlet claims and that cannot be true, else None.
    `categories` are the outlet's own topics, which the reader's tags are apart from. `image_url`
    is a picture that the feed gives for the article, `pictures` are those of its text, in order,
    the lead picture first. `location` says where in the world it
    happened, a name or degrees or both.
    `language` is the text's, `outlet_language` what its page calls its own. `outlet` is the page's
    own site name, else the feed's title (a user's title for the feed is
    applied when listing). `word_count` counts words, or characters of scripts without spaces.
    `revisions` holds earlier texts only, oldest first. `removed` has what was dropped as
    furniture, `notes` what the reader should know of how the text came about.
    """

    url: str
    title: str
    text: str
    archived_at: datetime
    article_id: str = ""
    origins: tuple[Origin, ...] = ()
    canonical_url: str = ""
    source_url: str | None = None
    site_name: str = ""
    feed_title: str = ""
    author: str = ""
    byline: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    fetched_at: datetime | None = None
    changed_at: datetime | None = None
    gone_at: datetime | None = None
    sort_at: datetime | None = None
    language: str | None = None
    word_count: int = 0
    text_from: TextFrom = "page"
    sections: tuple[Section, ...] = ()
    removed: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    page: PageRef | None = None
    claimed_at: datetime | None = None
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    image_url: str = ""
    comments_url: str = ""
    location: str = ""
    outlet_language: str = ""
    pictures: tuple[Picture, ...] = ()

    @property
    def outlet(self) -> str:
        """The publisher's name as the page or the feed gives it."""
        return self.site_name or self.feed_title

    @property
    def feed_url(self) -> str:
        """The feed that brought the article first; empty for a page saved by hand."""
        return self.origins[0].feed_url if self.origins else ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader did with an article. `position` is a character offset in its text.

    An article with `hidden_by` is in no list but those that ask for hidden ones: it has the name of
    the rule that hid it.
    """

    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    position: int = 0
    note: str = ""
    hidden_by: str = ""
    highlights: tuple[Highlight, ...] = ()
    section_tags: tuple[SectionTag, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A change to marks: None leaves a field alone. Tags are added, then taken away.

    Highlights are taken away, then added. Tags are taken away from the article's sections too.
    `rename_tag`, old and new name, replaces a tag and the beginning of those below it.
    """

    read: bool | None = None
    starred: bool | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    position: int | None = None
    note: str | None = None
    hidden_by: str | None = None
    rename_tag: tuple[str, str] | None = None
    add_highlights: tuple[Highlight, ...] = ()
    remove_highlights: tuple[Highlight, ...] = ()
    add_section_tags: tuple[SectionTag, ...] = ()
    remove_section_tags: tuple[SectionTag, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """An article as lists show it; `row_id` is its place in the list (greater is newer).

    `outlet` has the user's title of the feed applied. `claimed_at` is as an article's: a date that
    is not believed. `snippet` and `section`, in which the match lies, are filled by searches only,
    `fold` by lists that fold stories and `new_percent` by the app: how much of an unread article
    was not told by those that were read.
    """

    article_id: str
    row_id: int
    title: str
    url: str
    feed_url: str
    outlet: str
    author: str
    published_at: datetime | None
    archived_at: datetime
    sort_at: datetime
    language: str | None
    read: bool
    starred: bool
    word_count: int
    text_from: TextFrom
    tags: tuple[str, ...] = ()
    changed_at: datetime | None = None
    gone_at: datetime | None = None
    claimed_at: datetime | None = None
    copy_of: str | None = None
    story_id: str | None = None
    snippet: str = ""
    section: Section | None = None
    section_tags: tuple[SectionTag, ...] = ()
    hidden: bool = False
    fold: Fold | None = None
    new_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscription. `title` is the feed's own, `user_title` the reader's and wins when set.

    `folder` is a path of names joined by `/`, empty at the top. `tags` are given to every new
    article of the feed. `former_urls` are the addresses that it has moved away from. `selector` is
    a CSS selector: the feed is a page, its entries what matches.
    """

    feed_url: str
    feed_id: str = ""
    title: str = ""
    user_title: str = ""
    site_url: str = ""
    folder: str = ""
    tags: tuple[str, ...] = ()
    added_at: datetime | None = None
    former_urls: tuple[str, ...] = ()
    selector: str = ""
    settings: FeedSettings = field(default_factory=FeedSettings)

    @property
    def name(self) -> str:
        """What to call the feed on screen."""
        return self.user_title or self.title or self.feed_url


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """A feed with its counts and the outcome of its last refresh, as `feeds` lists it."""

    feed: Feed
    state: FetchState
    article_count: int = 0
    unread_count: int = 0


@dataclass(frozen=True, slots=True)
class FeedActivity:
    """When a feed's articles came, by their place in lists (`sort_at`).

    `weeks` counts those of the last twelve stretches of seven days, the oldest first; the last one
    ends now.
    """

    first_at: datetime | None = None
    last_at: datetime | None = None
    weeks: tuple[int, ...] = (0,) * 12


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag and how many articles have it."""

    tag: str
    article_count: int
    unread_count: int = 0


class Totals(NamedTuple):
    """How many articles an archive holds, and how many of them are unread, are starred."""

    article_count: int
    unread_count: int
    starred_count: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back: the label of the operation and how many articles it touched.

    It touched none where it was a rule, a saved search or a colour. `article_id` is that of the
    only article that the operation was about; empty for several.
    """

    label: str
    article_count: int
    article_id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that `verify` or recovery found: the file, what is wrong, what was done or lost."""

    path: str
    kind: str
    detail: str
    article_ids: tuple[str, ...] = field(default=())
