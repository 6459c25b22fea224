"""What a query means, as a tree of frozen values. query.py makes it, query_sql.py answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.text import is_lone

Column = Literal["", "title", "author", "outlet"]
Flag = Literal["read", "unread", "starred"]

SHORTEST_FAST_PREFIX = 4
"""Letters from which on a prefix search over all texts is fast enough to follow typing."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded tokens that must stand side by side; column "" is title or text.

    With `prefix` the last token may go on; with `typed` it is still being typed, and where a
    prefix search over texts would be slow (`is_short`) titles and whole words answer.
    """

    tokens: tuple[str, ...]
    prefix: bool = False
    typed: bool = False
    column: Column = ""

    @property
    def is_short(self) -> bool:
        """Whether the last token is too short for a fast prefix search over texts."""
        return is_lone(self.tokens[-1]) or len(self.tokens[-1]) < SHORTEST_FAST_PREFIX


@dataclass(frozen=True, slots=True)
class InFeed:
    """Articles of the feeds that `name` means: an id, a URL, or part of a title or folder."""

    name: str


@dataclass(frozen=True, slots=True)
class InLanguage:
    """Articles in a language; `code` is lower case, `zh` also finds `zh-hans`."""

    code: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """Articles with the tag or one below it (`ai` has `ai/chips`), whatever its case.

    With `prefix` any tag that begins so: it is still being typed.
    """

    tag: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """Articles with that mark."""

    flag: Flag


@dataclass(frozen=True, slots=True)
class Since:
    """Articles whose `sort_at` is that instant or later."""

    instant: datetime


@dataclass(frozen=True, slots=True)
class Until:
    """Articles whose `sort_at` is earlier than that instant."""

    instant: datetime


@dataclass(frozen=True, slots=True)
class And:
    """What matches every part; without parts, everything."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """What matches at least one part; without parts, nothing."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """What does not match the part."""

    part: Node


Node = Phrase | InFeed | InLanguage | Tagged | Is | Since | Until | And | Or | Not
EVERYTHING = And()
NOTHING = Or()


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. `hints` are plain sentences on what was ignored or taken otherwise."""

    tree: Node = EVERYTHING
    hints: tuple[str, ...] = ()


def phrases(node: Node) -> Iterator[Phrase]:
    """The phrases that a match may show: those of titles and texts, outside any negation."""
    match node:
        case Phrase(column="" | "title"):
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from phrases(part)
        case _:
            return
