"""Pictures as Markdown in a text, for what shows a text once and keeps no places in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.models import Article
from archive.pictures import places_of_pictures
from reader.markup import OPTIONS

_LINE_END = re.compile(r"\r\n?|\n")
_MEANT = re.compile(r"[\\\[\]`*_<>!]")


def illustrated(article: Article) -> str:
    """The article's text with its pictures between the blocks, where they have words."""
    text = article.text
    pictures = [each for each in article.pictures if each.words]
    places = places_of_pictures(text, pictures)
    fences = _fences(text) if pictures else []
    for at, picture in reversed(list(zip(places, pictures, strict=True))):
        end = _block_end(text, at, fences) if at else 0
        words = _MEANT.sub(r"\\\g<0>", picture.words)
        block = f"![{words}](<{picture.url.replace('>', '%3E')}>)"
        text = f"{text[:end]}\n\n{block}\n\n{text[end:].lstrip(chr(10))}"
    return text.strip("\n")


def _block_end(text: str, at: int, fences: Iterable[tuple[int, int]]) -> int:
    """The first blank line from a place on that is not one of fenced code; else the text's end."""
    end = text.find("\n\n", at)
    for start, stop in fences:
        if start <= end < stop:
            end = text.find("\n\n", stop)
    return end if end >= 0 else len(text)


def _fences(text: str) -> list[tuple[int, int]]:
    """Of fenced code, in order, where its first line begins and its last one ends."""
    if "```" not in text and "~~~" not in text:
        return []
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", OPTIONS).disable(["inline", "text_join"]).parse(text)
    starts = [0, *(line_end.end() for line_end in _LINE_END.finditer(text)), len(text) + 1]
    lines = [token.map for token in tokens if token.type == "fence" and token.map]
    return [(starts[first], starts[behind] - 1) for first, behind in lines]
