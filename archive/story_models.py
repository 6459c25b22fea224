"""Stories as lists and views show them: frozen values without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ClaimKind = Literal["quantity", "person", "quote"]


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story, or a section of one (`section` over 0).

    `why` is what it shares with the others. `copy_of` is the id of the earliest article that it is
    a near copy of.
    """

    article_id: str
    section: int
    title: str
    outlet: str
    at: datetime
    published_at: datetime | None
    why: str
    copy_of: str | None = None
    read: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What an outlet states, in its own words, and the sentence that says so.

    `start` is where the sentence stands in the article's text. Of members that are near copies the
    earliest alone states what they say.
    """

    value: str
    sentence: str
    article_id: str
    section: int = 0
    start: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that outlets state, by outlet; an outlet that is not there is silent on it.

    `what` is a quantity, a person with what they did, or the words of a quote. `differs`: outlets
    state different numbers of the same quantity.
    """

    what: str
    kind: ClaimKind
    cells: Mapping[str, tuple[Statement, ...]]
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence from `start` to `end` of an article's text that article `by` told already."""

    start: int
    end: int
    by: str


@dataclass(frozen=True, slots=True)
class Novelty:
    """Which of a member's sentences were told by others of its story that were read."""

    article_id: str
    section: int
    sentence_count: int
    told: tuple[Told, ...] = ()

    @property
    def new_percent(self) -> int:
        """How many sentences in a hundred are new; an article without any is not."""
        if not self.sentence_count:
            return 0
        return round(100 * (self.sentence_count - len(self.told)) / self.sentence_count)


@dataclass(frozen=True, slots=True)
class Fold:
    """What a list folds into the row of a story's newest article.

    `folded_count` articles of the list lie under it. The story has `article_count` articles of
    `outlet_count` outlets, of which `unread_count` are unread, whatever the list is of.
    """

    folded_count: int
    article_count: int
    outlet_count: int
    unread_count: int


@dataclass(frozen=True, slots=True)
class Related:
    """An article or section that is near a story and not of it."""

    article_id: str
    section: int
    title: str
    outlet: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Story:
    """The articles of several outlets that tell one event.

    `article_count` counts near copies once, `outlet_count` all outlets. `members` stand in order of
    publication.
    """

    story_id: str
    title: str
    outlet_count: int
    article_count: int
    first_at: datetime
    latest_at: datetime
    why: str
    members: tuple[Member, ...]
    related: tuple[Related, ...] = ()
