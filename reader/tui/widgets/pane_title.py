"""The one line over a pane: its name on the left, a count or state on the right."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from archive.characters import clean_line
from reader.tui.cells import cell_len, cut


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
    """What stands at the right end."""

    def render(self) -> Text:
        """The line as plain text: nothing in it is markup."""
        width = self.size.width
        note = cut(clean_line(self.note), max(0, width - 2))
        label = cut(clean_line(self.label[:1000]), max(0, width - cell_len(note) - 3))
        gap = max(0, width - 2 - cell_len(label) - cell_len(note))
        line = Text(f" {label}{' ' * gap}", no_wrap=True, end="")
        line.append(f"{note} ", style="not bold")
        return line
