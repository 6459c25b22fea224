"""The highlights of an article: listed, gone to, copied, taken off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from archive.characters import clean_line
from reader.tui.keys import press_name
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.key_hints import KeyHints
from reader.tui.widgets.pick_list import PickList

_LONGEST = 600
"""Characters of a passage that are shown."""
GONE = "(not in the text any more) "

Choice = tuple[Literal["go", "copy", "remove"], int]
"""What to do with the highlight of which number, from 0."""


class HighlightsScreen(Dialog[Choice | None]):
    """Its answer is what to do with one; None when it was left.

    `rows` have the words of each, and whether they are gone from the text.
    """

    AUTO_FOCUS = "#highlights-list"

    def __init__(self, rows: Sequence[tuple[str, bool]]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """A title, the passages and what can be done."""
        count = len(self._rows)
        title = f"{count:,} highlight{'s' if count > 1 else ''}"
        with Vertical(id="highlights", classes="page"):
            yield Static(title, classes="page-title", markup=False)
            yield PickList(*map(_row, self._rows), id="highlights-list", markup=False)
            hint = "Enter goes there   y copies   d takes off   q leaves"
            yield KeyHints(hint, classes="page-hint")

    def on_key(self, event: events.Key) -> None:
        """Copy, take off, or leave."""
        name = press_name(event.key, event.character)
        at = self.query_one(PickList).highlighted
        if name in {"q", "Escape", "h"}:
            event.stop()
            self.dismiss(None)
        elif name in {"y", "d"} and at is not None:
            event.stop()
            self.dismiss(("copy" if name == "y" else "remove", at))

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Go there."""
        self.dismiss(("go", event.option_index))


def _row(found: tuple[str, bool]) -> Text:
    """A passage over as many lines as it needs, one that is gone said to be so; no markup."""
    words, is_gone = found
    shown = clean_line(words[:_LONGEST]) + "…" * (len(words) > _LONGEST)
    return Text.assemble((GONE if is_gone else "", "dim"), f"“{shown}”")
