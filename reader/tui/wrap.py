"""Breaking text into lines of a width in cells.

Latin breaks between words and after a hyphen inside one; Chinese and Japanese break between any
two characters, but no line begins with a closing mark or ends with an opening one (the rules
called kinsoku, JIS X 4051); what is longer than a line is cut between characters as a reader
counts them, addresses preferably after a slash, a dot or the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.tui.cells import cell_len, graphemes

Range = tuple[int, int]
"""Start and end of a line in the text."""

_SPACES = " \t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
_OPENING = "（「『【〔〈《〖〘｛［"
_CLOSING = (
    "、。，．・：；？！）」』】〕〉》〗〙｝］…‥ー々〻ゝゞヽヾ゛゜％‰〜～"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_IDEOGRAPHS = (
    "\u2e80-\u2fdf\u3003-\u3007\u3012-\u302f\u3031-\u30ff\u3105-\u312f\u31a0-\u4dbf\u4e00-\u9fff"
    "\ua000-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
_ATTACHED = "\u0300-\u036f\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef\u200d"
_IDEOGRAPH = rf"[{_IDEOGRAPHS}][{_ATTACHED}]*"
_WORD = rf"[^\n{_SPACES}{_IDEOGRAPHS}{_OPENING}{_CLOSING}]+"
_UNIT = re.compile(
    rf"\n|[{_SPACES}]+"
    rf"|[{_OPENING}]*(?:(?![{_OPENING}{_CLOSING}]){_IDEOGRAPH}|{_WORD})[{_CLOSING}{_ATTACHED}]*"
    rf"|[{_OPENING}]+|[{_CLOSING}{_ATTACHED}]+|[\s\S]"
)
_IN_WORD = re.compile(r"(?<=\w\w[-–—])(?=\w\w)")
_SPACE_SET = frozenset(
    " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
)
_BREAK_AFTER = frozenset("/?&=#._-–—;+")


def wrap_text(text: str, width: int) -> list[Range]:
    """The lines of a text, each at most `width` cells; a line feed always breaks.

    The spaces at a break belong to no line. A single character wider than the width has a line of
    its own. A text without anything has one empty line.
    """
    width = max(1, width)
    lines: list[Range] = []
    start = end = 0
    used = pending = 0
    for first, last, kind, cells in _units(text, width):
        if kind == "\n":
            lines.append((start, end))
            start = end = last
            used = pending = 0
        elif kind == " ":
            if end > start:
                pending += cells
            else:
                start = end = last
        elif used + pending + cells <= width or end == start:
            used += pending + cells
            pending = 0
            end = last
        else:
            lines.append((start, end))
            start, end, used, pending = first, last, cells, 0
    lines.append((start, end))
    return lines


def wrap_code(text: str, width: int) -> list[Range]:
    """Lines cut exactly at the width, for text whose spaces mean something."""
    lines = list(_pieces(text, 0, max(1, width), frozenset()))
    return lines or [(0, 0)]


def _units(text: str, width: int) -> Iterator[tuple[int, int, str, int]]:
    """Start, end, kind and cells of what may not be broken inside."""
    for match in _UNIT.finditer(text):
        unit, first = match.group(), match.start()
        if unit == "\n" or unit[0] in _SPACE_SET:
            yield first, match.end(), "\n" if unit == "\n" else " ", len(unit)
            continue
        for part in _IN_WORD.split(unit) if "://" not in unit else (unit,):
            cells = cell_len(part)
            if cells <= width:
                yield first, first + len(part), "", cells
            else:
                for begin, end in _pieces(part, first, width, _BREAK_AFTER):
                    yield begin, end, "", cell_len(text[begin:end])
            first += len(part)


def _pieces(text: str, offset: int, width: int, after: frozenset[str]) -> Iterator[Range]:
    """Cut between graphemes, preferably behind one of `after` in the line's last third."""
    start = used = 0
    favoured = favoured_used = 0
    for first, last, cells in graphemes(text):
        if used + cells > width and used:
            at = favoured if favoured > start else first
            yield offset + start, offset + at
            used = used - favoured_used if favoured > start else 0
            start = at
        used += cells
        if text[last - 1] in after and used > width * 2 // 3:
            favoured, favoured_used = last, used
    if start < len(text):
        yield offset + start, offset + len(text)
