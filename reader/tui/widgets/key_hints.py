"""What keys do in a dialog, in as many lines as that takes: a key stays beside what it does."""

from __future__ import annotations

from rich.text import Text
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from archive.characters import clean_line
from reader.tui.cells import cell_len

_GAP = "   "
"""What stands between two keys."""
_LONGEST = 600


class KeyHints(Widget):
    """Keys with three blanks between them, or in their place a sentence."""

    DEFAULT_CSS = "KeyHints { height: auto; }"

    text: reactive[str] = reactive("", layout=True)
    """The keys, or words that may be foreign."""

    def __init__(self, text: str, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self.set_reactive(KeyHints.text, text)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """The lines at that width."""
        return len(_lines(self.text, width))

    def render(self) -> Text:
        """The lines as plain text: nothing in them is markup."""
        return Text("\n".join(_lines(self.text, self.size.width)), overflow="ellipsis")


def _lines(text: str, width: int) -> list[str]:
    """The text broken between keys; what is too long for a line between words."""
    lines = [""]
    for group in text[:_LONGEST].split(_GAP):
        whole = clean_line(group)
        for at, part in enumerate([whole] if cell_len(whole) <= width else whole.split()):
            longer = f"{lines[-1]}{' ' if at else _GAP}{part}" if lines[-1] else part
            if cell_len(longer) <= width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(part)
    return lines
