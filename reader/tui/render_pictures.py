"""Where pictures stand among the blocks of a document, and the lines that they take.

Lines are kept free for a picture by its size, which is known before its pixels are: so nothing
moves when those come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.characters import clean_line
from archive.models import PageRef
from archive.pictures import Picture, places_of_pictures
from reader.tui.cells import drawable
from reader.tui.half_cells import fitted

UNREADABLE = "This picture cannot be read."
NO_PICTURES = 0
"""Rows for a picture where none is drawn: only its words are."""


class PictureBox(NamedTuple):
    """The cells of a picture, told by where its bytes are kept."""

    page: PageRef
    columns: int
    rows: int


class PictureRow(NamedTuple):
    """A line of a picture."""

    box: PictureBox
    row: int


def rows_of(box: PictureBox) -> Iterator[PictureRow]:
    """The lines of a picture from the top."""
    return (PictureRow(box, row) for row in range(box.rows))


class PlacedPictures:
    """The pictures of a text, handed out in its order; each once."""

    def __init__(self, text: str, pictures: Sequence[Picture], width: int, most_rows: int) -> None:
        self._pictures = pictures
        self._places = places_of_pictures(text, pictures)
        self._width = width
        self._most_rows = most_rows
        self._next = 0

    def before(self, offset: int) -> Iterator[tuple[PictureBox | None, str]]:
        """Those above an offset of the text: its cells, if it is drawn, and what is said of it.

        One that is not drawn is named as what it is. Without words there is nothing of it then.
        """
        while self._next < len(self._places) and self._places[self._next] <= offset:
            picture = self._pictures[self._next]
            self._next += 1
            box = self._box(picture)
            words = drawable(clean_line(picture.words))
            if box or words:
                yield box, words if box else f"[image: {words}]"

    def _box(self, picture: Picture) -> PictureBox | None:
        page, is_sized = picture.page, min(picture.width, picture.height) > 0
        if page is None or not is_sized or self._most_rows == NO_PICTURES:
            return None
        size = fitted(picture.width, picture.height, self._width, self._most_rows)
        return PictureBox(page, *size)
