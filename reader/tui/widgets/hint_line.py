"""The line above the footer that names a useful key to a newcomer; mostly it is not there."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from reader.tui.component_styles import ComponentStyles

Parts = Sequence[tuple[str, bool]]
"""Pieces of a sentence, and whether each is a key."""


class HintLine(Widget):
    """A sentence, wrapped to two lines where the terminal is narrow."""

    DEFAULT_CSS = """
    HintLine {
        height: auto;
        min-height: 1;
        max-height: 2;
        padding: 0 1;
        display: none;
        background: $background;
        color: $text-muted;
        & > .hint-line--key { color: $accent; text-style: bold; }
    }
    """

    parts: reactive[Parts] = reactive((), layout=True)
    """What is said; empty for nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._style_of = ComponentStyles(self, "hint-line")

    def show(self, parts: Parts) -> None:
        """Say this; for nothing to say the line goes away."""
        self.parts = tuple(parts)
        self.display = bool(parts)

    def fall_silent(self) -> None:
        """Say nothing more, but keep the line's room, so that nothing above it moves now."""
        self.parts = ()

    def notify_style_update(self) -> None:
        """Take the new styles."""
        super().notify_style_update()
        self._style_of.renew()

    def render(self) -> Text:
        """The sentence with its keys emphasised."""
        line = Text("Hint: " if self.parts else "", end="")
        for text, is_key in self.parts:
            line.append(text, self._style_of("key") if is_key else "")
        return line
