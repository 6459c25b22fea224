"""Queries that name somebody: they find the other spellings of the name too. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archive.aliases import Aliases, Spellings
from archive.query_tree import And, Node, Not, Or, Phrase, Query
from archive.text import fold_query

_MOST_PARTS = 5
"""Words side by side that are looked at as one name."""


def with_names(query: Query, aliases: Aliases) -> Query:
    """The query with all spellings of the names in it: as words in any order, or in quotes."""
    tree = _named(query.tree, aliases)
    return query if tree == query.tree else replace(query, tree=tree)


def _named(node: Node, aliases: Aliases) -> Node:
    match node:
        case Phrase():
            return _any((node,), aliases) or node
        case And(parts):
            return And(tuple(_conjunction(parts, aliases)))
        case Or(parts):
            return Or(tuple(_named(part, aliases) for part in parts))
        case Not(part):
            return Not(_named(part, aliases))
        case _:
            return node


def _conjunction(parts: tuple[Node, ...], aliases: Aliases) -> Iterator[Node]:
    at = 0
    while at < len(parts):
        for count in range(min(_MOST_PARTS, len(parts) - at), 0, -1):
            words = parts[at : at + count]
            if found := _any(words, aliases):
                yield found
                break
        else:
            yield _named(parts[at], aliases)
            count = 1
        at += count


def _any(words: tuple[Node, ...], aliases: Aliases) -> Node | None:
    """The words as they are or any other spelling, if they are one of a name."""
    phrases = [each for each in words if isinstance(each, Phrase)]
    columns = {each.column for each in phrases}
    if len(phrases) < len(words) or len(columns) > 1 or not columns <= {"", "title", "text"}:
        return None
    if len(words) > 1 and not all(each.loose for each in phrases):
        return None
    tokens = [token for each in phrases for token in each.tokens]
    name = aliases.by_tokens.get(frozenset(tokens))
    if name is None or (len(words) == 1 and not phrases[0].loose and not _is_spelled(tokens, name)):
        return None
    asked = And(words) if len(words) > 1 else words[0]
    others = [
        Phrase(spelled, column=phrases[0].column)
        for each in name
        if (spelled := tuple(fold_query(each))) and set(spelled) != set(tokens)
    ]
    return Or((asked, *others))


def _is_spelled(tokens: list[str], name: Spellings) -> bool:
    """Whether a phrase in quotes has a spelling's words in its order."""
    return any(fold_query(each) == tokens for each in name)
