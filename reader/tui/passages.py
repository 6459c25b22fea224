"""The passages that a text is marked by: its sentences, or its paragraphs. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from archive.sentences import sentences_of

Unit = Literal["sentence", "paragraph"]
Slice = tuple[int, int]

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


def _trimmed(match: re.Match[str]) -> Slice:
    written = match[0]
    lead = len(written) - len(written.lstrip())
    return match.start() + lead, match.start() + len(written.rstrip())
