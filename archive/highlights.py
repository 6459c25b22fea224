"""Highlights: passages that a reader marked, kept by their words and found again in another text.

A highlight has its words and what stood around them, in the manner of the TextQuoteSelector of the
W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/#text-quote-selector), with
an offset that decides between equals. So a revision that changes the text elsewhere, or words of
the passage itself, does not lose it. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any

from archive.characters import clean_text
from archive.fields import LARGEST_NUMBER, Fields, storable_value

CONTEXT = 32
"""Characters kept of what stands before and after a passage, as in the tools of Hypothesis."""
LONGEST = 20_000
"""Characters of a passage; what is longer is cut."""
_MOST_PLACES = 200
"""Places of the same words, or of the same words around, that are looked at."""
_MOST_ALIKE, _MOST_COMPARED = 20, 400
"""Places of other words that are compared with a passage, and words of one that is: each pair costs
the square of them at worst."""
_LEAST_AROUND = 8
"""Characters around a passage by which it is found when its own words changed."""
_LIKE = 0.6
"""The share of words in common from which on another passage in the same place is the same one."""
_WORD = r"[^\W\u2e80-\U0003ffff]+|[^\s]"
"""A word, or one character of a script without spaces. Compiled at its first use: it takes 2 ms."""

Place = tuple[int, int]
"""Start and end of a passage in a text."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage: its words as they stood in the article's text, Markdown and all.

    `prefix` and `suffix` are up to CONTEXT characters before and after it, `start` its offset.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0


def highlight_of(text: str, start: int, end: int) -> Highlight | None:
    """The passage between two offsets without the space around it; None where there is none."""
    start = max(0, start)
    written = text[start : min(end, start + LONGEST)]
    exact = written.strip()
    if not exact:
        return None
    start += len(written) - len(written.lstrip())
    end = start + len(exact)
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Highlight(exact, before, after, start)


def place_of(text: str, highlight: Highlight) -> Place | None:
    """Where a passage stands in a text, which may be another revision; None where it is gone.

    First its words as they were, then with other space between them, then what stands where they
    stood and resembles them.
    """
    places = [*islice(_exact_places(text, highlight), _MOST_PLACES)]
    places = places or [*islice(_spaced_places(text, highlight), _MOST_PLACES)]
    if places:
        return max(places, key=lambda place: _fit(text, highlight, place))
    return _place_between(text, highlight)


def places_of(text: str, highlights: Iterable[Highlight]) -> list[Place]:
    """The places of those that are still in a text, ascending."""
    found = (place_of(text, highlight) for highlight in highlights)
    return sorted({place for place in found if place is not None})


def changed_highlights(
    known: Sequence[Highlight], added: Iterable[Highlight], removed: Iterable[Highlight]
) -> tuple[Highlight, ...]:
    """The highlights after a change, each once, in the order of the text."""
    gone = set(removed)
    kept = [each for each in known if each not in gone]
    fresh = [_clean(each) for each in added if each.exact.strip()]
    return tuple(sorted(dict.fromkeys([*kept, *fresh]), key=lambda each: each.start))


def highlight_documents(highlights: Iterable[Highlight]) -> list[dict[str, Any]]:
    """The JSON of highlights."""
    return [
        {
            "exact": storable_value(each.exact),
            "prefix": storable_value(each.prefix),
            "suffix": storable_value(each.suffix),
            "start": each.start,
        }
        for each in highlights
    ]


def highlights_from(documents: Iterable[Fields]) -> tuple[Highlight, ...]:
    """The highlights that `highlight_documents` wrote. DamagedFile where they are not."""
    return tuple(
        Highlight(
            read.text("exact", required=True),
            read.text("prefix"),
            read.text("suffix"),
            read.number("start"),
        )
        for read in documents
    )


def _clean(highlight: Highlight) -> Highlight:
    return Highlight(
        clean_text(highlight.exact[:LONGEST]).strip(),
        clean_text(highlight.prefix[-CONTEXT:]),
        clean_text(highlight.suffix[:CONTEXT]),
        min(max(0, highlight.start), LARGEST_NUMBER),
    )


def _exact_places(text: str, highlight: Highlight) -> Iterator[Place]:
    # The offset first: of more than _MOST_PLACES equal passages it is among those looked at.
    length, at = len(highlight.exact), -1
    if text.startswith(highlight.exact, highlight.start):
        yield highlight.start, highlight.start + length
    while (at := text.find(highlight.exact, at + 1)) >= 0:
        yield at, at + length


def _spaced_places(text: str, highlight: Highlight) -> Iterator[Place]:
    words = map(re.escape, highlight.exact.split())
    return (match.span() for match in re.finditer(r"\s+".join(words), text))


def _fit(text: str, highlight: Highlight, place: Place) -> tuple[int, int]:
    """How much of what stood around a passage stands around a place, and how near it is."""
    start, end = place
    before = _alike(text[max(0, start - CONTEXT) : start][::-1], highlight.prefix[::-1])
    after = _alike(text[end : end + CONTEXT], highlight.suffix)
    return before + after, -abs(start - highlight.start)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _place_between(text: str, highlight: Highlight) -> Place | None:
    """The place that resembles the passage most, of those that begin and end as it did.

    Or that stand behind and before the same words as it did.
    """
    from difflib import SequenceMatcher  # listings do without it

    exact = highlight.exact
    words, longest = re.findall(_WORD, exact), 2 * len(exact) + CONTEXT
    if len(words) > _MOST_COMPARED:
        return None
    best, likeness = None, _LIKE
    for start in islice(_starts(text, highlight), _MOST_ALIKE):
        for end in _ends(text, highlight, start, start + longest):
            others = re.findall(_WORD, text[start:end])
            matcher = SequenceMatcher(None, words, others, autojunk=False)
            if matcher.quick_ratio() > likeness and (ratio := matcher.ratio()) > likeness:
                best, likeness = (start, end), ratio
    return best


def _starts(text: str, highlight: Highlight) -> Iterator[int]:
    if not highlight.prefix.strip():
        yield len(text) - len(text.lstrip())
    yield from (at + len(highlight.prefix) for at in _places(text, highlight.prefix))
    yield from _places(text, highlight.exact[:CONTEXT])


def _ends(text: str, highlight: Highlight, start: int, most: int) -> Iterator[int]:
    if not highlight.suffix.strip() and start < (end := len(text.rstrip())) <= most:
        yield end
    yield from islice(_places(text, highlight.suffix, start + 1, most + CONTEXT), 1)
    tail = highlight.exact[-CONTEXT:]
    yield from (at + len(tail) for at in islice(_places(text, tail, start, most), 1))


def _places(text: str, words: str, at: int = 0, most: int | None = None) -> Iterator[int]:
    """Where words begin in a slice of a text; nowhere for words too short to mean something."""
    if len(words.strip()) >= _LEAST_AROUND:
        while (at := text.find(words, at, most)) >= 0:
            yield at
            at += 1
