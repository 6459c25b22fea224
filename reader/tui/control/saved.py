"""Saved searches: their rows in the feeds pane with what is unread, saved and removed there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from archive.rule_models import SavedSearch
from archive.searches import SearchCount
from reader.tui.screens.prompts import Confirm, LinePrompt

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

TOGETHER = 0.5
"""Seconds in which changes of the archive are counted as one: each search costs a query."""


class Saved:
    """The saved searches as last counted."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._timer_set = False

    def load(self) -> None:
        """Read and count them."""
        self._timer_set = False
        read = self._desk.library.searches.counts
        self._desk.background.ask("tags", read, self._show)

    def load_soon(self) -> None:
        """The same once for many changes that come together."""
        if not self._timer_set:
            self._timer_set = True
            self._desk.screen.set_timer(TOGETHER, self.load)

    def save(self) -> None:
        """Ask for a name for what is being searched."""
        query = self._desk.finding.text.strip()
        if not query:
            self._desk.say("Nothing is being searched.")
            return
        prompt = LinePrompt(
            "Save the search",
            hint="A name; it is listed with the feeds.  Enter saves, Escape leaves.",
            value=query,
        )
        self._desk.open(prompt, partial(self._save, query))

    def remove(self) -> None:
        """Ask, then remove the saved search under the cursor of the feeds."""
        view = self._desk.widgets.feeds.view
        if view is not None and view.kind == "search":
            undo = self._desk.keymap.with_keys("{undo} takes that back.")
            confirm = Confirm(f"Remove the saved search {view.name}?", f"Its articles stay; {undo}")
            self._desk.open(confirm, partial(self._remove, view.name))

    def _show(self, counts: list[SearchCount]) -> None:
        self._desk.widgets.feeds.show_searches(counts)

    def _save(self, query: str, name: str | None) -> None:
        if name and name.strip():
            search = SavedSearch(name.strip(), query)
            put = partial(self._desk.library.searches.put, search)
            self._desk.background.ask("write", put, partial(self._saved, search.name))

    def _saved(self, name: str, _: None) -> None:
        self._desk.say(f"Saved the search {name}.")
        self._changed(None)

    def _remove(self, name: str, yes: bool | None) -> None:
        if yes:
            remove = partial(self._desk.library.searches.remove, name)
            self._desk.background.ask("write", remove, self._changed)

    def _changed(self, _: None) -> None:
        self._desk.marking.undoable = True
        self.load()
