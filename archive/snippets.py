"""Where a text has what a query asks: hits for highlighting, and snippets that show them.

Hits are found in the folded text, as the index finds them, and given as places in the text as it
stands. Cut in Python from the few texts on screen: FTS5's own snippets cost 65 ms and more.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.characters import clean_line
from archive.query_tree import Phrase, Query, phrase_groups
from archive.text import folded_pieces, is_unspaced, unlink

Span = tuple[int, int]
"""Start and end of a slice, in characters."""

_LEAD = 3000
"""Characters of a text that are looked at first."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """One line out of a text, `…` where it was cut, and the hits inside it."""

    text: str
    hits: tuple[Span, ...] = ()


def find_hits(text: str, query: Query) -> list[Span]:
    """The places in the text that the query's words and phrases match, in order, apart."""
    return _merged(span for _, span in _hits_by_group(text, query))


def best_place(text: str, query: Query, width: int = 160) -> int | None:
    """Where a Markdown text has most of the query's words near each other; None if it has none.

    As in a snippet, the beginning of a long text is enough if it has them all; addresses of links
    count for nothing.
    """
    for part in (text[:_LEAD], text):
        hits = _hits_by_group(_ADDRESS.sub(lambda link: " " * len(link[0]), part), query)
        if len({number for number, _ in hits}) == len(_wanted(query)) or part is text:
            break
    return _best_start(hits, width) if hits else None


