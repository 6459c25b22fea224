"""What works by itself and what is looked for again and again: rules and saved searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive.fields import Fields, instant_text
from archive.models import MarkChange

ARTICLE_RULES, SEARCHES = "article_rules", "searches"
"""Their tables in library.json; `rules` of decisions.json are those of extraction."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done with each article that matches `query`, as it comes in.

    It tags, stars, marks as read, or hides: a hidden article stays in the archive and says by which
    rule. `notify` tells the reader of it, `command` is a line of the shell that gets it. With a
    `priority` above or below 0 what matches stands first or last where rare voices come first, as
    long as the rule acts; nothing of that is kept with the article. A rule does nothing while it is
    off, and from `ends_at` on.
    """

    name: str
    query: str
    tags: tuple[str, ...] = ()
    star: bool = False
    read: bool = False
    mute: bool = False
    on: bool = True
    ends_at: datetime | None = None
    notify: bool = False
    command: str = ""
    priority: int = 0

    @property
    def change(self) -> MarkChange:
        """The rule's doing as a change of marks."""
        return MarkChange(
            read=True if self.read else None,
            starred=True if self.star else None,
            add_tags=self.tags,
            hidden_by=self.name if self.mute else None,
        )

    @property
    def does_nothing(self) -> bool:
        """Whether it would leave everything as it is."""
        return self.change == MarkChange() and not self.calls and not self.priority

    @property
    def calls(self) -> bool:
        """Whether somebody or something is told of its articles."""
        return self.notify or bool(self.command)

    def acts(self, now: datetime) -> bool:
        """Whether it does anything at that time."""
        return self.on and (self.ends_at is None or now < self.ends_at)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name."""

    name: str
    query: str


def rule_document(rule: Rule) -> dict[str, Any]:
    """The document of a rule; `off` is stated, not `on`."""
    stated = {
        "name": rule.name,
        "query": rule.query,
        "tags": list(rule.tags),
        "star": rule.star,
        "read": rule.read,
        "mute": rule.mute,
        "off": not rule.on,
        "ends_at": instant_text(rule.ends_at) if rule.ends_at else None,
        "notify": rule.notify,
        "command": rule.command,
        "priority": rule.priority,
    }
    return {name: value for name, value in stated.items() if value or name == "query"}


def article_rule_from(document: Mapping[str, Any]) -> Rule:
    """The rule of a document. DamagedFile where a field is missing or of another kind."""
    read = Fields(document, "rule")
    return Rule(
        name=read.text("name", required=True),
        query=read.text("query", required=True),
        tags=read.texts("tags"),
        star=read.truth("star"),
        read=read.truth("read"),
        mute=read.truth("mute"),
        on=not read.truth("off"),
        ends_at=read.instant("ends_at"),
        notify=read.truth("notify"),
        command=read.text("command"),
        priority=read.number("priority"),
    )


def search_document(search: SavedSearch) -> dict[str, Any]:
    """The document of a saved search."""
    return {"name": search.name, "query": search.query}


def search_from(document: Mapping[str, Any]) -> SavedSearch:
    """The saved search of a document. DamagedFile where a field is of another kind."""
    read = Fields(document, "saved search")
    return SavedSearch(read.text("name", required=True), read.text("query", required=True))
