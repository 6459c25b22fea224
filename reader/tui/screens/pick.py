"""A list of lines over the panes, one of which is picked: the outline, ways to extract a text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from archive.characters import clean_line
from reader.tui.keys import press_name
from reader.tui.widgets.pick_list import PickList

_LONGEST = 300


class PickScreen(ModalScreen[int | None]):
    """Its answer is the place of the line that was picked; None when it was left."""

    AUTO_FOCUS = "#pick-list"

    def __init__(self, title: str, lines: Sequence[str], at: int = 0) -> None:
        super().__init__()
        self._title = title
        self._lines = lines
        self._at = at

    def compose(self) -> ComposeResult:
        """A title, the lines, and what can be done."""
        with Vertical(id="pick", classes="page"):
            yield Static(_line(self._title), classes="page-title", markup=False)
            options = [Option(_line(line)) for line in self._lines]
            yield PickList(*options, id="pick-list", markup=False)
            yield Static("Enter picks   q leaves", classes="page-hint", markup=False)

    def on_mount(self) -> None:
        """Begin where the reader is."""
        self.query_one(PickList).highlighted = self._at

    def on_key(self, event: events.Key) -> None:
        """Leave."""
        if press_name(event.key, event.character) in {"q", "Escape", "h"}:
            event.stop()
            self.dismiss(None)

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Answer with the place."""
        self.dismiss(event.option_index)


def _line(text: str) -> Text:
    """One line of text that may be foreign, its indentation kept, as text and never as markup."""
    indent = len(text) - len(text.lstrip(" "))
    return Text(" " * indent + clean_line(text[:_LONGEST]), no_wrap=True, overflow="ellipsis")
