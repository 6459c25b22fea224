"""What the app's own panes share: a scrolled column of lines, drawn one by one (the Line API)."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class LineView(ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolled view whose number of lines may change without a layout of the whole screen.

    Textual lays out all panes and paints them anew whenever a widget's virtual size changes (about
    20 ms and 20 kB to the terminal). Here the size only moves the view's own scroll bar; where
    that comes or goes, Textual still lays out.
    """

    ALLOW_SELECT = False

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """The lines there are to scroll through, as height."""

    def watch_virtual_size(self, size: Size) -> None:
        """Keep scroll bar and place within the lines there are."""
        if self.is_attached:
            self._scroll_update(size)
