"""Pictures as Markdown in a text, for what shows a text once and keeps no places in it."""

from __future__ import annotations

import re

from archive.models import Article
from archive.pictures import places_of_pictures

_MEANT = re.compile(r"[\\\[\]`*_<>!]")


def illustrated(article: Article) -> str:
    """The article's text with its pictures between the blocks, where they have words."""
    text = article.text
    pictures = [each for each in article.pictures if each.words]
    places = places_of_pictures(text, pictures)
    for at, picture in reversed(list(zip(places, pictures, strict=True))):
        end = text.find("\n\n", at) if at else 0
        end = len(text) if end < 0 else end
        words = _MEANT.sub(r"\\\g<0>", picture.words)
        block = f"![{words}](<{picture.url.replace('>', '%3E')}>)"
        text = f"{text[:end]}\n\n{block}\n\n{text[end:].lstrip(chr(10))}"
    return text.strip("\n")
