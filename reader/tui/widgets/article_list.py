"""The list of articles: any number of rows, of which only those on screen are drawn.

It is drawn by Textual's Line API, since the stock lists take seconds to open 100,000 rows. The
list holds windows of rows and asks for the missing ones with `RowsNeeded`; the owner answers with
`supply`. Keys belong to the app's registry: the methods here are what they call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from archive.models import Summary
from archive.query import Query
from reader.tui.component_styles import ComponentStyles
from reader.tui.widgets.list_painter import ListPainter, RowLook
from reader.tui.widgets.row_windows import Neighbour, Questions, RowWindows

_MOST_ROWS = 8000
"""Rows held in memory; the farthest from the cursor are dropped beyond it."""
_AHEAD = 60
"""How many rows beyond the screen are asked for before they are needed."""
_ASK_AFTER = 0.02
"""Seconds from the first sight of a missing row to the question."""
_MARGIN = 2
"""Rows kept in sight above and below a cursor that moves by keys."""


def _local_now() -> datetime:
    return datetime.now().astimezone()


@dataclass
class ListMessage(Message):
    """What all messages of a list carry: the list that sent it."""

    article_list: ArticleList

    @property
    def control(self) -> ArticleList:
        """The sender, for Textual's `@on(..., selector)`."""
        return self.article_list


