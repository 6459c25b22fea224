"""Letters over the panes and the rows in sight: typed, they go there."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.widgets import Static

from reader.tui.keys import press_name
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.footer import Footer, Hint


class JumpScreen(Dialog[str | None]):
    """Its answer is the name that was typed; None when it was left, or the terminal's size changed.

    `places` has where each name is drawn, None for one that leads out of sight. No name begins
    another. `hints` say in the last line what can be typed.
    """

    AUTO_FOCUS = ""

    def __init__(self, places: Mapping[str, Offset | None], hints: tuple[Hint, ...]) -> None:
        super().__init__()
        self._places = places
        self._hints = hints
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The names, each where it leads to, and the line that tells of them."""
        footer = Footer()
        footer.hints = self._hints
        yield footer
        for name, offset in self._places.items():
            if offset is None:
                continue
            label = Static(name, classes="jump-name", markup=False)
            label.styles.offset = (offset.x, offset.y)
            yield label

    def on_mount(self) -> None:
        """Take note of the size that the places are of."""
        self._size_drawn = self.app.size

    def on_key(self, event: events.Key) -> None:
        """Take a letter; whatever leads nowhere leaves."""
        event.stop()
        self._typed += press_name(event.key, event.character)
        if self._typed in self._places:
            self.dismiss(self._typed)
        elif not any(name.startswith(self._typed) for name in self._places):
            self.dismiss(None)

    def on_resize(self, event: events.Resize) -> None:
        """The places are no longer where they were."""
        if event.size != self._size_drawn:
            self.dismiss(None)

    def on_click(self) -> None:
        """Leave."""
        self.dismiss(None)
