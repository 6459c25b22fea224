"""Notes on articles: asked for over the panes, kept as marks are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from archive.characters import clean_line
from archive.models import Mark, Summary
from reader.tui.screens.note import NoteScreen

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk


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
        self._screen = screen = NoteScreen(f"Note on {clean_line(row.title)}")
        self._desk.open(screen, partial(self._answered, row))
        read = partial(self._desk.library.mark_of, row.article_id)
        self._desk.background.ask("write", read, partial(self._loaded, screen))

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
