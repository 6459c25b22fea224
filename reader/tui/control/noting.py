"""Notes on articles: asked for over the panes, kept as marks are."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from archive.characters import clean_line
from archive.models import Mark, Summary
from reader.editor import Edited, edited

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk
    from reader.tui.screens.note import NoteScreen


class Noting:
    """One note at a time. What is there is read in the lane of writes: after what was kept last."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: str | None = None
        self._screen: NoteScreen | None = None

    def edit(self) -> None:
        """Let the note of the article in use be written."""
        row = self._desk.current
        if row is None:
            return
        self._known = None
        screen = self._open(row)
        read = partial(self._desk.library.mark_of, row.article_id)
        self._desk.background.ask("write", read, partial(self._loaded, screen))

    def edit_outside(self) -> None:
        """Let the note of the article in use be written in the reader's editor."""
        row = self._desk.current
        if row is not None:
            read = partial(self._desk.library.mark_of, row.article_id)
            self._desk.background.ask("write", read, partial(self._write_outside, row))

    def _write_outside(self, row: Summary, mark: Mark) -> None:
        """Keep what the editor left; where it failed, show that to be kept or let go of."""
        if not self._desk.screen.is_current:
            return  # something was opened meanwhile
        found = self._edited(mark.note)
        if found.problem:
            screen = self._open(row)
            self._known = mark.note
            screen.call_after_refresh(screen.replace, found)
        elif (note := found.text.strip()) != mark.note:
            self._desk.marking.note(row, note)

    def _open(self, row: Summary) -> NoteScreen:
        from reader.tui.screens.note import NoteScreen  # what edits texts is no part of a start

        self._screen = NoteScreen(f"Note on {clean_line(row.title)}", self._edited)
        self._desk.open(self._screen, partial(self._answered, row))
        return self._screen

    def _edited(self, text: str) -> Edited:
        """What the editor makes of a text; the app lets go of the terminal meanwhile."""
        try:
            with self._desk.screen.app.suspend():
                return edited(text, os.environ)
        except SuspendNotSupported:
            return Edited(text, "No editor can have this terminal.")

    def _loaded(self, screen: NoteScreen, mark: Mark) -> None:
        if screen is not self._screen:
            return  # another article's was opened meanwhile
        self._known = mark.note
        screen.take(mark.note)

    def _answered(self, row: Summary, note: str | None) -> None:
        if note is None or note == self._known:
            return
        if self._known is not None:
            self._desk.marking.note(row, note)
        elif note:  # kept before the note that was there could be shown: it stays above this one
            read = partial(self._desk.library.mark_of, row.article_id)
            self._desk.background.ask("write", read, partial(self._add, row, note))

    def _add(self, row: Summary, note: str, mark: Mark) -> None:
        self._desk.marking.note(row, "\n".join(filter(None, (mark.note, note))))
