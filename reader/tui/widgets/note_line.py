"""A few words below or above a list that are only there when there is something to say."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Static

from archive.characters import clean_line

_LONGEST = 400


class NoteLine(Static):
    """An error or a hint, wrapped; takes no room while it is empty."""

    DEFAULT_CSS = """
    NoteLine {
        height: auto;
        max-height: 6;
        padding: 0 1;
        display: none;
        color: $warning;
        background: $background;
        &.-said { display: block; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__("", id=id, markup=False)
        self.text = ""

    def show(self, text: str) -> None:
        """Say this, as plain text; an empty text takes the line away."""
        said = clean_line(text[:_LONGEST])
        if said == self.text:
            return  # an update lays the whole screen out anew
        self.text = said
        self.update(Text(said))
        self.set_class(bool(self.text), "-said")
