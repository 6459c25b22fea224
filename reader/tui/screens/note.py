"""A note on an article: some lines of the reader's own."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from archive.characters import clean_text
from reader.editor import Edited
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.prompts import plain
from reader.tui.screens.typing_ahead import hand_on

HINT = "C-s keeps the note, Escape leaves it as it was, C-o opens $EDITOR."


class NoteScreen(Dialog[str | None]):
    """Its answer is the note, empty for none; None when it was left as it was.

    The note that there is comes by `take`, after what is typed meanwhile. `edit` gives a text to
    the reader's editor.
    """

    AUTO_FOCUS = "#note-text"

    def __init__(self, title: str, edit: Callable[[str], Edited]) -> None:
        super().__init__()
        self._title = title
        self._edit = edit
        self._early: list[events.Key] = []

    def compose(self) -> ComposeResult:
        """The parts, from above."""
        with Vertical(id="note"):
            yield Static(plain(self._title), id="prompt-title", markup=False)
            yield TextArea(id="note-text", compact=True, tab_behavior="focus")
            yield Static(plain(HINT), id="prompt-hint")

    def take(self, note: str) -> None:
        """Put the note before what was typed."""
        if self.is_running and note:
            area = self.query_one(TextArea)
            area.insert(clean_text(note), (0, 0), maintain_selection_offset=False)
            area.move_cursor(area.document.end)

    def replace(self, edited: Edited) -> None:
        """Put a text in place of what is there, and say what went wrong with it."""
        area, hint = self.query_one(TextArea), self.query_one("#prompt-hint", Static)
        area.text = clean_text(edited.text)
        area.move_cursor(area.document.end)
        hint.update(plain(f"{edited.problem} {HINT}" if edited.problem else HINT))
        hint.set_class(bool(edited.problem), "-refused")

    def on_key(self, event: events.Key) -> None:
        """Keep, or leave; keep what is typed before the lines can take it."""
        if event.key in {"ctrl+s", "escape"}:
            event.stop()
            event.prevent_default()
            keeps = event.key == "ctrl+s"
            self.dismiss(self.query_one(TextArea).text.strip() if keeps else None)
        elif event.key == "ctrl+o":
            event.stop()
            event.prevent_default()
            self.replace(self._edit(self.query_one(TextArea).text))
        elif self.focused is None:
            self._early.append(copy(event))
            event.stop()

    def on_descendant_focus(self) -> None:
        """The lines are ready: give them what was typed before."""
        early, self._early = self._early, []
        for event in early:
            hand_on(event, self.query_one(TextArea))