class ArticleList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of summaries with a cursor, a selection, and windows loaded on demand."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article-list--unread",
        "article-list--read",
        "article-list--title",
        "article-list--mark",
        "article-list--outlet",
        "article-list--age",
        "article-list--star",
        "article-list--selected",
        "article-list--snippet",
        "article-list--hit",
        "article-list--placeholder",
        "article-list--empty",
        "article-list--selection",
        "article-list--cursor",
        "article-list--cursor-blurred",
    }
    DEFAULT_CSS = """
    ArticleList {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & > .article-list--unread { text-style: bold; }
        & > .article-list--read { color: $foreground 68%; }
        & > .article-list--mark { color: $accent; }
        & > .article-list--outlet { color: $text-muted; text-style: not bold; }
        & > .article-list--age { color: $text-muted; text-style: not bold; }
        & > .article-list--star { color: $star; }
        & > .article-list--selected { color: $accent; }
        & > .article-list--snippet { color: $text-muted; text-style: not bold; }
        & > .article-list--hit { color: $hit; text-style: bold; }
        & > .article-list--placeholder { color: $rule; }
        & > .article-list--empty { color: $text-muted; }
        & > .article-list--selection { background: $accent 12%; }
        & > .article-list--cursor { background: $cursor-bar; }
        & > .article-list--cursor-blurred { background: $cursor-bar-blurred; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the current row in the whole list; 0 in an empty one."""
    empty_text: reactive[str] = reactive("")
    """What a list without rows says, in the middle of the pane."""
    show_snippets: reactive[bool] = reactive(False)
    """Two lines a row: the second is the snippet, with the hits of the query emphasised."""

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

    @dataclass
    class RowsNeeded(ListMessage):
        """Rows `first` to `first + count - 1` are not loaded and will soon be on screen.

        `above` and `below` are index and row_id of the nearest loaded rows, from which the rows
        between can be listed. `generation` goes back with `supply`: an answer to a question of an
        earlier list is dropped.
        """

        first: int
        count: int
        above: Neighbour | None
        below: Neighbour | None
        generation: int

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = _local_now,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.now = now
        self._rows = RowWindows()
        self._generation = 0
        self._selected: frozenset[str] = frozenset()
        self._announced: str | None = None
        self._questions = Questions()
        self._ask_timer: Timer | None = None
        self._painter = ListPainter(ComponentStyles(self, "article-list"))

    # What is listed

    def load(
        self,
        rows: Sequence[Summary],
        total: int,
        *,
        cursor_id: str | None = None,
        first: int = 0,
        hits: Query | None = None,
    ) -> None:
        """List `total` rows, of which `rows` are known from index `first` on.

        Without `cursor_id` it is a new list: cursor on `first`, nothing selected. With it, it is
        the same list again: the cursor stays on that article at the same height of the screen, or
        at its index when the article is no longer among the rows. `hits` emphasises what a query
        finds in titles and snippets.
        """
        height_on_screen = self.cursor * self._row_height - self.scroll_offset.y
        self._generation += 1
        self._questions.settle()
        self._rows = RowWindows(total)
        self._rows.put(first, rows)
        self._painter.hits = hits
        self._painter.forget()
        self.virtual_size = Size(0, total * self._row_height)
        index = first
        if cursor_id is None:
            self._announced = None
            self._select(frozenset())
        else:
            found = self._rows.index_of(cursor_id)
            index = self.cursor if found is None else found
        self.set_reactive(ArticleList.cursor, self.validate_cursor(index))
        self._scroll_to_line(self.cursor * self._row_height - max(0, height_on_screen))
        self._reveal(0)
        self._announce()
        self._ask_soon()
        self.refresh()

    def supply(self, first: int, rows: Sequence[Summary], generation: int | None = None) -> None:
        """Answer `RowsNeeded`; no rows at all say that the list ends at `first`."""
        if generation not in (None, self._generation):
            return
        self._questions.settle()
        if rows:
            self._rows.put(first, rows)
            self._rows.keep_near(self.cursor, _MOST_ROWS)
        elif first < self._rows.total:
            self._rows.shrink(first)
            self.virtual_size = Size(0, self._rows.total * self._row_height)
            self.cursor = min(self.cursor, max(0, first - 1))
        self._painter.forget()
        self._announce()
        self._ask_soon()
        self.refresh()

    def replace(self, rows: Iterable[Summary]) -> None:
        """Show new marks of articles that are listed; others are passed over."""
        if self._rows.replace(rows):
            self._painter.forget()
            self.refresh()

    @property
    def total(self) -> int:
        """How many rows the list has, loaded or not."""
        return self._rows.total

    @property
    def current(self) -> Summary | None:
        """The article under the cursor; None in an empty list or while its row is loading."""
        return self._rows.get(self.cursor)

    def next_unread(self, step: int = 1) -> int | None:
        """Index of the nearest unread row after (`step` 1) or before (-1) the cursor.

        None at the end of the list, or of the loaded rows around the cursor.
        """
        index = self.cursor + step
        while (row := self._rows.get(index)) is not None:
            if not row.read:
                return index
            index += step
        return None

    # The cursor

    def move_to(self, index: int) -> None:
        """Put the cursor on a row; an index beyond the list means its end."""
        self.cursor = index
        self._reveal(_MARGIN)

    def move_by(self, count: int) -> None:
        """Move the cursor down, or up by a negative count."""
        self.move_to(self.cursor + count)

    def page(self, count: float = 1) -> None:
        """Move cursor and view by whole screens; 0.5 is half of one, negative goes up."""
        step = max(1, int(abs(count) * self._rows_on_screen)) * (1 if count > 0 else -1)
        self._scroll_to_line(self.scroll_offset.y + step * self._row_height)
        self.move_by(step)

    def half_page(self, count: int = 1) -> None:
        """Move cursor and view by half screens."""
        self.page(count / 2)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor inside the list."""
        return max(0, min(cursor, self._rows.total - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows anew, and nothing else."""
        height = self._row_height
        self.refresh_lines(before * height, height)
        self.refresh_lines(after * height, height)
        self._announce()

    # The selection

    @property
    def selected(self) -> frozenset[str]:
        """Ids of the selected articles, also of those that are no longer loaded."""
        return self._selected

    def toggle_select(self) -> None:
        """Select the current article, or no longer."""
        if self.current is not None:
            self._select(self._selected ^ {self.current.article_id})

    def select_loaded(self) -> None:
        """Select all articles whose rows are loaded."""
        self._select(self._selected | {row.article_id for row in self._rows})

    def clear_selection(self) -> None:
        """Select nothing."""
        self._select(frozenset())

    def _select(self, selected: frozenset[str]) -> None:
        if selected != self._selected:
            self._selected = selected
            self.post_message(self.SelectionChanged(self, len(selected)))
            self.refresh()

    # Drawing

    @property
    def _row_height(self) -> int:
        return 2 if self.show_snippets else 1

    @property
    def _rows_on_screen(self) -> int:
        return max(1, self.scrollable_content_region.height // self._row_height)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        if not self._rows.total:
            return self._empty_line(y, width)
        index, line = divmod(y + self.scroll_offset.y, self._row_height)
        if index >= self._rows.total:
            return self._painter.blank(width)
        row = self._rows.get(index)
        selected = row is not None and row.article_id in self._selected
        look = RowLook(index, bool(line), selected, self._bar(index, selected))
        return self._painter.row(look, row, width, self.now())

    def _bar(self, index: int, selected: bool) -> str:
        if index == self.cursor:
            return "cursor" if self.has_focus else "cursor-blurred"
        return "selection" if selected else ""

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = self.empty_text.splitlines()
        top = max(0, (self.scrollable_content_region.height - len(lines)) * 2 // 5)
        if top <= y < top + len(lines):
            return self._painter.message(lines[y - top], width)
        return self._painter.blank(width)

    def notify_style_update(self) -> None:
        """Drop what was drawn in the old styles."""
        super().notify_style_update()
        self._painter.forget()

    def watch_show_snippets(self) -> None:
        """Lay all rows out at their new height."""
        self._painter.forget()
        self.virtual_size = Size(0, self._rows.total * self._row_height)
        self._reveal(_MARGIN)

    def on_mount(self) -> None:
        """Let ages grow."""
        self.set_interval(60, self._grow_older)

    def _grow_older(self) -> None:
        self._painter.forget()
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._reveal(0)
        self._ask_soon()

    def on_focus(self) -> None:
        """Fill the cursor's bar."""
        self.refresh_lines(self.cursor * self._row_height, self._row_height)

    def on_blur(self) -> None:
        """Dim the cursor's bar."""
        self.refresh_lines(self.cursor * self._row_height, self._row_height)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row, or open it when the cursor is there already."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = (offset.y + self.scroll_offset.y) // self._row_height
        if index >= self._rows.total:
            return
        if index == self.cursor and self.current is not None:
            self.post_message(self.Opened(self, self.current.article_id))
        self.cursor = index

    # Scrolling, and asking for rows

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw the new place, and ask for rows that are missing there."""
        super().watch_scroll_y(old_value, new_value)
        self._ask_soon()

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=max(0, line), animate=False, force=True, immediate=True)

    def _reveal(self, margin: int) -> None:
        """Scroll as little as shows the cursor with some rows around it."""
        height = self._row_height
        room = self._rows_on_screen
        margin = min(margin, (room - 1) // 2)
        top = self.scroll_offset.y
        lowest = (self.cursor - margin) * height
        highest = (self.cursor + margin + 1) * height - room * height
        if top > lowest:
            self._scroll_to_line(lowest)
        elif top < highest:
            self._scroll_to_line(highest)

    def _announce(self) -> None:
        row = self.current
        if row is not None and row.article_id != self._announced:
            self._announced = row.article_id
            self.post_message(self.Highlighted(self, row.article_id))

    def _ask_soon(self) -> None:
        if self._ask_timer is None and self._gap() is not None:
            self._ask_timer = self.set_timer(_ASK_AFTER, self._ask)

    def _gap(self) -> tuple[int, int] | None:
        first = self.scroll_offset.y // self._row_height
        last = first + self._rows_on_screen
        return self._rows.missing(first, last) or self._rows.missing(first - _AHEAD, last + _AHEAD)

    def _ask(self) -> None:
        self._ask_timer = None
        gap = self._gap()
        if gap is None:
            return
        if pause := self._questions.wait(gap):
            self._ask_timer = self.set_timer(pause, self._ask)
            return
        above, below = self._rows.neighbours(*gap)
        self.post_message(self.RowsNeeded(self, *gap, above, below, self._generation))
