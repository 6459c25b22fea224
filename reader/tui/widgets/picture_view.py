"""One picture of half cells in the middle of its place, or words instead."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.pixels import Pixels
from reader.tui.cells import cut
from reader.tui.half_cells import HalfCells, half_cells


class PictureView(Widget):
    """Shows a picture that has the size of its place or less."""

    DEFAULT_CSS = "PictureView { width: 1fr; height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._cells: HalfCells | None = None
        self._words = ""

    def show(self, pixels: Pixels | None, words: str = "") -> None:
        """Show a picture, or words in its place."""
        self._cells, self._words = half_cells(pixels) if pixels else None, words
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of the picture, with blanks around."""
        (width, height), style = self.size, self.rich_style
        cells = self._cells
        if cells is None:
            segments = [Segment(cut(self._words, width) if y == height // 2 else "", style)]
        else:
            row = y - (height - len(cells)) // 2
            segments = list(cells[row]) if 0 <= row < len(cells) else []
        used = sum(segment.cell_length for segment in segments)
        left = Segment(" " * ((width - used) // 2), style)
        return Strip([left, *segments]).adjust_cell_length(width, style)
