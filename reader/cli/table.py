"""An aligned table that fits the terminal: fixed columns, and one that takes what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.characters import clean_line
from reader.cells import cell_len, cut
from reader.cli.terminal import Terminal

GAP = "  "
# Widths come from this many rows, so that a long listing begins at once and needs no memory.
MEASURED_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: at most `limit` cells on a terminal; `flexible` takes what is left instead.

    It is left out of terminals narrower than `from_width` cells.
    """

    limit: int = 0
    right: bool = False
    flexible: bool = False
    from_width: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with the styles it is shown in."""

    text: str
    styles: tuple[str, ...] = ()


Row = Sequence[Cell]


def table(columns: Sequence[Column], rows: Iterable[Row], terminal: Terminal) -> Iterator[str]:
    """The lines of a table; every text is cleaned, cut to its column and padded."""
    remaining = iter(rows)
    measured = list(islice(remaining, MEASURED_ROWS))
    widths = _widths(columns, measured, terminal.width)
    for row in measured:
        yield _line(columns, widths, row, terminal)
    for row in remaining:
        yield _line(columns, widths, row, terminal)


def _widths(columns: Sequence[Column], rows: Sequence[Row], width: int | None) -> list[int]:
    """The cells of each column, 0 for one that is empty in all rows."""
    widest = [
        max((cell_len(clean_line(row[at].text)) for row in rows), default=0)
        for at in range(len(columns))
    ]
    if width is None:
        return widest
    widths = [
        min(one.limit, cells) if width >= one.from_width else 0
        for one, cells in zip(columns, widest, strict=True)
    ]
    taken = sum(cells + len(GAP) for cells in widths if cells)
    room = max(1, width - taken)
    return [
        min(widest[at], room) if column.flexible else widths[at]
        for at, column in enumerate(columns)
    ]


def _line(columns: Sequence[Column], widths: Sequence[int], row: Row, terminal: Terminal) -> str:
    cells = []
    for column, width, cell in zip(columns, widths, row, strict=True):
        if width == 0:
            continue
        text = clean_line(cell.text)
        if terminal.width is not None:
            text = cut(text, width, "…" if terminal.unicode else "...")
        # What fills a column is not styled, so that underlines and the like end with the text.
        space = " " * (width - cell_len(text))
        styled = terminal.style(text, *cell.styles)
        cells.append(space + styled if column.right else styled + space)
    return GAP.join(cells).rstrip()
