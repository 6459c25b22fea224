"""The passages that a text is marked by: its sentences, or its paragraphs. Pure.

And what becomes of a passage that meets others that are marked already.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from archive.highlights import Highlight, highlight_of, place_of
from archive.text import is_unspaced, line_joint

Unit = Literal["sentence", "paragraph"]
Slice = tuple[int, int]

# What may stand between two words that are read one after the other: blanks and signs, the address
# of a link (with one level of parentheses, and a title), the mark of a footnote, and a character
# reference, which is read as a sign. Possessive: what is none must not be tried in all its parts.
_BETWEEN = (
    r"(?:\]\((?:<[^<>\n]*+>|[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+)(?:[ \t]++\"[^\"\n]*+\")?+\)"
    r"|\[\^[^\[\]\s]++\]|&(?:[a-zA-Z]{2,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});|[\W_])++"
)
_OMISSION = re.compile(r"\.\.\.|…")

# Lines with words in them, one after another. No run of white space is looked at twice.
_PARAGRAPH = re.compile(r"[^\S\n]*+\S[^\n]*+(?:\n[^\S\n]*+\S[^\n]*+)*+")


@lru_cache(maxsize=16)
def units_of(text: str, unit: Unit) -> tuple[Slice, ...]:
    """Where the units of a text begin and end, in order.

    What has no sentences, such as a heading or code, is as a paragraph a unit among sentences.
    """
    paragraphs = [_trimmed(match) for match in _PARAGRAPH.finditer(text)]
    if unit == "paragraph":
        return tuple(paragraphs)
    from archive.sentences import sentences_of  # no part of a start

    sentences = [(each.start, each.end) for each in sentences_of(text)]
    starts = [start for start, _ in sentences]
    without = [
        (start, end)
        for start, end in paragraphs
        if (at := bisect_left(starts, start)) == len(starts) or starts[at] >= end
    ]
    return tuple(sorted([*sentences, *without]))


def unit_at(units: Sequence[Slice], offset: int) -> int:
    """The number of the first unit that does not end before an offset; the last one's at the end.

    -1 where there are no units.
    """
    ends = [end for _, end in units]
    return min(bisect_left(ends, offset + 1), len(units) - 1)


def passage_with(text: str, words: str) -> Slice | None:
    """From the first to the last of the sentences that have these words, as they are read.

    Signs of Markdown between the words make no difference, nor does case; `...` stands for all
    that is between. None where the text does not have them, or they are none.
    """
    first, last = -1, 0
    for part in _OMISSION.split(words):
        known = re.findall(r"[^\W_]+", part)
        if not known:
            continue
        found = _pattern_of(known).search(text, last)
        if found is None:
            return None
        first, last = first if first >= 0 else found.start(), found.end()
    if first < 0:
        return None
    units = units_of(text, "sentence")
    return units[unit_at(units, first)][0], units[unit_at(units, last - 1)][1]


def _pattern_of(words: Sequence[str]) -> re.Pattern[str]:
    """Finds the words one after another, and none as a part of another word."""
    before = r"(?<![^\W_])" if _is_bounded(words[0][0]) else ""
    after = r"(?![^\W_])" if _is_bounded(words[-1][-1]) else ""
    between = _BETWEEN.join(map(re.escape, words))
    return re.compile(f"{before}{between}{after}", re.IGNORECASE)


def _is_bounded(character: str) -> bool:
    """Whether a word of it is read as one between spaces: Korean ones take endings."""
    return not is_unspaced(character) and line_joint(character, character) == " "


def met_by(text: str, known: Iterable[Highlight], place: Slice) -> dict[Highlight, Slice]:
    """The highlights that a passage of a text overlaps, with their places."""
    first, last = place
    found = ((each, place_of(text, each)) for each in known)
    return {each: at for each, at in found if at and at[0] < last and first < at[1]}


def widened(
    text: str, known: Iterable[Highlight], place: Slice
) -> tuple[Highlight | None, tuple[Highlight, ...]]:
    """The highlight to be added for a passage, and those it meets, which become part of it.

    None and nothing where the passage is highlighted already, or has no words.
    """
    met = met_by(text, known, place)
    places = [place, *met.values()]
    fresh = highlight_of(text, min(at for at, _ in places), max(at for _, at in places))
    return (None, ()) if fresh is None or fresh in met else (fresh, tuple(met))


def _trimmed(match: re.Match[str]) -> Slice:
    written = match[0]
    lead = len(written) - len(written.lstrip())
    return match.start() + lead, match.start() + len(written.rstrip())
