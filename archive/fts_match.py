"""MATCH expressions of FTS5, for those parts of a query tree that it can answer alone.

Tokens are folded, so they hold no quote and nothing that FTS5 would read as its own syntax.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archive.feed_names import FeedNames
from archive.index_keys import IMAGE_KEY, LEAD, KeyField, feed_token, language_token, name_tokens
from archive.query_tree import (
    And,
    InFeed,
    InFolder,
    InLanguage,
    Is,
    Near,
    Node,
    Not,
    Or,
    Phrase,
)
from archive.text import is_unspaced

_NO_FEED = "f0"  # feeds are numbered from 1
_LEAD_WORDS = 60
"""Words of a text that tell what it is about: two or three sentences."""


def match(node: Node, feeds: FeedNames, column: str = "") -> str:
    """The expression for a node over the table `fts`; empty if it takes more than FTS5.

    With the column "title" words are wanted in the title only, with "lead" among the first of the
    text, but for prefixes that would be slow there; what is asked of another column stays there.
    """
    match node:
        case Phrase():
            return "" if is_short(node) else _phrase(node, feeds, column)
        case Near(phrases, distance):
            where = "title" if column == "title" else "{title text}"
            return f"{where} : {near(phrases, distance)}"
        case InFeed(name):
            return in_feeds(feeds.named(name))
        case InFolder(name):
            return in_feeds(feeds.in_folder(name))
        case Is("image"):
            return f"keys : {IMAGE_KEY}"
        case InLanguage(code):
            return f'keys : "{language_token(code)}"'
        case And(parts) if parts:
            return _all_parts(parts, feeds, column)
        case Or(parts) if parts:
            expressions = [match(part, feeds, column) for part in parts]
            return joined("OR", expressions) if all(expressions) else ""
        case _:
            return ""


def is_short(node: Phrase) -> bool:
    """Whether the phrase is answered by titles: its unfinished last word is too short for texts."""
    by_title = node.typed or node.column == "title"
    return node.prefix and by_title and node.is_short and node.column in {"", "title"}


def prefix_of_title(node: Phrase) -> str:
    """The expression for titles that have the phrase, its last word perhaps going on."""
    return f'"{" ".join(node.tokens)}" *'


def exact_match(node: Phrase) -> str:
    """The expression for a phrase in titles and texts."""
    return f"{{title text}} : {tokens_of(node)}"


def exactly(node: Phrase) -> Phrase:
    """The phrase with its last word whole."""
    return replace(node, prefix=False, typed=False)


def in_feeds(feed_keys: tuple[int, ...]) -> str:
    """The expression for articles of any of these feeds."""
    tokens = [feed_token(key) for key in feed_keys] or [_NO_FEED]
    return f"keys : ({' OR '.join(tokens)})"


def joined(operator: str, expressions: list[str]) -> str:
    """Expressions joined by AND or OR."""
    return expressions[0] if len(expressions) == 1 else f"({f' {operator} '.join(expressions)})"


def without(expression: str, excluded: list[str]) -> str:
    """The expression for what the first finds and none of the others."""
    return f"({expression} NOT {joined('OR', excluded)})" if excluded else expression


def _all_parts(parts: tuple[Node, ...], feeds: FeedNames, column: str) -> str:
    """A conjunction; FTS5 knows no NOT by itself, so one part at least must not be negated."""
    wanted = [match(part, feeds, column) for part in parts if not isinstance(part, Not)]
    excluded = [match(part.part, feeds) for part in parts if isinstance(part, Not)]
    if not wanted or not all(wanted) or not all(excluded):
        return ""
    return without(joined("AND", wanted), excluded)


def _phrase(node: Phrase, feeds: FeedNames, column: str) -> str:
    match node.column:
        case "author":
            return joined("OR", [_name("author", each) for each in both_orders(node)])
        case "outlet":
            expression = _name("outlet", node)
            of_feeds = feeds.of_outlet(node)
            return joined("OR", [expression, in_feeds(of_feeds)]) if of_feeds else expression
        case "url" | "source" as name:
            return _name(name, node)
        case "title":
            return f"title : {tokens_of(node)}"
        case "text" | "" if column == "lead" and not (node.prefix and node.is_short):
            return in_lead(node)
        case "text":
            return f"text : {tokens_of(node)}"
        case _:
            if column == "title":
                return f"title : {tokens_of(node)}"
            return joined("OR", [exact_match(node), _name("author", node)])


def both_orders(name: Phrase) -> tuple[Phrase, ...]:
    """A person's name as asked, and with its last word first or its first one last."""
    if len(name.tokens) == 1 or name.prefix or is_unspaced(name.tokens[0]):
        return (name,)
    first, *middle, last = name.tokens
    turned = (last, first, *middle), (*middle, last, first)
    return (name, *(replace(name, tokens=tokens) for tokens in dict.fromkeys(turned)))


def _name(field: KeyField, node: Phrase) -> str:
    tokens = name_tokens(field, node.tokens)
    return f"keys : {tokens_of(replace(node, tokens=tuple(tokens)))}"


def near(phrases: Iterable[Phrase], distance: int) -> str:
    """The expression for phrases with at most so many words between the first and the last."""
    return f"NEAR({' '.join(map(tokens_of, phrases))}, {distance})"


def in_lead(*phrases: Phrase) -> str:
    """The expression for texts that have all these phrases among their first words."""
    return f"text : {near((Phrase((LEAD,)), *phrases), _LEAD_WORDS - 1)}"


def tokens_of(node: Phrase) -> str:
    """The expression for a phrase wherever it stands."""
    return f'"{" ".join(node.tokens)}"' + (" *" if node.prefix else "")
