"""A short list for the left pane: labels with a mark before and a count behind, a cursor over it.

Feeds and tags are shown with it. Rows are drawn by the Line API, so that the cursor is a bar over
the whole width and counts stand in one column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from archive.characters import clean_line
from reader.tui.cells import cell_len, fit
from reader.tui.component_styles import ComponentStyles
from reader.tui.empty_lines import lay_empty
from reader.tui.tag_looks import tag_look
from reader.tui.widgets.line_view import LineView

_LONGEST = 1000
"""Characters of a foreign label that can matter in one row."""
_ON_BAR = {"quiet": "quiet-on-bar", "count": "count-on-bar"}
"""What stands in for a style that would be hard to read on the cursor's bar."""


@dataclass(frozen=True, slots=True)
class SideRow:
    """One line. `key` tells it from the others; an empty key is a gap no cursor rests on.

    `look` names the style of the label: unread, quiet, folder or error; `tag` is the tag whose
    colour it is drawn in. `note` stands at the right end in place of the count.
    """

    key: str
    label: str = ""
    count: int | None = None
    mark: str = ""
    depth: int = 0
    look: str = "quiet"
    note: str = ""
    tag: str = ""


class SideList(LineView):
    """Rows with a cursor that stays on its row, by key, when the rows change."""

    DEFAULT_CSS = """
    SideList {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & > .side-list--unread { text-style: bold; }
        & > .side-list--quiet { color: $foreground 75%; }
        & > .side-list--folder { color: $foreground; }
        & > .side-list--error { color: $error; }
        & > .side-list--count { color: $text-muted; }
        & > .side-list--count-unread { color: $accent; }
        & > .side-list--empty { color: $text-muted; }
        & > .side-list--quiet-on-bar { color: $text-read-on-bar; }
        & > .side-list--count-on-bar { color: $text-muted-on-bar; }
        & > .side-list--cursor { background: $cursor-bar; }
        & > .side-list--cursor-blurred { background: $cursor-bar-blurred; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the current row."""
    empty_text: reactive[str] = reactive("")
    """What a list without rows says."""

    @dataclass
    class Highlighted(Message):
        """The cursor came to another row, or that row's key changed."""

        side_list: SideList
        key: str

        @property
        def control(self) -> SideList:
            """The sender, for Textual's `@on(..., selector)`."""
            return self.side_list

    @dataclass
    class Opened(Highlighted):
        """The current row was clicked on."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: tuple[SideRow, ...] = ()
        self._announced = ""
        self._style_of = ComponentStyles(self, "side-list")

    def load(self, rows: Sequence[SideRow]) -> None:
        """Show other rows; the cursor stays on its row's key, else at its index."""
        key = self.current.key if self.current else ""
        before, self._rows = self._rows, tuple(rows)
        self.virtual_size = Size(0, len(self._rows))
        self.cursor = self.index_of(key) if key and self.index_of(key) >= 0 else self.cursor
        self._reveal()
        self._announce()
        self._refresh_changed(before)

    def _refresh_changed(self, before: Sequence[SideRow]) -> None:
        """Draw anew what differs: mostly a few counts."""
        if len(before) != len(self._rows):
            self.refresh()
            return
        for index, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            if old != new:
                self.refresh_lines(index, 1)

    @property
    def rows(self) -> tuple[SideRow, ...]:
        """All rows."""
        return self._rows

    @property
    def current(self) -> SideRow | None:
        """The row under the cursor; None in an empty list."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def index_of(self, key: str) -> int:
        """The index of the row with a key, -1 if there is none."""
        return next((index for index, row in enumerate(self._rows) if row.key == key), -1)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, or past a gap in the direction it moves."""
        step = 1 if index >= self.cursor else -1
        index = self.validate_cursor(index)
        index = self._past_gaps(index, step)
        if not 0 <= index < len(self._rows):
            index = self._past_gaps(index - step, -step)
        if 0 <= index < len(self._rows):
            self.cursor = index
            self._reveal()

    def _past_gaps(self, index: int, step: int) -> int:
        while 0 <= index < len(self._rows) and not self._rows[index].key:
            index += step
        return index

    def move_by(self, count: int) -> None:
        """Move the cursor down, or up by a negative count."""
        self.move_to(self.cursor + count)

    def page(self, count: float = 1) -> None:
        """Move by screens; 0.5 is half of one, negative goes up."""
        step = max(1, int(abs(count) * self.scrollable_content_region.height))
        self.move_by(step if count > 0 else -step)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor inside the list."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows anew."""
        self.refresh_lines(before, 1)
        self.refresh_lines(after, 1)
        self._announce()

    def notify_style_update(self) -> None:
        """Take the new styles."""
        super().notify_style_update()
        self._style_of.renew()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        if not self._rows:
            return self._empty_line(y, width)
        if index >= len(self._rows):
            return Strip.blank(width, self._style_of())
        return Strip(self._row(self._rows[index], width, self._bar(index)), width)

    def _bar(self, index: int) -> str:
        if index != self.cursor:
            return ""
        return "cursor" if self.has_focus else "cursor-blurred"

    def _style_on(self, bar: str, name: str, tag: str = "") -> Style:
        names = (bar, _ON_BAR.get(name, name)) if bar else (name,)
        return self._style_of(*names, *([tag_look(tag)] if tag else []))

    def _row(self, row: SideRow, width: int, bar: str) -> list[Segment]:
        count = row.note or ("" if row.count is None else f"{row.count:,}")
        room = max(0, width - cell_len(count) - 2)
        before = " " + "  " * row.depth + (f"{row.mark} " if row.mark else "")
        label = fit(before + clean_line(row.label[:_LONGEST]), room)
        tone = "count-unread" if row.look == "unread" else "count"
        return [
            Segment(label, self._style_on(bar, row.look, row.tag)),
            Segment(fit(f" {count} ", width - room), self._style_on(bar, tone)),
        ]

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = lay_empty(self.empty_text, max(1, width - 2))
        text = lines[y - 1] if 1 <= y <= len(lines) else ""
        return Strip([Segment(fit(f" {text}", width), self._style_of("empty"))], width)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row and open it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = offset.y + self.scroll_offset.y
        if index < len(self._rows) and self._rows[index].key:
            self.cursor = index
            self.post_message(self.Opened(self, self._rows[index].key))

    def watch_has_focus(self, focused: bool) -> None:
        """Fill the cursor's bar, or dim it."""
        super().watch_has_focus(focused)
        self.refresh_lines(self.cursor, 1)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._reveal()

    def _reveal(self) -> None:
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        if height and not top <= self.cursor < top + height:
            line = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def _announce(self) -> None:
        if self.current and self.current.key and self.current.key != self._announced:
            self._announced = self.current.key
            self.post_message(self.Highlighted(self, self._announced))
