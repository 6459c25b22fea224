"""What the app's own panes share: a scrolled column of lines, drawn one by one (the Line API)."""

from __future__ import annotations

from textual import events
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

    def on_focus(self, event: events.Focus) -> None:
        """Take the focus, without drawing every line anew as Textual would."""
        event.prevent_default()
        self.has_focus = True
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self))

    def on_blur(self, event: events.Blur) -> None:
        """Let go of the focus in the same way."""
        event.prevent_default()
        self.has_focus = False
        if self.parent is not None:
            self.parent.post_message(events.DescendantBlur(self))

    def watch_virtual_size(self, size: Size) -> None:
        """Keep scroll bar and place within the lines there are."""
        if self.is_attached:
            self._scroll_update(size)
