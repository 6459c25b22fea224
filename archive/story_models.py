"""Stories as lists and views show them: frozen values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
