"""Widening a query over the words that the archive really has. Pure but for what it is handed.

What stands without quotes also finds the other forms of a word (`alibabas`: Alibaba), words written
apart or together (`deepseek`: Deep Seek; `e-mail`: email), and a name with its version however they
are joined (`qwen 3.5`: Qwen3.5). What is excluded by a minus stays as it is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from math import prod
from typing import Protocol

from archive.query_tree import And, InLanguage, Near, Node, Or, Phrase, Query
from archive.text import is_unspaced
from archive.word_forms import ANY_LANGUAGE, word_forms

SHORTEST_WIDENED = 3
_SHORTEST_PART = 3
"""Letters of each part of a word that may be written apart."""
_LONGEST_WIDENED = 40
_MOST_NEAR = 24
"""Ways to take a form of each word in `near( )`."""
_TEXTS = {"", "title", "text"}
_VOWEL_WORDS = frozenset("aio")
"""Letters that are words by themselves."""


class Vocabulary(Protocol):
    """What an archive's texts have."""

    def has(self, *tokens: str) -> bool:
        """Whether some title or text has these tokens side by side."""

    def has_language(self, code: str) -> bool:
        """Whether some article is in that language."""


def widened(query: Query, vocabulary: Vocabulary) -> Query:
    """The query with what its words may also mean; phrases in quotes stay."""
    tree = _widened(query.tree, vocabulary)
    return query if tree == query.tree else replace(query, tree=tree)


def _widened(node: Node, vocabulary: Vocabulary) -> Node:
    match node:
        case Phrase(loose=True) if node.column in _TEXTS:
            return _word(node, vocabulary)
        case Near():
            return _near(node, vocabulary)
        case And(parts):
            return And(_conjunction(parts, vocabulary))
        case Or(parts):
            return Or(tuple(_widened(part, vocabulary) for part in parts))
        case _:
            return node


def _near(near: Near, vocabulary: Vocabulary) -> Node:
    """Any forms of the words near each other; as they are written where there are too many ways."""
    forms = [_spellings(part, vocabulary) for part in near.parts]
    if not 1 < prod(map(len, forms)) <= _MOST_NEAR:
        return near
    ways: list[Node] = []
    for taken in product(*forms):
        languages = {language for _, language in taken if language}
        found = replace(near, parts=tuple(phrase for phrase, _ in taken))
        ways.append(And((found, *languages)) if languages else found)
    return Or(tuple(ways))


def _spellings(phrase: Phrase, vocabulary: Vocabulary) -> list[tuple[Phrase, InLanguage | None]]:
    """A phrase and its other forms, each with the language that it is one of."""
    node = _word(phrase, vocabulary) if phrase.loose else phrase
    found: list[tuple[Phrase, InLanguage | None]] = []
    for form in node.parts if isinstance(node, Or) else (node,):
        match form:
            case Phrase():
                found.append((form, None))
            case And((Phrase() as other, InLanguage() as language)):
                found.append((other, language))
    return found


def _conjunction(parts: tuple[Node, ...], vocabulary: Vocabulary) -> tuple[Node, ...]:
    """The parts, those side by side that are one word or one version elsewhere taken together."""
    done: list[Node] = []
    at = 0
    while at < len(parts):
        pair = _pair(parts[at], parts[at + 1], vocabulary) if at + 1 < len(parts) else None
        done.append(_widened(parts[at], vocabulary) if pair is None else pair)
        at += 1 if pair is None else 2
    return tuple(done)


def _pair(first: Node, second: Node, vocabulary: Vocabulary) -> Node | None:
    if not (isinstance(first, Phrase) and isinstance(second, Phrase) and second.loose):
        return None
    if not _is_word(first) or first.column or second.column:
        return None
    if _is_version(second.tokens):
        named = (*first.tokens, *second.tokens)
        return Phrase(named, loose=True) if vocabulary.has(*named) else None
    if not _is_word(second):
        return None
    joined = first.tokens[0] + second.tokens[0]
    if not vocabulary.has(joined):
        return None
    apart = And((_word(first, vocabulary), _word(second, vocabulary)))
    return Or((apart, Phrase((joined,))))


def _is_word(phrase: Phrase) -> bool:
    return phrase.loose and len(phrase.tokens) == 1 and _is_spelled(phrase.tokens[0])


def _is_spelled(token: str) -> bool:
    """Whether it is a word of letters, of a script that parts words."""
    return token.isalpha() and not is_unspaced(token)


def _is_version(tokens: tuple[str, ...]) -> bool:
    """Whether it is a number of several parts (`3.5`) and no date."""
    return len(tokens) > 1 and all(t.isdecimal() for t in tokens) and len(tokens[0]) < len("2026")


def _word(phrase: Phrase, vocabulary: Vocabulary) -> Node:
    """A word, or what is written as one, with all it may stand for."""
    forms: list[Node] = [phrase]
    match phrase.tokens:
        case (word,) if _is_spelled(word) and SHORTEST_WIDENED <= len(word) <= _LONGEST_WIDENED:
            forms += _forms(phrase, word, vocabulary)
            forms += _apart(phrase, word, vocabulary.has)
        case (name, "s") if _is_spelled(name):  # Alibaba's
            whole = replace(phrase, tokens=(name,))
            forms += [whole, *_forms(whole, name, vocabulary)]
        case (first, second) if _is_spelled(first) and _is_spelled(second):  # e-mail
            joined = first + second
            forms += [replace(phrase, tokens=(joined,))] * vocabulary.has(joined)
    return Or(tuple(forms)) if len(forms) > 1 else phrase


def _forms(phrase: Phrase, word: str, vocabulary: Vocabulary) -> list[Node]:
    found: list[Node] = []
    for form, language in word_forms(word):
        if language != ANY_LANGUAGE and not vocabulary.has_language(language):
            continue
        if vocabulary.has(form):
            other = replace(phrase, tokens=(form,))
            found.append(other if language == ANY_LANGUAGE else And((other, InLanguage(language))))
    return found


def _apart(phrase: Phrase, word: str, has: Callable[..., bool]) -> list[Node]:
    places = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    pairs = [(word[:at], word[at:]) for at in places]
    if word[:1] not in _VOWEL_WORDS:  # e-mail, x-ray, but not a-gain
        pairs.append((word[:1], word[1:]))
    return [replace(phrase, tokens=pair) for pair in pairs if has(*pair)]
