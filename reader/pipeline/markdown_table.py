"""Tables: which of them hold data, and those as GitHub's Markdown (GFM 4.10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# Cells with one of these are a page's layout and no data.
_LAYOUT = ("table", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
_PARTS = ("table", "thead", "tbody", "tfoot", "tr")
_INSIDE = {*_PARTS, "td", "th", "caption", "colgroup", "col", "script", "style"}
_LONGEST_CELL = 600
_WIDEST_SPAN = 50
_RULES = {"left": ":---", "center": ":---:", "right": "---:"}


def table_rows(table: _Element) -> list[list[_Element]]:
    """The cells of a table, row by row, without those of tables inside it."""
    rows = []
    for row in table.iter("tr"):
        owner = next(row.iterancestors("table"), None)
        if owner is table:
            rows.append([cell for cell in row if cell.tag in ("td", "th")])
    return [row for row in rows if row]


def is_data_table(table: _Element, rows: list[list[_Element]]) -> bool:
    """Whether a table holds data: columns, and cells that fit a line."""
    if table.get("role") in ("presentation", "none") or len(rows) < 2:
        return False
    if max(len(row) for row in rows) < 2 or _has_strays(table):
        return False
    return not any(_is_layout(cell) for row in rows for cell in row)


def _has_strays(table: _Element) -> bool:
    """Whether words stand in the table outside of its cells, which a table could not show."""
    parts = list(table.iter(*_PARTS))
    loose = [text for part in parts for text in (part.text, *(child.tail for child in part))]
    other = [child for part in parts for child in part if child.tag not in _INSIDE]
    return bool(other) or any(text and text.strip() for text in loose)


def _is_layout(cell: _Element) -> bool:
    if next(cell.iterdescendants(*_LAYOUT), None) is not None:
        return True
    return len("".join(cell.itertext()).strip()) > _LONGEST_CELL


def column_span(cell: _Element) -> int:
    """How many columns a cell takes; a page may claim a billion."""
    stated = (cell.get("colspan") or "1").strip()
    return min(max(int(stated), 1), _WIDEST_SPAN) if stated.isascii() and stated.isdigit() else 1


def write_table(rows: list[list[tuple[str, int]]], aligns: Sequence[str] = ()) -> str:
    """Rows of (Markdown, columns taken) as a table; the first row is its head, as GFM wants one.

    `aligns` are left, center, right or nothing for the first columns; others state nothing.
    """
    lines = [
        [part for text, span in row for part in (_cell(text), *[""] * (span - 1))] for row in rows
    ]
    width = max(len(line) for line in lines)
    written = [f"| {' | '.join(line + [''] * (width - len(line)))} |" for line in lines]
    rules = [_RULES.get(align, "---") for align in aligns[:width]]
    rules += ["---"] * (width - len(rules))
    return "\n".join([written[0], f"| {' | '.join(rules)} |", *written[1:]])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
