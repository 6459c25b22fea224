"""Draws a list of any length from windows of rows, and asks for the windows it lacks.

Only the rows on screen are drawn (Textual's Line API): the stock lists take seconds to open
100,000 rows. What the cursor and the selection are is article_list.py's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer

from archive.models import Summary
from archive.query import Query
from archive.tag_colours import TagColours
from reader.tui.ages import local_now
from reader.tui.component_styles import ComponentStyles
from reader.tui.empty_lines import lay_empty
from reader.tui.widgets.line_view import LineView
from reader.tui.widgets.list_painter import ListPainter, RowLook
from reader.tui.widgets.open_rows import OpenRows, Under
from reader.tui.widgets.row_windows import Neighbour, Questions

_MOST_ROWS = 8000
"""Rows held in memory; the farthest from the screen are dropped beyond it."""
_AHEAD = 60
"""How many rows beyond the screen are asked for before they are needed."""
_ASK_AFTER = 0.02
"""Seconds from the first sight of a missing row to the question."""
DAYS_FROM = 100
"""Columns of a terminal whose lists date by day and month, not by the month alone."""
_GROW_OLDER_AFTER = 60
"""Seconds after which ages are drawn anew."""


class RowsView(LineView):
    """Rows of summaries, loaded or not, at one or two lines each."""

    empty_text: reactive[str] = reactive("")
    """What a list without rows says, in the middle of the pane."""
    show_snippets: reactive[bool] = reactive(False)
    """Two lines a row: the second is the snippet, with the hits of the query emphasised."""
    tag_colours: reactive[TagColours] = reactive(TagColours(), init=False)
    """The colours that tags are drawn in."""

    @dataclass
    class RowsNeeded(Message, namespace="article_list"):
        """Rows `first` to `first + count - 1` are not loaded and will soon be on screen.

        They are counted without those that lie open below others, as all that `supply` is given.
        `above` and `below` are the nearest loaded rows and their index, from which the rows
        between can be listed; `total` is how many rows there are. `generation` goes back with
        `supply`: an answer to a question of an earlier list is dropped.
        """

        view: RowsView
        first: int
        count: int
        above: Neighbour | None
        below: Neighbour | None
        total: int
        generation: int

        @property
        def control(self) -> RowsView:
            """The list that asks, for Textual's `@on(..., selector)`."""
            return self.view

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = local_now,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.now = now
        self._windows = OpenRows()
        self._generation = 0
        self._questions = Questions()
        self._ask_timer: Timer | None = None
        self._painter = ListPainter(ComponentStyles(self, "article-list"))

    @property
    def total(self) -> int:
        """How many rows the list has, loaded or not."""
        return self._windows.total

    @property
    def loaded(self) -> list[Summary]:
        """The loaded rows in the list's order."""
        return list(self._windows)

    def row_of(self, article_id: str) -> Summary | None:
        """The row of an article; None where it is not listed or not loaded."""
        index = self._windows.index_of(article_id)
        return None if index is None else self._windows.get(index)

    def replace(self, rows: Iterable[Summary]) -> None:
        """Show new marks of articles that are listed; others are passed over."""
        height = self.row_height
        for index in self._windows.replace(rows):
            self.refresh_lines(index * height, height)

    def supply(self, first: int, rows: Sequence[Summary], generation: int | None = None) -> None:
        """Answer `RowsNeeded`; no rows at all say that the list ends at `first`."""
        if generation not in (None, self._generation):
            return
        self._questions.settle()
        if rows:
            self._windows.windows.put(first, rows)
            self._windows.keep_near(self.top_row, _MOST_ROWS)
            top, _ = self._windows.place_of(self.top_row)
            if first <= top + self.room and first + len(rows) > top:
                self.refresh()
        else:
            self._windows.shrink(first)
            self.virtual_size = Size(0, self.total * self.row_height)
            self.refresh()
        self.ask_soon()

    def relist(
        self,
        first: int,
        rows: Sequence[Summary],
        total: int,
        hits: Query | None,
        under: Under,
    ) -> None:
        """Begin another list; the view stays where it is if it can."""
        self._generation += 1
        self._questions.settle()
        self._windows = OpenRows(total)
        self._windows.windows.put(first, rows)
        self._windows.open(under)
        self._painter.hits = hits
        self.virtual_size = Size(0, self.total * self.row_height)
        self.redraw()
        self.ask_soon()

    # What is on screen

    @property
    def row_height(self) -> int:
        """Lines of a row."""
        return 2 if self.show_snippets else 1

    @property
    def room(self) -> int:
        """How many whole rows the screen has room for, at least one."""
        return max(1, self.scrollable_content_region.height // self.row_height)

    @property
    def top_row(self) -> int:
        """Index of the first row on screen."""
        return self.scroll_offset.y // self.row_height

    def scroll_to_row(self, index: int) -> None:
        """Bring a row to the top, at once."""
        line = max(0, index) * self.row_height
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def watch_tag_colours(self, colours: TagColours) -> None:
        """Draw tags in these colours."""
        self._painter.take_tag_colours(colours)

    def redraw(self) -> None:
        """Draw all rows anew."""
        self._painter.forget()
        self.refresh()

    def look(self, index: int, row: Summary | None, *, is_second_line: bool) -> RowLook:
        """How the row at an index looks; the list with a cursor and a selection knows more."""
        raise NotImplementedError  # each kind of list draws its own rows

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        if not self.total:
            return self._empty_line(y, width)
        index, line = divmod(y + self.scroll_offset.y, self.row_height)
        if index >= self.total:
            return self._painter.blank(width)
        row = self._windows.get(index)
        look = self.look(index, row, is_second_line=bool(line))
        return self._painter.row(look, row, width, self.now())

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = lay_empty(self.empty_text, max(1, width - 2))
        top = max(0, (self.scrollable_content_region.height - len(lines)) * 2 // 5)
        if top <= y < top + len(lines):
            return self._painter.message(lines[y - top], width)
        return self._painter.blank(width)

    def notify_style_update(self) -> None:
        """Draw in the new styles."""
        super().notify_style_update()
        self._painter.take_styles()

    def on_resize(self) -> None:
        """Date rows by their day where the terminal is wide; ask for those that came into sight."""
        with_day = self.screen.size.width >= DAYS_FROM
        if with_day != self._painter.with_day:
            self._painter.with_day = with_day
            self.redraw()
        self.ask_soon()

    def on_mount(self) -> None:
        """Let ages grow."""
        self.set_interval(_GROW_OLDER_AFTER, self.redraw)

    # Asking for rows

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw the new place, and ask for rows that are missing there."""
        super().watch_scroll_y(old_value, new_value)
        self.ask_soon()

    def ask_soon(self) -> None:
        """Ask in a moment for rows that are missing on screen or near it."""
        if self._ask_timer is None and self._gap() is not None:
            self._ask_timer = self.set_timer(_ASK_AFTER, self._ask)

    def _gap(self) -> tuple[int, int] | None:
        first, last = self.top_row, self.top_row + self.room
        missing = self._windows.missing
        return missing(first, last) or missing(first - _AHEAD, last + _AHEAD)

    def _ask(self) -> None:
        self._ask_timer = None
        gap = self._gap()
        if gap is None:
            return
        if pause := self._questions.wait(gap):
            self._ask_timer = self.set_timer(pause, self._ask)
            return
        above, below = self._windows.neighbours(*gap)
        total = self._windows.windows.total
        self.post_message(self.RowsNeeded(self, *gap, above, below, total, self._generation))
