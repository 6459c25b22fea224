"""The one line over a pane: its name on the left, a count or state on the right.

The note ends where the ages and counts of the rows below end: beside a blank and the scroll bar.
"""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from archive.characters import clean_line
from reader.tui.cells import cell_len, cut

_LEFT, _RIGHT = " ", "  "
_LEAST_LABEL = 12
"""Cells of the name that the further parts of a note give way to."""
_BETWEEN = " · "


class PaneTitle(Widget):
    """Name and note; in the accent's colour while its pane has the focus (class `-active`)."""

    DEFAULT_CSS = """
    PaneTitle {
        height: 1;
        background: $background;
        color: $text-muted;
        text-style: bold;
        &.-active { color: $accent; }
    }
    """

    label: reactive[str] = reactive("")
    """The name, which may be foreign text."""
    note: reactive[str] = reactive("")
    """What stands at the right end; of its parts between dots the first is always there."""

    def render(self) -> Text:
        """The line as plain text: nothing in it is markup."""
        room = max(0, self.size.width - len(_LEFT + _RIGHT))
        label = clean_line(self.label[:1000])
        note = _fitting(clean_line(self.note), room - 1 - min(cell_len(label), _LEAST_LABEL))
        note = cut(note, room)
        label = cut(label, max(0, room - 1 - cell_len(note)))
        gap = max(0, room - cell_len(label) - cell_len(note))
        line = Text(f"{_LEFT}{label}{' ' * gap}", no_wrap=True, end="")
        line.append(f"{note}{_RIGHT}", style="not bold")
        return line


def _fitting(note: str, room: int) -> str:
    """The note without its last parts where they have no room."""
    while cell_len(note) > room and _BETWEEN in note:
        note = note.rpartition(_BETWEEN)[0]
    return note
