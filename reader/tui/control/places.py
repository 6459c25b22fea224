"""Places: `M` and a letter keeps where one is, `'` and the letter goes there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from archive.models import Summary
from reader.tui.places_file import Place, PlacesFile
from reader.tui.views import SMART, View, tag_view

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

Act = Literal["set", "go"]


class Places:
    """The places of this session, and with a file those of earlier ones."""

    def __init__(self, desk: Desk, file: PlacesFile | None) -> None:
        self._desk = desk
        self._file = file
        self._set: dict[str, Place] = {}
        self.wanted: Act | None = None
        """What the next letter is for; None when it is for nothing."""

    def ask(self, act: Act) -> None:
        """Take the next key as the letter of a place."""
        self.wanted = act

    def press(self, name: str) -> bool:
        """Take a key that was asked for; False when none was."""
        act, self.wanted = self.wanted, None
        if act is None:
            return False
        if len(name) == 1 and name.isalpha():
            (self._put if act == "set" else self._go)(name)
        elif name != "Escape":
            self._desk.say("Places have letters: a to z, A to Z.")
        self._desk.title_changed()
        return True

    def _put(self, letter: str) -> None:
        place = self._here()
        if place is None:
            self._desk.say("There is no article here to come back to.")
            return
        self._set[letter] = place
        self._desk.status(f"Place {letter} is set", 4)
        if self._file is not None:
            self._desk.background.ask("write", partial(self._file.save, letter, place))

    def _here(self) -> Place | None:
        row, listing = self._desk.current, self._desk.listing
        if row is None:
            return None
        in_search = self._desk.panes.middle == "search"
        in_text = self._desk.panes.current == "text"
        return Place(
            str(self._desk.library.path),
            row.article_id,
            listing.view.key,
            listing.filter,
            self._desk.finding.text.strip() if in_search else "",
            self._desk.widgets.text.position if in_text else -1,
        )

    def _go(self, letter: str) -> None:
        file, here, known = self._file, str(self._desk.library.path), self._set.get(letter)
        library = self._desk.library

        def find() -> tuple[Place | None, list[Summary]]:
            place = known or (file.load().get(letter) if file else None)
            if place is None or place.archive != here:
                return None, []
            return place, library.summaries([place.article_id])

        self._desk.background.ask("tags", find, partial(self._found, letter))

    def _found(self, letter: str, found: tuple[Place | None, list[Summary]]) -> None:
        place, rows = found
        if place is None:
            self._desk.say(f"No place {letter} is set here.")
        elif not rows:
            self._desk.say("The article of this place is not in the archive any more.")
        else:
            self._arrive(place, rows[0])

    def _arrive(self, place: Place, row: Summary) -> None:
        desk = self._desk
        if place.search:
            desk.finding.open(place.search)
        else:
            desk.panes.go("articles")
            view = self._view(place.view)
            desk.listing.show_at(view, place.filter, row)
            row_of_view = desk.widgets.feeds.index_of(view.key)
            if row_of_view >= 0:
                desk.widgets.feeds.move_to(row_of_view)
        if place.position >= 0:
            desk.reading.open(row, place.position)

    def _view(self, key: str) -> View:
        """The view of that key; all articles where there is none any more."""
        kind, _, name = key.partition(" ")
        if kind == "tag":
            return tag_view(name)
        return self._desk.widgets.feeds.view_of(key) or SMART[0]
