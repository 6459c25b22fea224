"""Pictures of half cells: the upper half block, its own colour above and the ground's below.

Every terminal with colours shows them, also where they are scrolled or lie under a dialog.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from reader.pixels import Pixels

HalfCells = Sequence[Sequence[Segment]]
"""The lines of a picture."""

_UPPER_HALF = "▀"
_PIXELS_OF_CELL = 8
"""Pixels of a picture that a cell is worth at least, across: small ones are not blown up."""


def fitted(width: int, height: int, most_columns: int, most_rows: int) -> tuple[int, int]:
    """Columns and rows for a picture of that size in pixels, within bounds, in its proportions.

    A cell is taken to be twice as high as it is wide.
    """
    columns = max(1, min(most_columns, -(-width // _PIXELS_OF_CELL)))
    rows = max(1, round(columns * height / width / 2))
    if rows > most_rows:
        rows = max(1, most_rows)
        columns = max(1, min(most_columns, round(2 * rows * width / height)))
    return columns, rows


def half_cells(pixels: Pixels) -> HalfCells:
    """The lines of a picture, each from two lines of its pixels.

    Of a large one this takes 20 ms, so it is no work for between two keys.
    """
    return [list(_line(pixels, row)) for row in range(pixels.height // 2)]


def _line(pixels: Pixels, row: int) -> Iterator[Segment]:
    pairs = (
        (pixels.at(column, 2 * row), pixels.at(column, 2 * row + 1))
        for column in range(pixels.width)
    )
    for (upper, lower), same in groupby(pairs):
        style = Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
        yield Segment(_UPPER_HALF * len(list(same)), style)
