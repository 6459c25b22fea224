"""A list with a cursor, in which rows that are folded into others can be laid open below them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.geometry import Size
from textual.reactive import reactive

from archive.models import Summary
from reader.tui.widgets.open_rows import Under
from reader.tui.widgets.rows_view import RowsView


class FoldingRows(RowsView):
    """Rows of which some lie open below others; whatever opens and closes, the cursor stays."""

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the current row in the whole list; 0 in an empty one."""

    @property
    def in_sight(self) -> list[Summary]:
        """The loaded rows on screen."""
        rows = map(self._windows.get, range(self.top_row, self.top_row + self.room))
        return [row for row in rows if row is not None]

    @property
    def head(self) -> Summary | None:
        """The row that the current one lies open below; itself where it lies below none."""
        return self._windows.windows.get(self._windows.place_of(self.cursor)[0])

    @property
    def is_open(self) -> bool:
        """Whether rows lie open below the head."""
        return self._windows.is_open(self._windows.place_of(self.cursor)[0])

    def lay_open(self, under: Under) -> None:
        """Show the rows that are folded into others below them; cursor and view stay in place."""
        if under:
            self._change_in_place(partial(self._windows.open, under))

    def fold(self) -> None:
        """Fold what lies open around the cursor, which goes to the row that it is folded into."""
        head, _ = self._windows.place_of(self.cursor)
        self.cursor = self._windows.index_at((head, 0))
        self._change_in_place(partial(self._windows.close, head))
        self._reveal(0)

    def _change_in_place(self, change: Callable[[], None]) -> None:
        """Change what lies open; the cursor stays on its row, and that at its height."""
        place, top = self._windows.place_of(self.cursor), self._windows.place_of(self.top_row)
        height_on_screen = self.cursor - self.top_row
        change()
        self.virtual_size = Size(0, self.total * self.row_height)
        self.set_reactive(FoldingRows.cursor, self._windows.index_at(place))
        if 0 <= height_on_screen < self.room:
            self.scroll_to_row(self.cursor - height_on_screen)
        else:
            self.scroll_to_row(self._windows.index_at(top))
        self.refresh()
        self.ask_soon()

    def _reveal(self, margin: int) -> None:
        """Scroll as little as shows the cursor with some rows around it."""
        margin = min(margin, (self.room - 1) // 2)
        lowest = self.cursor - margin
        highest = self.cursor + margin + 1 - self.room
        if self.scroll_offset.y > lowest * self.row_height:
            self.scroll_to_row(lowest)
        elif self.scroll_offset.y < highest * self.row_height:
            self.scroll_to_row(highest)
