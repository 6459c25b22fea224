"""An aligned table that fits the terminal: fixed columns, and one that takes what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.characters import clean_line
from reader.cli.cells import cell_len, cut, pad
from reader.cli.terminal import Terminal

GAP = "  "
# Widths come from this many rows, so that a long listing begins at once and needs no memory.
MEASURED_ROWS = 1000
FLEXIBLE_MIN = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column: at most `limit` cells; `flexible` takes the rest of the line instead."""

    limit: int = 0
    right: bool = False
    flexible: bool = False


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


def _widths(columns: Sequence[Column], rows: Sequence[Row], width: int | None) -> list[int | None]:
    """The cells of each column; None leaves it as long as its text."""
    fixed = [
        0
        if column.flexible
        else min(column.limit, max((cell_len(clean_line(row[at].text)) for row in rows), default=0))
        for at, column in enumerate(columns)
    ]
    # An empty column takes no gap either.
    taken = sum(cells + len(GAP) for cells in fixed if cells)
    rest = None if width is None else max(FLEXIBLE_MIN, width - taken)
    return [rest if column.flexible else fixed[at] for at, column in enumerate(columns)]


def _line(
    columns: Sequence[Column], widths: Sequence[int | None], row: Row, terminal: Terminal
) -> str:
    cells = []
    for at, (column, width, cell) in enumerate(zip(columns, widths, row, strict=True)):
        if width == 0:
            continue
        text = clean_line(cell.text)
        if width is not None:
            text = cut(text, width, "…" if terminal.unicode else "...")
            last = at == len(columns) - 1
            text = text if last and not column.right else pad(text, width, right=column.right)
        cells.append(terminal.style(text, *cell.styles))
    return GAP.join(cells).rstrip()
