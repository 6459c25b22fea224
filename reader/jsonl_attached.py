"""What goes along with an article in a line of JSON Lines: files and pictures, as addresses.

Where pictures are kept is no part of a line: that is this archive's own.
"""

from __future__ import annotations

from typing import Any

from archive.models import Article, Enclosure
from archive.pictures import Picture, line_before, places_of_pictures
from reader.addresses import is_web_address
from reader.jsonl_fields import LineFields


def enclosures_in(fields: LineFields) -> tuple[Enclosure, ...]:
    """The files that a line states."""
    return tuple(
        Enclosure(url, file.line("type"), file.number("length"))
        for file in fields.objects("enclosures")
        if (url := web_address(file, "url"))
    )


def pictures_in(fields: LineFields, text: str) -> tuple[Picture, ...]:
    """The pictures that a line states, each at its place in the text."""
    return tuple(
        Picture(url, one.line("alt"), one.line("caption"), line_before(text, one.number("start")))
        for one in fields.objects("pictures")
        if (url := web_address(one, "url"))
    )


def picture_objects(article: Article) -> list[dict[str, Any]]:
    """The pictures of an article as a line states them."""
    places = places_of_pictures(article.text, article.pictures)
    stated = [
        {"url": one.url, "alt": one.alt, "caption": one.caption, "start": start}
        for one, start in zip(article.pictures, places, strict=True)
    ]
    return [{name: value for name, value in each.items() if value} for each in stated]


def web_address(fields: LineFields, name: str) -> str:
    """An address that may be followed; empty for any other."""
    url = fields.line(name)
    return url if is_web_address(url) else ""
