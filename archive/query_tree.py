"""What a query means, as a tree of frozen values. query.py makes it, query_sql.py answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.text import is_lone

Column = Literal["", "title", "text", "author", "outlet", "url", "source"]
Flag = Literal[
    "read", "unread", "starred", "changed", "copy", "gone", "hidden", "image", "note", "highlight"
]

SHORTEST_FAST_PREFIX = 4
"""Letters from which on a prefix search over all texts is fast enough to follow typing."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded tokens that must stand side by side; column "" is title, text or author's name.

    With `prefix` the last token may go on; with `typed` it is still being typed, and where a
    prefix search over texts would be slow (`is_short`) titles and whole words answer. `loose`
    says that it stood without quotes, so that widening.py may take its other forms for it too.
    """

    tokens: tuple[str, ...]
    prefix: bool = False
    typed: bool = False
    column: Column = ""
    loose: bool = False

    @property
    def is_short(self) -> bool:
        """Whether the last token is too short for a fast prefix search over texts."""
        return is_lone(self.tokens[-1]) or len(self.tokens[-1]) < SHORTEST_FAST_PREFIX


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases of one column with at most `distance` tokens between the first and the last."""

    parts: tuple[Phrase, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class InFeed:
    """Articles of the feeds that `name` means: an id, a URL, or part of a title or folder."""

    name: str


@dataclass(frozen=True, slots=True)
class InFolder:
    """Articles of the feeds in the folder of that name or path, or in one below it."""

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
    """Articles with that mark, or of that kind.

    Hidden ones are in no result of a query that does not name that flag.
    """

    flag: Flag


@dataclass(frozen=True, slots=True)
class Long:
    """Articles of at least `least` and at most `most` words (None: however many)."""

    least: int = 0
    most: int | None = None


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


Node = (
    Phrase
    | Near
    | InFeed
    | InFolder
    | InLanguage
    | Tagged
    | Is
    | Long
    | Since
    | Until
    | And
    | Or
    | Not
)
EVERYTHING = And()
NOTHING = Or()


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. `hints` are plain sentences on what was ignored or taken otherwise.

    `terms` are its outermost parts as they were written, all of which must match; with an OR
    among them there are none. `written` is all of it. `raised` are trees of what counts for more
    or less (a number below 0) where rare voices come first.
    """

    tree: Node = EVERYTHING
    hints: tuple[str, ...] = ()
    terms: tuple[tuple[str, Node], ...] = ()
    written: str = ""
    raised: tuple[tuple[Node, int], ...] = ()


def phrases(node: Node) -> Iterator[Phrase]:
    """The phrases that a match may show: those of titles and texts, outside any negation."""
    match node:
        case Phrase(column="" | "title" | "text"):
            yield node
        case And(parts) | Or(parts) | Near(parts):
            for part in parts:
                yield from phrases(part)
        case _:
            return


def phrase_groups(node: Node) -> tuple[tuple[Phrase, ...], ...]:
    """The same, those together of which any one will do."""
    match node:
        case And(parts) | Near(parts):
            return tuple(group for part in parts for group in phrase_groups(part))
        case _:
            together = tuple(dict.fromkeys(phrases(node)))
            return (together,) if together else ()


def words_in_order(node: Node) -> tuple[Phrase, ...]:
    """What is asked of titles and texts as it was written, without other forms of a word."""
    match node:
        case And(parts) | Near(parts):
            return tuple(word for part in parts for word in words_in_order(part))
        case Or((first, *_)):
            return words_in_order(first)
        case _:
            return tuple(phrases(node))


def names_flag(node: Node, flag: Flag) -> bool:
    """Whether the flag stands anywhere in the tree."""
    match node:
        case And(parts) | Or(parts):
            return any(names_flag(part, flag) for part in parts)
        case Not(part):
            return names_flag(part, flag)
        case _:
            return node == Is(flag)
