"""Which pane has the focus and which are seen; the styles of each width follow from classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from reader.tui.actions import Pane

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk


class Panes:
    """Left are the feeds or the tags, in the middle the articles or a search, then the text.

    The screen's classes say it to the style sheet: `at-left`, `at-middle`, `at-text` for the
    focus, `tags-open` and `search-open` for what has the place.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.current: Pane = "feeds"
        self.left: Pane = "feeds"
        self.middle: Pane = "articles"

    def go(self, pane: Pane) -> None:
        """Focus a pane; one that has another's place takes it."""
        if pane in {"feeds", "tags"}:
            self.left = pane
        elif pane in {"articles", "search"}:
            self.middle = pane
        self.current = pane
        self._set_classes()
        self._desk.screen.set_focus(self._widget(pane), scroll_visible=False)
        self._desk.pane_changed()

    def show_middle(self, pane: Pane) -> None:
        """Give the middle to the articles or the search, the focus staying where it is."""
        self.middle = pane
        self._set_classes()

    def focused(self, widget: Widget) -> None:
        """A widget has the focus now, by key or by mouse."""
        for pane in ("feeds", "tags", "articles", "search", "text"):
            if self._widget(pane) is widget and self.current != pane:
                self.current = pane
                self._set_classes()
                self._desk.pane_changed()

    def cycle(self, step: int) -> None:
        """Focus the next pane, or the one before; after the last comes the first."""
        order = self._order
        self.go(order[(order.index(self.current) + step) % len(order)])

    def back(self) -> None:
        """Focus the pane on the left, if there is one."""
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

    def _set_classes(self) -> None:
        screen = self._desk.screen
        place = {self.left: "left", self.middle: "middle"}.get(self.current, "text")
        for name in ("left", "middle", "text"):
            screen.set_class(name == place, f"at-{name}")
        screen.set_class(self.left == "tags", "tags-open")
        screen.set_class(self.middle == "search", "search-open")
