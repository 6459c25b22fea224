"""The last line: what can act now on the left, how a refresh stands on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from archive.characters import clean_line
from reader.tui.cells import cell_len, cut
from reader.tui.component_styles import ComponentStyles

Hint = tuple[str, str]
"""A key and the label of what it does."""


class Footer(Widget):
    """Hints that fit, most wanted first; the last ones go when the status needs the room."""

    DEFAULT_CSS = """
    Footer {
        height: 1;
        dock: bottom;
        background: $surface;
        color: $text-muted;
        & > .footer--key { color: $accent; text-style: bold; }
        & > .footer--label { color: $text-muted; }
        & > .footer--status { color: $foreground; }
    }
    """

    @dataclass
    class Clicked(Message):
        """A hint was clicked on: its key is meant."""

        key: str

    hints: reactive[tuple[Hint, ...]] = reactive(())
    """What the focused pane offers."""
    pinned: reactive[Hint] = reactive(("", ""))
    """The hint at the right end, which is always there."""
    status: reactive[str] = reactive("")
    """Progress, or what a run brought; empty at rest."""

    def __init__(self) -> None:
        super().__init__()
        self._style_of = ComponentStyles(self, "footer")

    def notify_style_update(self) -> None:
        """Take the new styles."""
        super().notify_style_update()
        self._style_of.renew()

    def render(self) -> Text:
        """The line as plain text: nothing in it is markup."""
        pinned = self._hint(self.pinned)
        room, status = self._room()
        line = Text(no_wrap=True, end="")
        for hint in _fitting(self.hints, room):
            line.append_text(self._hint(hint))
        line.append(" " * max(0, room - cell_len(line.plain)))
        if status:
            line.append(f" {status} ", self._style_of("status"))
        return line.append_text(pinned)

    def on_click(self, event: events.Click) -> None:
        """Tell which hint was clicked on."""
        place, key = 0, ""
        for hint in _fitting(self.hints, self._room()[0]):
            if place <= event.x < place + _cells(hint):
                key = hint[0]
            place += _cells(hint)
        if event.x >= self.size.width - _cells(self.pinned):
            key = self.pinned[0]
        if key:
            self.post_message(self.Clicked(key))

    def _room(self) -> tuple[int, str]:
        """Cells for the hints, and the status as far as it has room."""
        room = self.size.width - _cells(self.pinned)
        status = cut(clean_line(self.status), max(0, room - 2))
        return room - cell_len(status) - (2 if status else 0), status

    def _hint(self, hint: Hint) -> Text:
        key, label = hint
        if not key:
            return Text("")
        return Text.assemble(
            (f" {key} ", self._style_of("key")), (f"{label} ", self._style_of("label"))
        )


def _fitting(hints: Sequence[Hint], room: int) -> list[Hint]:
    """The first hints that fit into a number of cells."""
    kept: list[Hint] = []
    for hint in hints:
        room -= _cells(hint)
        if room < 0:
            break
        kept.append(hint)
    return kept


def _cells(hint: Hint) -> int:
    """What a hint takes; nothing without a key."""
    key, label = hint
    return cell_len(key) + cell_len(label) + 3 if key else 0
