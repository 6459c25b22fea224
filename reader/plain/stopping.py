"""Where reading stopped: kept with the marks, so that the app goes on there as well."""

from __future__ import annotations

from itertools import accumulate

from archive.models import MarkChange
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk, Reading


def place_of(reading: Reading, position: int) -> int:
    """The block that is read from at a position of the text: the one there, or the nearest before.

    What announces a list begins where its first item does, and is said before it.
    """
    starts = _starts(reading)
    before = [start for start in starts if start <= position]
    return starts.index(max(before)) if before else 0


def slice_of(reading: Reading, block: int) -> tuple[int, int]:
    """Where a block begins and ends in the article's text; the next lines on are another's."""
    starts = _starts(reading)
    after = [start for start in starts if start > starts[block]]
    return starts[block], min(after, default=len(reading.source))


def keep_place(desk: Desk, reading: Reading) -> None:
    """Keeps the beginning of what was said last; who heard the end begins anew."""
    is_over = reading.end >= len(reading.text.blocks)
    position = 0 if is_over else _starts(reading)[reading.first]
    if position == reading.position or desk.library.read_only:
        return
    desk.console.flush()  # an archive that cannot be written to is heard of after the text
    with held_interrupts():
        change = MarkChange(position=position)
        desk.library.mark([reading.article.article_id], change)
    reading.position = position


def _starts(reading: Reading) -> list[int]:
    """Where each block begins in the article's text."""
    lines = reading.source.split("\n")
    offsets = list(accumulate((len(line) + 1 for line in lines), initial=0))
    return [offsets[min(block.start, len(lines))] for block in reading.text.blocks]
