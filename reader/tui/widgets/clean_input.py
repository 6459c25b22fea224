"""A line to type in that holds nothing a terminal could take for an order, whatever is pasted."""

from __future__ import annotations

from textual.widgets import Input

from archive.characters import clean_text

_LONGEST = 4000


class CleanInput(Input):
    """Textual's Input, its value cleaned of harmful characters and of line ends."""

    def validate_value(self, value: str) -> str:
        """The value as one harmless line; spaces stay as they are."""
        return clean_text(value[:_LONGEST]).replace("\n", " ").replace("\t", " ")
