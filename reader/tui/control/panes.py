"""Which pane has the focus, and which are seen at the width of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.widget import Widget

from reader.tui.actions import Pane

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

NARROW, WIDE, VAST, TALL = 60, 120, 180, 36
"""Columns from which two and three panes have room, and more than they need.

Lines from which a text lies below its list.
"""
VAST_LEFT, BESIDE_TEXT = 34, 8
"""Cells of the left pane where there is room; what a text has beside its lines there."""
LEAST_LIST, MOST_LIST = 60, 110
"""Cells of a list where there is room."""

BY_WIDTH: list[tuple[int, str]] = [(0, "-narrow"), (NARROW, "-medium"), (WIDE, "-wide")]
BY_HEIGHT: list[tuple[int, str]] = [(0, "-short"), (TALL, "-tall")]
"""The screen's classes by its size, in the form of Textual's breakpoints."""


def size_classes(size: Size) -> tuple[str, ...]:
    """The classes that Textual gives a screen of this size, but only at its first resize."""
    sides = ((size.width, BY_WIDTH), (size.height, BY_HEIGHT))
    return tuple([name for least, name in steps if length >= least][-1] for length, steps in sides)


class Panes:
    """Left are the feeds or the tags, in the middle the articles or a search, then the text.

    What is seen is set here and not by classes in the style sheet: a class that changes costs a
    look through all of it (20 ms), and the focus must move within a frame.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.current: Pane = "feeds"
        self.left: Pane = "feeds"
        self.middle: Pane = "articles"
        self.is_zen: bool = False
        """Whether the text stands alone."""
        self._was_zen = False
        self._size = desk.screen.size
        self._list_cells: int | None = None

    def go(self, pane: Pane) -> None:
        """Focus a pane; one that has another's place takes it."""
        if pane in {"feeds", "tags"}:
            self.left = pane
        elif pane in {"articles", "search"}:
            self.middle = pane
        self.is_zen = self.is_zen and pane == "text"
        self.current = pane
        self.arrange(self._size)
        self._desk.screen.set_focus(self._widget(pane), scroll_visible=False)
        self._desk.pane_changed()

    def show_middle(self, pane: Pane) -> None:
        """Give the middle to the articles or the search, the focus staying where it is."""
        self.middle = pane
        self.arrange(self._size)

    def focused(self, widget: Widget) -> None:
        """A widget has the focus now, by key or by mouse."""
        for pane in ("feeds", "tags", "articles", "search", "text"):
            if self._widget(pane) is widget and self.current != pane:
                self.current = pane
                self.arrange(self._size)
                self._desk.pane_changed()

    def cycle(self, step: int) -> None:
        """Focus the next pane, or the one before; after the last comes the first."""
        order = self._order
        self.go(order[(order.index(self.current) + step) % len(order)])

    def toggle_zen(self) -> None:
        """Show the text alone over the whole terminal, or the panes again."""
        self.is_zen = not self.is_zen
        self.go("text")
        if self.is_zen and not self._was_zen:
            self._was_zen = True
            self._desk.say(self._desk.keymap.with_keys("{zen} or {close} shows the panes again."))

    def back(self) -> None:
        """Focus the pane on the left, if there is one; a text that stands alone gets them back."""
        if self.is_zen:
            self.toggle_zen()
            return
        order = self._order
        at = order.index(self.current)
        if at:
            self.go(order[at - 1])

    @property
    def _order(self) -> tuple[Pane, ...]:
        return (self.left, self.middle, "text")

    @property
    def text_is_seen(self) -> bool:
        """Whether the text pane is on screen."""
        return self._desk.widgets.text.size.height > 0 and self._desk.widgets.text.display

    def _widget(self, pane: Pane) -> Widget:
        widgets = self._desk.widgets
        found: dict[Pane, Widget] = {
            "feeds": widgets.feeds,
            "tags": widgets.tags,
            "articles": widgets.articles,
            "search": widgets.results,
            "text": widgets.text,
        }
        return found[pane]

    def arrange(self, size: Size) -> None:
        """Show what has room in a terminal of this size."""
        self._size = size
        shown = dict.fromkeys(("left", "middle", "right"), True)
        here = {self.left: "left", self.middle: "middle"}.get(self.current, "right")
        if self.is_zen or size.width < NARROW:
            shown = {part: part == here for part in shown}
        elif size.width < WIDE and size.height < TALL:
            in_text = here == "right"
            shown = {"left": not in_text, "middle": not in_text, "right": in_text}
        self._share(size)
        self._desk.widgets.feeds.be_alone(not shown["middle"])
        shown["feeds"], shown["tags"] = self.left == "feeds", self.left == "tags"
        shown["articles"] = self.middle == "articles"
        shown["search"] = self.middle == "search"
        self._desk.widgets.footer.display = not self.is_zen
        self._desk.widgets.titles["text"].display = not self.is_zen
        for part, is_shown in shown.items():
            self._desk.widgets.parts[part].display = is_shown

    def _share(self, size: Size) -> None:
        """Where there is room, a text has what it needs, and names and titles have the rest."""
        measure = self._desk.widgets.text.measure
        wanted = size.width - VAST_LEFT - measure - BESIDE_TEXT
        list_cells = min(MOST_LIST, max(LEAST_LIST, wanted)) if size.width >= VAST else None
        if list_cells == self._list_cells:
            return  # a width that is set lays out the whole screen, even if it was that before
        self._list_cells = list_cells
        left, middle = self._desk.widgets.parts["left"], self._desk.widgets.parts["middle"]
        left.styles.width = None if list_cells is None else VAST_LEFT
        middle.styles.width = middle.styles.max_width = list_cells
