"""Text in terminal cells: how wide it is, cut, padded and wrapped.

Wide are the East Asian ones (UAX #11) and emoji; combining marks take no cell. Its own small
measure, because importing rich for it costs a seventh of a listing's whole time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, east_asian_width

ZWJ, VS16 = "\u200d", "\ufe0f"
# Closing punctuation does not begin a line in Chinese and Japanese.
_NO_START = frozenset("，。、；：？！）」』】》〉”’…—・ー％!?,.;:)]}")
_WORD = re.compile(r"\S+|\s+")


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """What a terminal draws in one place, and its cells: a character with its marks, an emoji."""
    cluster, width, joined = "", 0, False
    for character in text:
        own = _width(character)
        extends = joined or own == 0 or "\U0001f3fb" <= character <= "\U0001f3ff"
        if cluster and extends:
            cluster += character
            width = 2 if character == VS16 else max(width, own) if joined else width
        else:
            if cluster:
                yield cluster, width
            cluster, width = character, own
        joined = character == ZWJ and width == 2
    if cluster:
        yield cluster, width


def cell_len(text: str) -> int:
    """How many cells the text takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(width for _, width in clusters(text))


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """The text in at most `width` cells, ending in an ellipsis where something is missing."""
    if len(text) * 2 <= width or cell_len(text) <= width:
        return text
    kept, used = [], 0
    for cluster, cells in clusters(text):
        if used + cells > width - len(ellipsis):
            break
        kept.append(cluster)
        used += cells
    return "".join(kept).rstrip() + ellipsis if width >= len(ellipsis) else ""


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with spaces to `width` cells; `right` moves it to the right edge."""
    space = " " * max(0, width - cell_len(text))
    return space + text if right else text + space


def wrap(text: str, width: int, *, break_words: bool = True) -> list[tuple[int, int]]:
    """Where the lines of a paragraph begin and end, each at most `width` cells.

    Breaks at spaces (dropped at the break) and between wide characters; a longer word is broken
    where the line ends, or stands on a line of its own where `break_words` is false.
    """
    lines: list[tuple[int, int]] = []
    start = end = used = gap = 0
    widest = max(2, width) if break_words else None
    for piece_start, piece_end, cells, is_space in _pieces(text, widest):
        if is_space:
            gap = cells if end > start else 0
            if end == start:
                start = end = piece_end
            continue
        if end > start and used + gap + cells > width:
            lines.append((start, end))
            start, used, gap = piece_start, 0, 0
        end, used, gap = piece_end, used + gap + cells, 0
    return [*lines, (start, end)] if end > start else lines


def _pieces(text: str, width: int | None) -> Iterator[tuple[int, int, int, bool]]:
    """Unbreakable runs of the text: start, end, cells, and whether it is white space.

    None of them is wider than `width`, unless that is None.
    """
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isspace():
            yield match.start(), match.end(), len(word), True
        elif word.isascii() and (width is None or len(word) <= width):
            yield match.start(), match.end(), len(word), False
        else:
            yield from _word_pieces(word, match.start(), width)


def _word_pieces(word: str, at: int, width: int | None) -> Iterator[tuple[int, int, int, bool]]:
    """A word parted around its wide characters, and where it is wider than a line."""
    start, end, used, last_wide = at, at, 0, False
    for cluster, cells in clusters(word):
        wide = cells > 1
        breakable = (wide or last_wide) and cluster[0] not in _NO_START
        if end > start and (breakable or (width is not None and used + cells > width)):
            yield start, end, used, False
            start, used = end, 0
        end += len(cluster)
        used += cells
        last_wide = wide
    yield start, end, used, False


def _width(character: str) -> int:
    if " " <= character <= "~":
        return 1
    if category(character) in ("Mn", "Me", "Cf", "Cc") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
