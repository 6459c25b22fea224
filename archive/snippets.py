"""Where a text has what a query asks: hits for highlighting, and snippets that show them.

Hits are found in the folded text, as the index finds them, and given as places in the text as it
stands. Cut in Python from the few texts on screen: FTS5's own snippets cost 65 ms and more.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from archive.characters import clean_line
from archive.query_tree import Phrase, Query, phrases
from archive.text import UNSPACED, folded_pieces, is_unspaced, unlink

Span = tuple[int, int]
"""Start and end of a slice, in characters."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """One line out of a text, `…` where it was cut, and the hits inside it."""

    text: str
    hits: tuple[Span, ...] = ()


def find_hits(text: str, query: Query) -> list[Span]:
    """The places in the text that the query's words and phrases match, in order, apart."""
    return _merged(span for _, span in _hits_by_phrase(text, query))


def snippet(text: str, query: Query, width: int = 160) -> Snippet:
    """About `width` characters of a Markdown text, where most of the query's words are near.

    Without a hit in the text (it may be in the title) they are its first ones.
    """
    line = clean_line(plain_text(text))
    hits = _hits_by_phrase(line, query)
    start = _best_start(hits, width)
    start, end = _window(line, max(0, start - width // 4), width)
    before, after = "…" if start else "", "…" if end < len(line) else ""
    shift = len(before) - start
    inside = _merged((a, b) for _, (a, b) in hits if start <= a and b <= end)
    return Snippet(
        before + line[start:end] + after, tuple((a + shift, b + shift) for a, b in inside)
    )


def plain_text(markdown: str) -> str:
    """The words of a Markdown text without its signs, good enough for one line of it."""
    text = _FENCE_OR_RULE.sub("", unlink(markdown))
    text = _LINE_START.sub("", text)
    text = _SIGNS.sub("", text.replace("|", " ")) if _HAS_SIGNS.search(text) else text
    return _ESCAPED.sub(r"\1", text)


_FENCE_OR_RULE = re.compile(r"^[ \t]*(?:`{3,}.*|~{3,}.*|\|?[ \t]*:?-{3,}[-|: \t]*)$", re.MULTILINE)
_LINE_START = re.compile(r"^[ \t]*(?:(?:#{1,6}|>|[-*+])[ \t]+)+", re.MULTILINE)
_HAS_SIGNS = re.compile(r"[*`_|~]")
_SIGNS = re.compile(r"`+|~~|\*\*|__|(?<![\w*\\])[*_](?=\S)|(?<=[^\s\\])[*_](?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")

_OF_TOKENS = r"0-9a-z\x80-\U0010ffff"
_LETTER = r"a-z\x80-\U0010ffff"
_BETWEEN = f"[^{_OF_TOKENS}]*"
# A word ends where no letter follows, or where writing without spaces or a number begins.
_WORD_END = rf"(?:(?![{_LETTER}])|(?=[{UNSPACED}\d]))"
_RUN_END = f"(?![{UNSPACED}])"


def _hits_by_phrase(text: str, query: Query) -> list[tuple[int, Span]]:
    """Each hit with the number of its phrase, in the order of the text."""
    wanted = tuple(dict.fromkeys(phrases(query.tree)))
    if not wanted:
        return []
    folded, pieces = folded_pieces(text)
    hits = [
        (number, match.span())
        for number, phrase in enumerate(wanted)
        for match in _pattern(phrase).finditer(folded)
    ]
    if pieces:
        starts = [piece[2] for piece in pieces]
        hits = [(number, _unfolded(span, pieces, starts)) for number, span in hits]
    return sorted(hits, key=lambda hit: hit[1])


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


@lru_cache(maxsize=256)
def _pattern(phrase: Phrase) -> re.Pattern[str]:
    """What a phrase looks like in folded text."""
    elements: list[str] = []
    previous = ""
    last = len(phrase.tokens) - 1
    for place, token in enumerate(phrase.tokens):
        elements.append(_element(token, previous, place == last and phrase.prefix))
        previous = token
    if is_unspaced(previous) and len(previous) == 1 and not phrase.prefix:
        elements.append(_RUN_END)
    return re.compile("".join(elements))


def _element(token: str, previous: str, open_end: bool) -> str:
    """The pattern of one token after another: pairs overlap, words stand by themselves."""
    if is_unspaced(token):
        if len(previous) == 2 and is_unspaced(previous) and previous[1] == token[0]:
            return re.escape(token[1:]) or _RUN_END
        return (_BETWEEN if previous else "") + re.escape(token)
    before = (_RUN_END if is_unspaced(previous) else "") + _BETWEEN if previous else ""
    literal = re.escape(token)
    if token.isdecimal():
        return before + literal + rf"(?<!\d{literal})" + ("" if open_end else r"(?!\d)")
    return before + literal + _begins_word(literal) + ("" if open_end else _WORD_END)


def _begins_word(literal: str) -> str:
    """Whether what was just matched begins a word; looked at afterwards, for speed."""
    return rf"(?:(?<![{_LETTER}]{literal})|(?<=[{UNSPACED}\d]{literal}))"


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
    """Where the stretch begins that shows most of the phrases; the first of equals."""
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
