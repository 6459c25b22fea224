"""Places in the news under letters, and the small file that keeps them over restarts.

As with `habits`, losing the file costs little: it is never an error to a reader of news.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from reader.paths import make_private
from reader.whole_file import put_whole

LARGEST = 256 * 1024
"""Bytes read of the file; with all letters set ours has some ten thousand."""

_LOG = logging.getLogger(__name__)


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
        try:
            with self._path.open("rb") as file:
                content = json.loads(file.read(LARGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        found = content if isinstance(content, dict) else {}
        places = {letter: _place(fields) for letter, fields in found.items()}
        return {letter: place for letter, place in places.items() if place is not None}

    def save(self, letter: str, place: Place) -> None:
        """Put a place under its letter, beside those that another program put there meanwhile."""
        places = {**self.load(), letter: place}
        content = {key: asdict(each) for key, each in sorted(places.items())}
        try:
            make_private(self._path.parent)
            put_whole(self._path, f"{json.dumps(content, indent=1)}\n".encode())
        except OSError as error:
            _LOG.warning("a place cannot be kept over restarts: %s", error)


def _place(fields: object) -> Place | None:
    if not isinstance(fields, Mapping):
        return None
    wanted = {"archive", "article_id", "view", "filter", "search"}
    words = {name: fields[name] for name in wanted if isinstance(fields.get(name), str)}
    position = fields.get("position")
    if words.keys() != wanted or type(position) is not int:
        return None
    return Place(**words, position=position)
