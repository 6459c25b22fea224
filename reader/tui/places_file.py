"""Places in the news under letters, and the small file that keeps them over restarts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from reader.tui.state_file import read_state, write_state


@dataclass(frozen=True, slots=True)
class Place:
    """An article in a list: the list by the key of its view and its filter, or a search.

    `position` is a character offset in the text, -1 for a place in the list.
    """

    archive: str
    article_id: str
    view: str = ""
    filter: str = ""
    search: str = ""
    position: int = -1


class PlacesFile:
    """Reads and writes all places; both block."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> dict[str, Place]:
        """The places by letter; none where the file cannot be read. Strange ones are left out."""
        found = read_state(self._path) or {}
        places = {letter: _place(fields) for letter, fields in found.items()}
        return {letter: place for letter, place in places.items() if place is not None}

    def save(self, letter: str, place: Place) -> None:
        """Put a place under its letter, beside those that another program put there meanwhile."""
        places = {**self.load(), letter: place}
        content = {key: asdict(each) for key, each in sorted(places.items())}
        write_state(self._path, content, "a place over restarts")


def _place(fields: object) -> Place | None:
    if not isinstance(fields, Mapping):
        return None
    wanted = {"archive", "article_id", "view", "filter", "search"}
    words = {name: fields[name] for name in wanted if isinstance(fields.get(name), str)}
    position = fields.get("position")
    if words.keys() != wanted or type(position) is not int:
        return None
    return Place(**words, position=position)
