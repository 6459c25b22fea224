"""A list over the panes, of which one row is picked: feeds, sections, ways to extract a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.visual import VisualType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from archive.characters import clean_line
from reader.tui.keys import press_name
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.pick_list import PickList

T = TypeVar("T")

LONGEST = 300
"""Characters of a foreign text that can matter in a row; the rest is never looked at."""


class PickScreen(Dialog[T | None]):
    """Its answer is that of the row that was picked; None when it was left.

    A row whose answer is None is a heading: it cannot be picked.
    """

    AUTO_FOCUS = "#pick-list"

    def __init__(
        self, title: str, rows: Sequence[VisualType], answers: Sequence[T | None], at: int = 0
    ) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._answers = answers
        self._at = at

    def compose(self) -> ComposeResult:
        """A title, the rows, and what can be done."""
        with Vertical(id="pick", classes="page"):
            yield Static(line(self._title), classes="page-title", markup=False)
            options = [
                Option(row, disabled=answer is None)
                for row, answer in zip(self._rows, self._answers, strict=True)
            ]
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
        """Answer."""
        self.dismiss(self._answers[event.option_index])


def line(text: str) -> Text:
    """One line of text that may be foreign, its indentation kept, as text and never as markup."""
    indent = len(text) - len(text.lstrip(" "))
    return Text(" " * indent + clean_line(text[:LONGEST]), no_wrap=True, overflow="ellipsis")
