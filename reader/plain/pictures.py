"""What outlets say of their pictures, between the blocks of a text that is read aloud."""

from __future__ import annotations

from dataclasses import replace

from archive.characters import clean_line
from archive.models import Article
from archive.pictures import places_of_pictures
from reader.plain.text import Block, Text


def with_pictures(text: Text, article: Article) -> Text:
    """The text of an article with its pictures in their places; without words they are left out."""
    blocks = list(text.blocks)
    places = places_of_pictures(article.text, article.pictures)
    at = 0
    for picture, place in zip(article.pictures, places, strict=True):
        if words := clean_line(picture.words):
            line = article.text.count("\n", 0, place)
            while at < len(blocks) and place and blocks[at].start <= line:
                at += 1
            blocks.insert(at, Block((f"[image: {words}]",), line))
            at += 1
    return replace(text, blocks=tuple(blocks))
