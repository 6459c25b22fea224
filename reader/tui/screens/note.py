"""A note on an article: some lines of the reader's own."""

from __future__ import annotations

from copy import copy

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from archive.characters import clean_text
from reader.tui.screens.prompts import plain
from reader.tui.screens.typing_ahead import hand_on


class NoteScreen(ModalScreen[str | None]):
    """Its answer is the note, empty for none; None when it was left as it was.

    The note that there is comes by `take`, after what is typed meanwhile.
    """

    AUTO_FOCUS = "#note-text"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._early: list[events.Key] = []

    def compose(self) -> ComposeResult:
        """The parts, from above."""
        with Vertical(id="note"):
            yield Static(plain(self._title), id="prompt-title", markup=False)
            yield TextArea(id="note-text", compact=True, tab_behavior="focus")
            yield Static(plain("C-s keeps the note, Escape leaves it as it was."), id="prompt-hint")

    def take(self, note: str) -> None:
        """Put the note before what was typed."""
        if self.is_running and note:
            area = self.query_one(TextArea)
            area.insert(clean_text(note), (0, 0), maintain_selection_offset=False)
            area.move_cursor(area.document.end)

    def on_key(self, event: events.Key) -> None:
        """Keep, or leave; keep what is typed before the lines can take it."""
        if event.key in {"ctrl+s", "escape"}:
            event.stop()
            event.prevent_default()
            keeps = event.key == "ctrl+s"
            self.dismiss(self.query_one(TextArea).text.strip() if keeps else None)
        elif self.focused is None:
            self._early.append(copy(event))
            event.stop()

    def on_descendant_focus(self) -> None:
        """The lines are ready: give them what was typed before."""
        early, self._early = self._early, []
        for event in early:
            hand_on(event, self.query_one(TextArea))
