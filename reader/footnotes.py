"""Footnotes of a Markdown text: where its marks stand, and where the notes that they mean. Pure.

Marks are `[2]`, `[^2]` and raised digits. A note is a line that begins with its mark, or an item of
the last numbered list, where every item of that has a mark before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 500
"""Footnotes of one text that are looked for; what has more is an index."""

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(r"\[\^?(\d{1,3})\](?![(\[:])|(?<=\S)([⁰¹²³⁴-⁹]{1,3})(?![⁰¹²³⁴-⁹])")
_UNIT = re.compile(r"(?:(?:^|[\W\d])[kcdmµ]?m|(?:^|\W)10)$")
"""What raised digits are a power of, as in m² and 10³."""
_NOTE = re.compile(r"^[> \t]*(?:\[\^?(\d{1,3})\]:?|([⁰¹²³⁴-⁹]{1,3}))(?=\s)", re.MULTILINE)
_ITEM = re.compile(r"^(\d{1,3})[.)][ \t]+(?=\S)", re.MULTILINE)
_BACK = "↩"
_LONGEST_UNIT = 4


@dataclass(frozen=True, slots=True)
class Footnote:
    """A mark from `start` to `end` of the text that leads to the offset `target`.

    Also the other way: the mark at a note, or its arrow, leads to the first mark in the text.
    """

    start: int
    end: int
    target: int


def footnotes_of(text: str) -> tuple[Footnote, ...]:
    """The marks that lead somewhere, in the order of the text."""
    notes = {
        number: (match.end() - len(match[0].lstrip("> \t")), match.end())
        for number, match in _numbered(_NOTE, text)
    }
    marks = [
        (number, match.span())
        for number, match in _numbered(_MARK, text)
        if match.start() != notes.get(number, (-1,))[0] and not _is_power(text, match)
    ]
    first = dict(reversed(marks))
    items = _last_list(text, first)
    found = []
    for number, (start, end) in marks:
        target = notes.get(number) or items.get(number)
        if target is not None and target[0] > start:
            found.append(Footnote(start, end, target[0]))
    led_to = {each.target for each in found}
    for number, (start, end) in {**items, **notes}.items():
        if start in led_to:
            found += _back(text, start, end, first[number][0])
    return tuple(sorted(found, key=lambda each: each.start)[:MOST])


def _numbered(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for match in pattern.finditer(text):
        yield int((match[1] or match[2]).translate(_RAISED)), match


def _is_power(text: str, match: re.Match[str]) -> bool:
    at = match.start()
    return bool(match[2]) and bool(_UNIT.search(text[max(0, at - _LONGEST_UNIT) : at]))


def _last_list(text: str, marks: dict[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """The items of the last numbered list that begins at 1; none unless all have a mark before."""
    items: dict[int, tuple[int, int]] = {}
    for match in _ITEM.finditer(text):
        number = int(match[1])
        if number == 1:
            items = {}
        if number == len(items) + 1:
            end = text.find("\n", match.end())
            items[number] = (match.end(), len(text) if end < 0 else end)
    begin = items[1][0] if items else 0
    are_notes = all(number in marks and marks[number][0] < begin for number in items)
    return items if are_notes else {}


def _back(text: str, start: int, end: int, mark: int) -> Iterator[Footnote]:
    """What leads from a note to its mark: the note's own mark, or the arrow of an item."""
    arrow = text.find(_BACK, start, end)
    if arrow >= 0:
        yield Footnote(arrow, arrow + len(_BACK), mark)
    elif text[start] in "[⁰¹²³⁴⁵⁶⁷⁸⁹":
        yield Footnote(start, end, mark)
