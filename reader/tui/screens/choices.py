"""Several feeds of one site, from which one is picked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from archive.characters import clean_line
from reader.outcomes import FeedChoice
from reader.tui.keys import press_name
from reader.tui.screens.links import MiddleCut
from reader.tui.widgets.pick_list import PickList

_LONGEST = 300


class ChoicesScreen(ModalScreen[FeedChoice | None]):
    """Its answer is the feed picked; None when it was left."""

    AUTO_FOCUS = "#choices-list"

    def __init__(self, title: str, choices: Sequence[FeedChoice]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """A title, the feeds with their addresses, and what can be done."""
        with Vertical(id="choices", classes="page"):
            title = Text(clean_line(self._title[:_LONGEST]), no_wrap=True, overflow="ellipsis")
            yield Static(title, classes="page-title", markup=False)
            yield PickList(*map(_row, self._choices), id="choices-list", markup=False)
            yield Static("Enter picks   q leaves", classes="page-hint", markup=False)

    def on_mount(self) -> None:
        """Begin at the first."""
        self.query_one(PickList).highlighted = 0

    def on_key(self, event: events.Key) -> None:
        """Leave."""
        if press_name(event.key, event.character) in {"q", "Escape", "h"}:
            event.stop()
            self.dismiss(None)

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Answer with the feed."""
        self.dismiss(self._choices[event.option_index])


def _row(choice: FeedChoice) -> Option:
    """Title and address in one line, a feed without a title by its address alone."""
    row = Table.grid(padding=(0, 1), expand=True)
    title, address = clean_line(choice.title[:_LONGEST]), clean_line(choice.url[:_LONGEST])
    if not title:
        row.add_column(no_wrap=True, ratio=1)
        row.add_row(MiddleCut(address))
        return Option(row)
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=2)
    row.add_column(no_wrap=True, ratio=3)
    row.add_row(Text(title), MiddleCut(address, "dim"))
    return Option(row)
