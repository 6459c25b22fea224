"""changes: how the text of the open article changed since it came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from archive.characters import clean_line
from reader.difference import Change, steps
from reader.plain.desk import Desk
from reader.plain.reading import open_article
from reader.plain.wording import UNTITLED, counted, minute, sentence

INDENT = "   "


def changes(desk: Desk, _words: str) -> None:
    """Says each change, the latest first: the figures that changed, then the words."""
    found = steps(open_article(desk).article)
    desk.shown = "changes"
    if not found:
        desk.console.line("This text has not changed since it came.")
        return
    for at, title, places in found:
        for line in _spoken(at, title, places):
            desk.console.say(line, INDENT)
    desk.console.line("Enter or more reads on.")


def _spoken(at: datetime, title: str, places: list[Change]) -> Iterator[str]:
    name = clean_line(title) or UNTITLED
    size = counted(len(places), "place")
    yield f"Changed {minute(at)} in {size}. Its title then: {sentence(name)}"
    for before, after in dict.fromkeys(pair for place in places for pair in place.callouts):
        yield f"Figure: {clean_line(before)} became {clean_line(after)}."
    for place in places:
        before, after = clean_line(place.before), clean_line(place.after)
        if before:
            yield f"{'Before' if after else 'Gone'}: {before}"
        if after:
            yield f"{'After' if before else 'New'}: {after}"