def snippet(text: str, query: Query, width: int = 160) -> Snippet:
    """About `width` characters of a Markdown text, where most of the query's words are near.

    Without a hit in the text (it may be in the title) they are its first ones.
    """
    line, hits, is_whole = _searched(text, query)
    start = _best_start(hits, width)
    start, end = _window(line, max(0, start - width // 4), width)
    before, after = "…" if start else "", "" if is_whole and end == len(line) else "…"
    shift = len(before) - start
    inside = _merged((a, b) for _, (a, b) in hits if start <= a and b <= end)
    return Snippet(
        before + line[start:end] + after, tuple((a + shift, b + shift) for a, b in inside)
    )


def _searched(text: str, query: Query) -> tuple[str, list[tuple[int, Span]], bool]:
    """The text as a line, its hits, and whether it is all of it.

    Where the beginning of a long text has every word of the query, the rest is not looked at.
    """
    if len(text) > _LEAD:
        blank = text.rfind(" ", _LEAD - _LEAD // 8, _LEAD)
        line = clean_line(plain_text(text[: blank if blank > 0 else _LEAD]))
        hits = _hits_by_group(line, query)
        if len({number for number, _ in hits}) == len(_wanted(query)):
            return line, hits, False
    line = clean_line(plain_text(text))
    return line, _hits_by_group(line, query), True


def plain_text(markdown: str) -> str:
    """The words of a Markdown text without its signs, good enough for one line of it."""
    text = _FENCE_OR_RULE.sub("", unlink(markdown))
    text = _LINE_START.sub("", text)
    text = _SIGNS.sub("", text.replace("|", " ")) if _HAS_SIGNS.search(text) else text
    return _ESCAPED.sub(r"\1", text)


# Possessive (`*+`): giving back what was taken would make hostile lines cost their length squared.
_ADDRESS = re.compile(r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_FENCE_OR_RULE = re.compile(r"^[ \t]*+(?:`{3}.*|~{3}.*|\|?[ \t]*+:?-{3}[-|: \t]*+)$", re.MULTILINE)
_LINE_START = re.compile(r"^[ \t]*+(?:(?:#{1,6}|>|[-*+])[ \t]++)++", re.MULTILINE)
_HAS_SIGNS = re.compile(r"[*`_|~]")
_SIGNS = re.compile(r"`+|~~|\*\*|__|(?<![\w*\\])[*_](?=\S)|(?<=[^\s\\])[*_](?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")

_SEPARATORS = r"[\x00-/:-`{-\x7f]*"  # folded text has no other signs than ASCII's


@dataclass(frozen=True, slots=True)
class _Element:
    """A word, a number or a run without spaces, and at which ends nothing may go on."""

    literal: str
    closed_start: bool
    closed_end: bool


def _hits_by_group(text: str, query: Query) -> list[tuple[int, Span]]:
    """Each hit with the number of what it is a form of, in the order of the text."""
    wanted = _wanted(query)
    if not wanted:
        return []
    folded, pieces = folded_pieces(text)
    hits = [
        (number, span)
        for number, group in enumerate(wanted)
        for phrase in group
        for span in _matches(phrase, folded)
    ]
    if pieces:
        starts = [piece[2] for piece in pieces]
        hits = [(number, _unfolded(span, pieces, starts)) for number, span in hits]
    return sorted(hits, key=lambda hit: hit[1])


def _wanted(query: Query) -> tuple[tuple[Phrase, ...], ...]:
    return tuple(dict.fromkeys(phrase_groups(query.tree)))


def _unfolded(span: Span, pieces: list[tuple[int, int, int, int]], starts: list[int]) -> Span:
    """The slice of the text that a slice of its folded form came from."""
    return _unfold(span[0], pieces, starts, end=False), _unfold(span[1], pieces, starts, end=True)


def _unfold(
    place: int, pieces: list[tuple[int, int, int, int]], starts: list[int], *, end: bool
) -> int:
    number = bisect_right(starts, place - end) - 1
    if number < 0:
        return place
    start, stop, folded_start, folded_stop = pieces[number]
    if place - end >= folded_stop:
        return stop + place - folded_stop
    return stop if end else min(start + place - folded_start, stop - 1)


def _matches(phrase: Phrase, folded: str) -> Iterator[Span]:
    """Where the phrase stands in folded text."""
    elements, pattern = _compiled(phrase)
    at = 0
    while match := pattern.search(folded, at):
        if all(_stands_alone(each, match.span(n), folded) for n, each in enumerate(elements, 1)):
            yield match.span()
            at = match.end()
        else:
            at = match.start() + 1


def _stands_alone(element: _Element, span: Span, folded: str) -> bool:
    start, end = span
    if element.closed_start and start and _goes_on(folded[start - 1], element.literal[0]):
        return False
    return not (
        element.closed_end and end < len(folded) and _goes_on(element.literal[-1], folded[end])
    )


def _goes_on(one: str, other: str) -> bool:
    """Whether two neighbouring characters are of one token: both letters, digits or unspaced."""
    kinds = {_kind(one), _kind(other)}
    return len(kinds) == 1 and "sign" not in kinds


def _kind(character: str) -> str:
    if character.isascii():
        return "letter" if character.isalpha() else "digit" if character.isdigit() else "sign"
    if character.isdecimal():
        return "digit"
    return "unspaced" if is_unspaced(character) else "letter"


@lru_cache(maxsize=256)
def _compiled(phrase: Phrase) -> tuple[tuple[_Element, ...], re.Pattern[str]]:
    """The elements of a phrase, and a pattern with a group for each."""
    elements: list[_Element] = []
    previous = ""
    for token in phrase.tokens:
        if not is_unspaced(token):
            elements.append(_Element(token, closed_start=True, closed_end=True))
        elif len(previous) == 2 and is_unspaced(previous) and previous[1] == token[0]:
            run = elements[-1].literal + token[1:]  # a closing single ends the run
            elements[-1] = _Element(run, closed_start=False, closed_end=len(token) == 1)
        else:
            elements.append(_Element(token, closed_start=False, closed_end=len(token) == 1))
        previous = token
    if phrase.prefix:
        elements[-1] = replace(elements[-1], closed_end=False)
    groups = [f"({_bounded(element)})" for element in elements]
    return tuple(elements), re.compile(_SEPARATORS.join(groups))


def _bounded(element: _Element) -> str:
    """A pattern of the element that passes over most places inside longer words at once."""
    start, end = element.literal[0], element.literal[-1]
    before = "(?<![a-z])" if element.closed_start and "a" <= start <= "z" else ""
    after = "(?![a-z])" if element.closed_end and "a" <= end <= "z" else ""
    return before + re.escape(element.literal) + after


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap or touch made one."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _best_start(hits: list[tuple[int, Span]], width: int) -> int:
    """Where the stretch begins that shows most of what is asked; the first of equals."""
    best = most = 0
    for at, (_, (start, _)) in enumerate(hits):
        near = set()
        for number, (_, end) in hits[at : at + 50]:
            if end - start > width * 3 // 4:
                break
            near.add(number)
        if len(near) > most:
            best, most = start, len(near)
    return best


def _window(line: str, start: int, width: int) -> Span:
    """A stretch of the line that begins and ends between words where blanks are near."""
    start = max(0, min(start, len(line) - width))
    end = min(len(line), start + width)
    if start:
        blank = line.find(" ", start, start + width // 8)
        start = blank + 1 if blank >= 0 else start
    if end < len(line):
        blank = line.rfind(" ", end - width // 8, end)
        end = blank if blank >= 0 else end
    return start, end
