"""Text measured in terminal cells, by what a reader sees as one character.

Textual measures by rich's cell widths; so does everything here, with one thing more: the two
letters of a flag stay together.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rich.cells import cell_len, split_graphemes

__all__ = [
    "ELLIPSIS",
    "cell_len",
    "cut",
    "cut_middle",
    "drawable",
    "fit",
    "graphemes",
    "whole_graphemes",
]

ELLIPSIS = "…"
_FIRST_REGIONAL, _LAST_REGIONAL = "\U0001f1e6", "\U0001f1ff"

# Soft hyphens have no cell. A joiner is rich's word for "the next character has no cells", which is
# true of emoji, and of the letters of Indic and Arabic script it is not.
_UNMEASURED = re.compile("\u00ad|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])")

Grapheme = tuple[int, int, int]
"""Start and end index in the text, and width in cells."""


def drawable(text: str) -> str:
    """The text without characters whose cells cannot be told."""
    return text if text.isascii() else _UNMEASURED.sub("", text)


def graphemes(text: str) -> list[Grapheme]:
    """The characters of a text as a reader counts them; the spans cover all of it."""
    if text.isascii():
        return [(at, at + 1, 1) for at in range(len(text))]
    spans, _ = split_graphemes(text)
    if not any(_FIRST_REGIONAL <= letter <= _LAST_REGIONAL for letter in text):
        return spans
    joined: list[Grapheme] = []
    open_flag = False
    for start, end, width in spans:
        regional = _FIRST_REGIONAL <= text[start] <= _LAST_REGIONAL
        if regional and open_flag:
            first, _, before = joined[-1]
            joined[-1] = (first, end, before + width)
            open_flag = False
        else:
            joined.append((start, end, width))
            open_flag = regional
    return joined


def whole_graphemes(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans made to begin and end between characters as a reader counts them, apart."""
    if text.isascii() or not spans:
        return list(spans)
    edges = [start for start, _, _ in graphemes(text)] + [len(text)]
    whole: list[tuple[int, int]] = []
    for first, last in spans:
        first = edges[bisect_right(edges, first) - 1]
        last = edges[bisect_left(edges, last)]
        if whole and first < whole[-1][1]:
            first, last = whole[-1][0], max(last, whole.pop()[1])
        whole.append((first, last))
    return whole


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells; what is cut ends in an ellipsis."""
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    used = end = 0
    for _, stop, cells in graphemes(text):
        if used + cells > width - 1:
            break
        used += cells
        end = stop
    return text[:end].rstrip() + ELLIPSIS


def cut_middle(text: str, width: int) -> str:
    """The text in at most `width` cells; an ellipsis stands for what is cut from its middle."""
    if cell_len(text) <= width:
        return text
    head = cut(text, max(1, (width + 1) // 2))
    room = width - cell_len(head)
    start = len(text)
    for begin, _, cells in reversed(graphemes(text)):
        room -= cells
        if room < 0:
            break
        start = begin
    return head + text[start:] if width > 0 else ""


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells, cut or filled with spaces."""
    short = cut(text, width)
    return short + " " * (width - cell_len(short))
