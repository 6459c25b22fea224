"""What matches a query better: its words in titles, in a text's lead, or in the order asked.

Expressions of FTS5 for walks that say which rows count for more (index_ranking.py). Each may find
rows that the query does not: they are only looked up among its own. So other forms of the words are
left out, and a walk costs little more than the words themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product
from math import prod

from archive.fts_match import exact_match, in_lead, joined, near, tokens_of
from archive.query_tree import And, InLanguage, Near, Node, Not, Or, Phrase, words_in_order

IN_ORDER, TURNED, IN_TITLE, IN_LEAD = 2.0, 1.6, 1.5, 1.5
"""How many times better a match is: all words in their order; two turned, as in a name that some
write the other way round; all in the title; all in the lead."""
_Way = tuple[Phrase, ...]
_LONGEST_EXACT = 20
_A_NAME = 2
_MOST_LEADS = 12
"""Ways to take one form of each word, beyond which leads are not looked at that way."""


def titled(words: Sequence[Node]) -> str:
    """An expression over the table `titles`, of what of these words can stand there.

    Empty where there is nothing, or where something else than words would do as well.
    """
    return _titled(And(tuple(words)))


def _titled(node: Node) -> str:
    match node:
        case Phrase(column="" | "title"):
            return tokens_of(node)
        case Near(phrases, distance):
            return near(phrases, distance)
        case And(parts):
            found = [each for part in parts if (each := _titled(part))]
            return joined("AND", found) if found else ""
        case Or(parts) if parts:
            expressions = [_titled(part) for part in parts]
            return joined("OR", expressions) if all(expressions) else ""
        case _:
            return ""


def all_in_lead(words: Sequence[Node]) -> str:
    """An expression over the table `fts` of texts with all words among their first.

    One NEAR for each way to take a form of every word: FTS5 looks at places only where all of them
    are, in half the time of a NEAR for each word. Empty where there are too many ways, or where
    something else than words would do as well.
    """
    found = [in_lead(*way) for way in _ways(And(tuple(words)))]
    return joined("OR", found) if found else ""


def _ways(node: Node) -> list[_Way]:
    """Each way to take one form of every word; none where that is not all that is meant."""
    match node:
        case Phrase(column="" | "text"):
            return [] if node.prefix and node.is_short else [(node,)]
        case And(parts) | Near(parts):
            each = [_ways(part) for part in parts if not isinstance(part, InLanguage | Not)]
            if prod(map(len, each)) > _MOST_LEADS:
                return []
            return [tuple(chain.from_iterable(taken)) for taken in product(*each)]
        case Or(parts):
            each = [_ways(part) for part in parts]
            return list(chain.from_iterable(each)) if all(each) else []
        case _:
            return []


def in_order(words: Sequence[Node]) -> Iterator[tuple[str, float]]:
    """Expressions over `fts` of the very words in their order, or two of them turned.

    A phrase alone has no better ones.
    """
    asked = words_in_order(And(tuple(words)))
    tokens = tuple(token for word in asked for token in word.tokens)
    if not tokens or len(tokens) > _LONGEST_EXACT or list(words) == list(asked[:1]):
        return
    yield exact_match(Phrase(tokens, prefix=asked[-1].prefix)), IN_ORDER
    if len(asked) == _A_NAME:
        yield exact_match(Phrase((*asked[1].tokens, *asked[0].tokens))), TURNED
