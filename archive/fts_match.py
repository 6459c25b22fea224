"""MATCH expressions of FTS5, for those parts of a query tree that it can answer alone.

Tokens are folded, so they hold no quote and nothing that FTS5 would read as its own syntax.
"""

from __future__ import annotations

from dataclasses import replace

from archive.feed_names import FeedNames
from archive.index_keys import feed_token, language_token, name_tokens
from archive.query_tree import And, InFeed, InLanguage, Node, Not, Or, Phrase

_NO_FEED = "f0"  # feeds are numbered from 1


def match(node: Node, feeds: FeedNames, column: str = "") -> str:
    """The expression for a node over the table `fts`; empty if it takes more than FTS5.

    With the column "title" words are wanted in the title only.
    """
    match node:
        case Phrase():
            return "" if is_short(node) else _phrase(node, feeds, column)
        case InFeed(name):
            return in_feeds(feeds.named(name))
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
    star = " *" if node.prefix else ""
    match node.column:
        case "author" | "outlet" as name:
            tokens = name_tokens(name, node.tokens)
            expression = f'keys : "{" ".join(tokens)}"{star}'
            of_feeds = feeds.of_outlet(node) if name == "outlet" else ()
            return joined("OR", [expression, in_feeds(of_feeds)]) if of_feeds else expression
        case _:
            where = "title" if column or node.column else "{title text}"
            return f'{where} : "{" ".join(node.tokens)}"{star}'
