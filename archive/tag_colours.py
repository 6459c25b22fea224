"""Colours of tags: a name of a colour for each tag that the reader gave one. Pure.

A colour belongs to the name of a tag, whether articles have the tag or not: so one that was taken
off everywhere has it again when it comes back. What is drawn for a name is the screen's affair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.fields import Fields
from archive.text import tag_key

TAG_COLOURS = "tag_colours"
"""Their table in library.json."""
COLOURS = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink")


@dataclass(frozen=True, slots=True)
class TagColour:
    """The colour of a tag: one of COLOURS, or what a later program wrote, which is drawn as none.

    `name` is the tag.
    """

    name: str
    colour: str


class TagColours:
    """The colours of all tags; a tag without one of its own has that of the nearest above it."""

    def __init__(self, stated: Iterable[TagColour] = ()) -> None:
        self._by_key = {tag_key(each.name): each for each in stated}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TagColours) and self._by_key == other._by_key

    __hash__ = None  # type: ignore[assignment]  # told apart by what it holds

    def __iter__(self) -> Iterator[TagColour]:
        return iter(self._by_key.values())

    def of(self, tag: str) -> str:
        """The colour that a tag is drawn in; empty for none."""
        stated = self.stated_for(tag)
        return stated.colour if stated is not None and stated.colour in COLOURS else ""

    def told_apart(self, tags: Iterable[str]) -> list[str]:
        """Of these tags the first of each colour that they have."""
        first: dict[str, str] = {}
        for tag in tags:
            if colour := self.of(tag):
                first.setdefault(colour, tag)
        return list(first.values())

    def stated_for(self, tag: str) -> TagColour | None:
        """What gives a tag its colour: what is stated of it, or of a tag above it."""
        key = tag_key(tag)
        while key not in self._by_key:
            if "/" not in key:
                return None
            key = key.rpartition("/")[0]
        return self._by_key[key]

    def stated_for_all(self, tags: Iterable[str]) -> tuple[TagColour, ...]:
        """What gives these tags their colours, each once."""
        found = {each.name: each for each in map(self.stated_for, tags) if each is not None}
        return tuple(found.values())


def renamed(colours: TagColours, old: str, new: str) -> Iterator[TagColour]:
    """The statements for the new names of a tag and those below it."""
    key = tag_key(old)
    for each in colours:
        if tag_key(each.name) == key:
            yield TagColour(new, each.colour)
        elif tag_key(each.name).startswith(f"{key}/"):
            below = each.name.split("/", old.count("/") + 1)[-1]
            yield TagColour(f"{new}/{below}", each.colour)


def tag_colour_document(stated: TagColour) -> dict[str, Any]:
    """The document of a tag's colour."""
    return {"name": stated.name, "colour": stated.colour}


def tag_colour_from(document: Mapping[str, Any]) -> TagColour:
    """The colour that a document states. DamagedFile where a field is of another kind."""
    read = Fields(document, "colour of a tag")
    return TagColour(read.text("name", required=True), read.text("colour", required=True))
