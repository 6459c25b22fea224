"""What a session remembers from line to line: the list, the article, what numbers mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from archive.characters import clean_text
from archive.errors import ArchiveError
from archive.index_order import Sort
from archive.models import Article, Feed, FeedStatus, Summary
from archive.paging import lowest_row
from archive.story_models import Claim
from reader.errors import UsageProblem
from reader.library import Library
from reader.plain.console import Console
from reader.plain.text import Block, Text
from reader.plain.wording import counted

Said = Literal[
    "list",
    "article",
    "changes",
    "feeds",
    "links",
    "tags",
    "searches",
    "rules",
    "outline",
    "highlights",
    "claims",
    "timeline",
    "page",
    "",
]
Numbered = Literal[
    "articles",
    "feeds",
    "links",
    "tags",
    "searches",
    "rules",
    "choices",
    "sections",
    "highlights",
    "claims",
    "events",
    "",
]


@dataclass(slots=True)
class Listing:
    """A list of articles, numbered from 1 for as long as it is the present one.

    `rows` are those fetched so far, `first` and `end` (an index, exclusive) bound the page that
    was shown last. Rows newest first are fetched as they are asked for, in another order at once.
    A list of chosen articles has no query (None). `remarks` are said of articles, by id. In a list
    that is `folded` a story is one row; in other orders than by date `under` has what is below.
    One that `is_cut` was fetched at once, and more articles match.
    """

    name: str
    query: str | None
    total: int
    sort: Sort = "date"
    order: str = "newest first"
    remarks: Mapping[str, str] = field(default_factory=dict)
    rows: list[Summary] = field(default_factory=list)
    first: int = 0
    end: int = 0
    folded: bool = False
    under: Mapping[str, Sequence[Summary]] = field(default_factory=dict)
    is_cut: bool = False


@dataclass(slots=True)
class Reading:
    """The open article; `first` and `end` (exclusive) bound the blocks said last.

    `position` is the mark's: where reading stopped, as a character offset in the article's text.
    `sought` are the words that were looked for in it, `found` the block that they led to.
    """

    article: Article
    text: Text
    number: int | None = None
    position: int = 0
    first: int = 0
    end: int = 0
    sought: str = ""
    found: int = -1

    @property
    def source(self) -> str:
        """The Markdown that highlights are passages of, as the app shows it."""
        return clean_text(self.article.text)


@dataclass(slots=True)
class Desk:
    """A session's state. `browse` opens an address and returns what to tell, or raises ReaderError.

    `shown` is what was said last, which an empty line goes on with. `numbered` is what was numbered
    last, from which a number alone chooses; `feed_ids`, `choices` (feeds of a site, by address) and
    the names of `tags`, `searches` and `rules` are what those numbers stood for; so are
    `claims`, and `events`, the articles of a timeline by id. `by_story`: lists fold stories.
    `page` is what is left to say of a raw page.
    """

    library: Library
    console: Console
    browse: Callable[[str], str]
    listing: Listing | None = None
    reading: Reading | None = None
    shown: Said = ""
    numbered: Numbered = ""
    feed_ids: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    page: tuple[Block, ...] = ()
    by_story: bool = False
    is_over: bool = False

    def take(self, listing: Listing) -> None:
        """Makes a list the present one; the open article has no number of another's."""
        self.listing = listing
        if self.reading is not None:
            self.reading.number = None

    def row(self, number: int) -> Summary:
        """The article of that number in the list; raises UsageProblem."""
        listing = self.listing
        if listing is None:
            raise UsageProblem(str(number), "there is no list yet", "Type list, then the number")
        if number > len(listing.rows):
            self.fetch(listing, number)
        if not 1 <= number <= len(listing.rows):
            size = listing.total
            remedy = f"Give a number from 1 to {size}" if size else "Type list for all articles"
            raise UsageProblem(str(number), f"the list has {counted(size, 'article')}", remedy)
        return listing.rows[number - 1]

    def fetch(self, listing: Listing, count: int) -> None:
        """Fetches rows until the list has `count` of them, or no more are there."""
        missing = min(count, listing.total) - len(listing.rows)
        if missing <= 0 or listing.query is None or listing.sort != "date":
            return
        before = lowest_row(self.library.summaries, listing.rows) if listing.rows else None
        if not listing.folded:
            listing.rows += self.library.list(listing.query, limit=missing, before=before)
            return
        rows = self.library.stories.folded.list(
            listing.query, limit=missing, before=before, kept=self.row_ids(listing)
        )
        listing.rows += self.with_folds(listing, rows)

    def with_folds(self, listing: Listing, rows: Sequence[Summary]) -> list[Summary]:
        """Rows of a folded list with what is folded into each, as it is now."""
        folded = self.library.stories.folded
        if listing.sort == "date" and listing.query is not None:
            ids = [row.row_id for row in rows]
            folds = folded.folds(listing.query, ids, self.row_ids(listing))
            return [replace(row, fold=folds.get(row.row_id)) for row in rows]
        parts = ([row, *self.as_now(listing.under.get(row.article_id, ()))] for row in rows)
        return [folded.gathered(part)[0][0] for part in parts]

    def as_now(self, rows: Sequence[Summary]) -> list[Summary]:
        """Rows with marks and row_id of now; those that are gone left out."""
        return self.library.summaries([row.article_id for row in rows])

    def row_ids(self, listing: Listing) -> list[int]:
        """The places that the rows of a list have by now in lists of the archive."""
        return [row.row_id for row in self.as_now(listing.rows)]

    def feeds(self) -> list[FeedStatus]:
        """All feeds by folder and name, which is the order of their numbers from now on."""
        found = sorted(self.library.feeds(), key=_place)
        self.feed_ids = [status.feed.feed_id for status in found]
        return found

    def feed(self, name: str) -> Feed:
        """The feed of a number, an id, an address or part of a title; raises UsageProblem."""
        typed = name
        if not self.feed_ids:
            self.feeds()
        if name.isascii() and name.isdecimal():
            number = int(name[:9])
            if not 1 <= number <= len(self.feed_ids):
                size = counted(len(self.feed_ids), "feed")
                raise UsageProblem(name, f"the list has {size}", "Type feeds to hear them")
            name = self.feed_ids[number - 1]
        try:
            return self.library.find_feed(name)
        except ArchiveError as error:
            # A number stays that of the list which was heard, also when its feed was removed since.
            why = "that feed was removed" if name != typed else error.why
            raise UsageProblem(typed, why, "Type feeds, and give a number of that list") from error


def _place(status: FeedStatus) -> tuple[str, str]:
    return status.feed.folder.casefold(), status.feed.name.casefold()
