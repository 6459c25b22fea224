"""All links of an article: numbered, with their text and address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from archive.characters import clean_line
from reader.tui.cells import cut_middle
from reader.tui.keys import press_name
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.key_hints import KeyHints
from reader.tui.widgets.pick_list import PickList

MOST_SHOWN = 1000
"""Links listed of one article."""
_LONGEST = 400


class MiddleCut:
    """An address in the room there is: what is cut is its middle, as its end tells it apart."""

    def __init__(self, text: str, style: str = "") -> None:
        self._text = text
        self._style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """One line."""
        yield Text(cut_middle(self._text, options.max_width), self._style, end="")


Choice = tuple[Literal["open", "copy"], str]
"""What to do with which address."""


class LinksScreen(Dialog[Choice | None]):
    """Its answer is a link to open or to copy; None when it was left."""

    AUTO_FOCUS = "#links-list"

    def __init__(self, links: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._links = links[:MOST_SHOWN]
        self._count = len(links)
        self._typed = ""

    def compose(self) -> ComposeResult:
        """A title, the links and what can be done."""
        with Vertical(id="links", classes="page"):
            yield Static(self._title(), classes="page-title", markup=False)
            yield PickList(*self._rows(), id="links-list", markup=False)
            yield KeyHints(
                "Enter opens   y copies   a number goes there   q leaves", classes="page-hint"
            )

    def on_key(self, event: events.Key) -> None:
        """Copy, go to a number, or leave."""
        name = press_name(event.key, event.character)
        if name in {"q", "U", "Escape", "h"}:
            event.stop()
            self.dismiss(None)
        elif name == "y":
            event.stop()
            self._answer("copy", self.query_one(PickList).highlighted)
        elif name.isdecimal() and name.isascii():
            event.stop()
            self._go_to(name)
        else:
            self._typed = ""

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Open the link."""
        self._answer("open", event.option_index)

    def _answer(self, act: Literal["open", "copy"], index: int | None) -> None:
        if index is not None:
            self.dismiss((act, self._links[index][1]))

    def _go_to(self, digit: str) -> None:
        """Digits one after another make a number, as long as there is such a link."""
        typed = self._typed + digit
        self._typed = typed if 1 <= int(typed) <= len(self._links) else digit
        if 1 <= int(self._typed) <= len(self._links):
            self.query_one(PickList).highlighted = int(self._typed) - 1

    def _title(self) -> str:
        links = "1 link" if self._count == 1 else f"{self._count:,} links"
        return f"{links}, the first {MOST_SHOWN:,}" if self._count > MOST_SHOWN else links

    def _rows(self) -> list[Table]:
        digits = len(str(len(self._links)))
        return [
            _row(f"{number:>{digits}}", text, url)
            for number, (text, url) in enumerate(self._links, 1)
        ]


def _row(number: str, text: str, url: str) -> Table:
    """Number, text and address in one line, an address that is its own text once; no markup."""
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(no_wrap=True, width=len(number))
    label, address = clean_line(text[:_LONGEST]), clean_line(url[:_LONGEST])
    if _bare(label) == _bare(address):
        row.add_column(no_wrap=True, ratio=1)
        row.add_row(Text(number, "dim"), MiddleCut(address))
        return row
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=2)
    row.add_column(no_wrap=True, ratio=3)
    row.add_row(Text(number, "dim"), Text(label), MiddleCut(address, "dim"))
    return row


def _bare(address: str) -> str:
    """An address as people write it; one broken over lines has blanks where it was broken."""
    return re.sub(r"^(?:https?://|mailto:)?(?:www\.)?|\s", "", address).rstrip("/")
