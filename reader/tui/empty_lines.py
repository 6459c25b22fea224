"""The words of an empty pane in lines: sentences wrap, lists of keys stay in column."""

from __future__ import annotations

from reader.tui.cells import cell_len, cut, fit
from reader.tui.wrap import wrap_text

MEASURE = 60
"""The most cells of a line of a sentence: it is read in the middle of a wide pane as well."""


def lay_empty(words: str, width: int) -> list[str]:
    """The lines of what an empty pane says, none wider than `width`.

    Paragraphs stand apart by an empty line. A paragraph of one line wraps; one of several is a
    list: its lines are cut at the width and filled to one length, so that they share their left
    edge where they are centred.
    """
    lines: list[str] = []
    for paragraph in filter(None, words.split("\n\n")):
        if lines:
            lines.append("")
        rows = paragraph.splitlines()
        lines += _list(rows, width) if len(rows) > 1 else _sentence(paragraph, width)
    return lines


def _list(rows: list[str], width: int) -> list[str]:
    longest = min(max(map(cell_len, rows)), max(0, width))
    return [fit(cut(row, longest), longest) for row in rows]


def _sentence(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap_text(text, min(width, MEASURE))]
