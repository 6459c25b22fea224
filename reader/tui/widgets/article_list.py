"""The list of articles: a cursor and a selection over any number of rows.

Keys belong to the app's registry: the methods here are what they call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual import events
from textual.geometry import Size
from textual.message import Message

from archive.models import Summary
from archive.query import Query
from reader.tui.ages import local_now
from reader.tui.widgets.folding_rows import FoldingRows
from reader.tui.widgets.list_painter import CSS, RowLook
from reader.tui.widgets.open_rows import Under
from reader.tui.widgets.rows import Nest

_MARGIN = 2
"""Rows kept in sight above and below a cursor that moves by keys."""
NOTHING_OPEN: Under = {}


@dataclass
class ListMessage(Message):
    """What all messages of a list carry: the list that sent it."""

    article_list: ArticleList

    @property
    def control(self) -> ArticleList:
        """The sender, for Textual's `@on(..., selector)`."""
        return self.article_list


class ArticleList(FoldingRows):
    """Rows of summaries with a cursor and a selection; rows that are missing are asked for.

    The list holds windows of rows and asks for the others with `RowsNeeded`; the owner answers
    with `supply`.
    """

    DEFAULT_CSS = CSS

    @dataclass
    class Highlighted(ListMessage):
        """The cursor came to another article."""

        article_id: str

    @dataclass
    class Opened(ListMessage):
        """The current article was clicked on."""

        article_id: str

    @dataclass
    class SelectionChanged(ListMessage):
        """Other articles are selected now, `count` of them."""

        count: int

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = local_now,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(now=now, name=name, id=id, classes=classes)
        self._selected: frozenset[str] = frozenset()
        self._announced = ""

    def load(
        self,
        rows: Sequence[Summary],
        total: int,
        *,
        cursor_id: str | None = None,
        first: int = 0,
        hits: Query | None = None,
        under: Under = NOTHING_OPEN,
    ) -> None:
        """List `total` rows, of which `rows` are known from index `first` on.

        `under` has the rows that lie open below some of them, beside the total.

        Without `cursor_id` it is a new list: cursor on `first`, nothing selected. With it, it is
        the same list again: the cursor stays on that article and the article at its height of the
        screen; when it is no longer among the rows, the cursor stays at its index. `hits`
        emphasises what a query finds in titles and snippets.
        """
        height_on_screen = self.cursor - self.top_row
        is_in_sight = 0 <= height_on_screen < self.room
        self.relist(first, rows, total, hits, under)
        index = self._windows.index_at((first, 0))
        if cursor_id is None:
            self._announced = ""
            self._select(frozenset())
        else:
            found = self._windows.index_of(cursor_id)
            index = self.cursor if found is None else found
        self.set_reactive(ArticleList.cursor, self.validate_cursor(index))
        self.scroll_to_row(self.cursor - height_on_screen)
        if is_in_sight or cursor_id is None:
            self._reveal(0)
        self._announce()

    def supply(self, first: int, rows: Sequence[Summary], generation: int | None = None) -> None:
        """Answer `RowsNeeded`; no rows at all say that the list ends at `first`."""
        total = self.total
        super().supply(first, rows, generation)
        if self.total < total:
            self.move_to(self.cursor)
        self._announce()

    # The cursor

    @property
    def current(self) -> Summary | None:
        """The article under the cursor; None in an empty list or while its row is loading."""
        return self._windows.get(self.cursor)

    def next_unread(self, step: int = 1) -> int | None:
        """Index of the nearest unread row after (`step` 1) or before (-1) the cursor.

        None at the end of the list, or of the loaded rows around the cursor.
        """
        index = self.cursor + step
        while (row := self._windows.get(index)) is not None:
            if not row.read:
                return index
            index += step
        return None

    def move_to(self, index: int) -> None:
        """Put the cursor on a row; an index beyond the list means its end."""
        self.cursor = index
        self._reveal(_MARGIN)

    def move_by(self, count: int) -> None:
        """Move the cursor down, or up by a negative count."""
        self.move_to(self.cursor + count)

    def page(self, count: float = 1) -> None:
        """Move cursor and view by whole screens; 0.5 is half of one, negative goes up."""
        step = max(1, int(abs(count) * self.room)) * (1 if count > 0 else -1)
        self.scroll_to_row(self.top_row + step)
        self.move_by(step)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor inside the list."""
        return max(0, min(cursor, self.total - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows anew, and nothing else."""
        for index in (before, after):
            self.refresh_lines(index * self.row_height, self.row_height)
        self._announce()

    def watch_has_focus(self, focused: bool) -> None:
        """Fill the cursor's bar, or dim it."""
        super().watch_has_focus(focused)
        self.refresh_lines(self.cursor * self.row_height, self.row_height)

    def watch_show_snippets(self) -> None:
        """Lay all rows out at their new height."""
        self.virtual_size = Size(0, self.total * self.row_height)
        self.redraw()
        self._reveal(_MARGIN)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._reveal(0)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row, or open it when the cursor is there already."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = (offset.y + self.scroll_offset.y) // self.row_height
        if index >= self.total:
            return
        if index == self.cursor and self.current is not None:
            self.post_message(self.Opened(self, self.current.article_id))
        self.cursor = index

    def _announce(self) -> None:
        row = self.current
        if row is not None and row.article_id != self._announced:
            self._announced = row.article_id
            self.post_message(self.Highlighted(self, row.article_id))

    # The selection

    @property
    def selected(self) -> frozenset[str]:
        """Ids of the selected articles, also of those that are no longer loaded."""
        return self._selected

    def toggle_select(self) -> None:
        """Select the current article, or no longer."""
        if self.current is not None:
            self._select(self._selected ^ {self.current.article_id})

    def select_loaded(self, folded_ids: Iterable[str] = ()) -> None:
        """Select all articles whose rows are loaded, and those that lie folded."""
        self._select(self._selected.union([row.article_id for row in self._windows], folded_ids))

    def clear_selection(self) -> None:
        """Select nothing."""
        self._select(frozenset())

    def _select(self, selected: frozenset[str]) -> None:
        if selected != self._selected:
            self._selected = selected
            self.post_message(self.SelectionChanged(self, len(selected)))
            self.refresh()

    def look(self, index: int, row: Summary | None, *, is_second_line: bool) -> RowLook:
        """The row's bar says where the cursor is and what is selected."""
        selected = row is not None and row.article_id in self._selected
        bar = "selection" if selected else ""
        if index == self.cursor:
            bar = "cursor" if self.has_focus else "cursor-blurred"
        head, below = self._windows.place_of(index)
        nest: Nest = "under" if below else "open" if self._windows.is_open(head) else ""
        return RowLook(index, is_second_line, selected, bar, nest)
