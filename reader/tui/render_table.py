"""A table of runs drawn with lines, its columns made to fit a width.

Columns that are too wide together are shrunk, the widest first, and their cells wrapped; a table
of more columns than a width can hold becomes a list of records.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.tui.cells import cell_len
from reader.tui.render_inline import Run, join, split_runs
from reader.tui.wrap import wrap_text

Cells = Sequence[Sequence[Run]]
"""One row: the runs of each of its cells."""
Lines = list[list[Run]]

_NARROWEST = 5
"""Cells that a shrunk column keeps."""
_LINE = ("table-line",)


def lay_table(rows: Sequence[Cells], aligns: Sequence[str], head_count: int, width: int) -> Lines:
    """The lines of a table; the first `head_count` rows are its head."""
    naturals = [
        max(1, *(cell_len(join(row[column])) for row in rows if column < len(row)), 1)
        for column in range(len(aligns))
    ]
    room = width - 3 * len(aligns) - 1
    widths = _shrink(naturals, room)
    if widths is None:
        return _records(rows, head_count, width)
    bodies = [_row(row, aligns, widths) for row in rows]
    parted = any(len(body) > 1 for body in bodies[head_count:])
    lines = [_rule("┌┬┐", widths)]
    for index, body in enumerate(bodies):
        if (index == head_count and index > 0) or (parted and index > head_count):
            lines.append(_rule("├┼┤", widths))
        lines += body
    return [*lines, _rule("└┴┘", widths)]


def _shrink(naturals: Sequence[int], room: int) -> list[int] | None:
    """Widths that fit the room, None when even the narrowest columns do not."""
    if sum(naturals) <= room:
        return list(naturals)
    if sum(min(natural, _NARROWEST) for natural in naturals) > room:
        return None
    cap = max(naturals)
    while sum(min(natural, cap) for natural in naturals) > room:
        cap -= 1
    widths = [min(natural, cap) for natural in naturals]
    for column, natural in enumerate(naturals):
        if widths[column] < natural and sum(widths) < room:
            widths[column] += 1
    return widths


def _row(row: Cells, aligns: Sequence[str], widths: Sequence[int]) -> Lines:
    wrapped = [
        _wrap(row[column] if column < len(row) else (), width)
        for column, width in enumerate(widths)
    ]
    lines = []
    for at in range(max(len(cell) for cell in wrapped)):
        line = [Run("│", _LINE)]
        for cell, align, width in zip(wrapped, aligns, widths, strict=True):
            line += _aligned(cell[at] if at < len(cell) else [], align, width)
            line.append(Run("│", _LINE))
        lines.append(line)
    return lines


def _aligned(runs: list[Run], align: str, width: int) -> list[Run]:
    free = width - cell_len(join(runs))
    left = {"right": free, "center": free // 2}.get(align, 0)
    return [Run(" " * (left + 1), ()), *runs, Run(" " * (free - left + 1), ())]


def _wrap(runs: Sequence[Run], width: int) -> Lines:
    return split_runs(runs, wrap_text(join(runs), width))


def _rule(corners: str, widths: Sequence[int]) -> list[Run]:
    left, middle, right = tuple(corners)
    return [Run(left + middle.join("─" * (width + 2) for width in widths) + right, _LINE)]


def _records(rows: Sequence[Cells], head_count: int, width: int) -> Lines:
    """Each row as lines `head: value`, an empty line between rows."""
    head = rows[0] if head_count else ()
    lines: Lines = []
    for row in rows[head_count:] or rows:
        if lines:
            lines.append([])
        for column, cell in enumerate(row):
            name = list(head[column]) if column < len(head) else []
            runs = [*name, Run(": ", ("table-head",)), *cell] if name else list(cell)
            lines += _wrap(runs, width)
    return lines
