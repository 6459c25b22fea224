"""Why a query finds nothing, and what would have been found: near spellings, one part less.

Asks the index for each part of the query by itself, so only a query without a match pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from archive.query_tree import And, Is, Near, Node, Not, Phrase, Query
from archive.spelling import Words, nearest
from archive.text import fold_query
from archive.widening import widened

_MOST_SAID = 3
_MOST_TERMS = 12
"""Parts of a query that are looked at; a pasted page is not explained word by word."""
_WORD = re.compile(r"[^\s\"()]+")


@dataclass(frozen=True, slots=True)
class Miss:
    """Sentences on why a query finds nothing, and a query to try instead; empty where none is."""

    reasons: tuple[str, ...] = ()
    instead: str = ""


def explain(query: Query, words: Words, count: Callable[[Node], int]) -> Miss:
    """Why this query, as parsed, matches nothing; `count` tells how many articles match a tree."""
    if hidden := count(And((widened(query, words).tree, Is("hidden")))):
        reason = f"{_articles(hidden)} would match but {_is(hidden)} hidden: add is:hidden."
        return Miss((reason,), f"{query.written} is:hidden")
    terms = [(text, widened(Query(node), words).tree) for text, node in query.terms[:_MOST_TERMS]]
    dead = [text for (text, tree) in terms if not count(tree)]
    nodes = dict(query.terms[:_MOST_TERMS])
    if dead:
        return _without_dead(dead, nodes, words, count)
    return _one_less(query, terms, count)


def _without_dead(
    dead: list[str],
    nodes: dict[str, Node],
    words: Words,
    count: Callable[[Node], int],
) -> Miss:
    reasons: list[str] = []
    kept: list[str] = []
    for text, node in nodes.items():
        mended = _mended(text, node, words) if text in dead else text
        if text not in dead:
            kept.append(text)
        elif mended == text and len(nodes) > 1:
            reasons.append(f"No article matches {text} by itself.")
        elif mended == text:
            continue
        elif isinstance(node, Near) and "(" not in mended:
            reasons.append(f"Its words are there, but not so near each other: {text}.")
            kept.append(mended)
        elif fold_query(mended) == fold_query(text):
            reasons.append(f"Its words are there, but not side by side: {text}.")
            kept.append(mended)
        else:
            reasons.append(f"No {text}: did you mean {mended}?")
            kept.append(mended)
    return Miss(tuple(reasons[:_MOST_SAID]), _if_it_finds(" ".join(kept), words, count))


def _mended(text: str, node: Node, words: Words) -> str:
    """The text of a term with near spellings in the place of words that are nowhere.

    A phrase of which all words are somewhere comes back as words.
    """
    if isinstance(node, Near):
        return _mended_near(text, node, words)
    if not isinstance(node, Phrase):
        return text
    field, colon, rest = text.partition(":")
    prefix = field + colon if node.column else ""
    value = rest if prefix else text
    mended = prefix + _respelled(value, words)
    apart = [token for word in _WORD.findall(value) for token in fold_query(word)]
    is_phrase = len(apart) > 1 and not prefix
    if mended == text and is_phrase and all(map(words.has, apart)):
        return " ".join(apart) if '"' not in value else text.replace('"', "")
    return mended


def _mended_near(text: str, node: Near, words: Words) -> str:
    """The same of `near(...)`; if all is somewhere, its words without it."""
    name, bracket, inside = text.partition("(")
    mended = name + bracket + _respelled(inside, words)
    if mended == text and all(words.has(*phrase.tokens) for phrase in node.parts):
        parts = (" ".join(phrase.tokens) for phrase in node.parts)
        return " ".join(f'"{part}"' if " " in part else part for part in parts)
    return mended


def _respelled(text: str, words: Words) -> str:
    """With near spellings in the place of words that are nowhere."""

    def respell(match: re.Match[str]) -> str:
        tokens = fold_query(match[0])
        if len(tokens) != 1 or words.has(*tokens):
            return match[0]
        return nearest(tokens[0], words) or match[0]

    return _WORD.sub(respell, text)


def _one_less(query: Query, terms: list[tuple[str, Node]], count: Callable[[Node], int]) -> Miss:
    """Each part matches something: which one cuts off all that the others find."""
    found: list[tuple[str, int]] = []
    for at, (text, _) in enumerate(terms):
        others = tuple(tree for to, (_, tree) in enumerate(terms) if to != at)
        if others and (left := count(And(others))):
            found.append((text, left))
    if not found:
        enough = len(terms) > 1
        return Miss(("Each part matches something, but no article matches all.",) * enough)
    nodes = dict(query.terms)
    found.sort(key=lambda each: (_importance(nodes[each[0]]), -each[1]))
    reasons = [f"Without {text} {_articles(left)} would match." for text, left in found]
    kept = " ".join(text for text, _ in terms if text != found[0][0])
    return Miss(tuple(reasons[:_MOST_SAID]), kept)


def _importance(node: Node) -> int:
    """What one would rather do without comes first: an exclusion, a filter, words."""
    match node:
        case Not():
            return 0
        case Phrase() | Near():
            return 2
        case _:
            return 1


def _if_it_finds(text: str, words: Words, count: Callable[[Node], int]) -> str:
    from archive.query import parse

    found = text.strip() and count(widened(parse(text), words).tree)
    return text.strip() if found else ""


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
