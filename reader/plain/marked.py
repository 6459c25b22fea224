"""The highlights of the open article, and the blocks of its text that they begin in."""

from __future__ import annotations

from archive.highlights import Highlight, place_of
from reader.plain import stopping
from reader.plain.desk import Desk, Reading


def marked(desk: Desk, reading: Reading) -> tuple[Highlight, ...]:
    """The highlights, in the order of the text."""
    return desk.library.mark_of(reading.article.article_id).highlights


def begun(desk: Desk, reading: Reading) -> dict[int, list[int]]:
    """The numbers of the highlights that begin in each block, from 1; not those that are gone."""
    found: dict[int, list[int]] = {}
    for number, highlight in enumerate(marked(desk, reading), start=1):
        if place := place_of(reading.source, highlight):
            found.setdefault(stopping.place_of(reading, place[0]), []).append(number)
    return found
