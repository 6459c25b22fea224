"""Which pictures an article has: those of the text that was chosen for it, and a lead picture."""

from __future__ import annotations

from archive.models import TextFrom
from archive.pictures import Picture
from reader.pipeline.clean import clean_url
from reader.pipeline.extract import ExtractedPage
from reader.pipeline.page_pictures import placed_pictures, seen_pictures, with_lead
from reader.pipeline.parse import Entry


def article_pictures(
    entry: Entry, page: ExtractedPage | None, text: str, text_from: TextFrom
) -> tuple[Picture, ...]:
    """The pictures of an entry's article; a text of the feed has those that stand in it there."""
    pictures = page.pictures if page and text_from == "page" else _of_feed(entry, text)
    return with_lead(pictures, clean_url(entry.attached.image_url))


def _of_feed(entry: Entry, text: str) -> tuple[Picture, ...]:
    stated = entry.content_html or entry.summary_html
    if "<img" not in stated:
        return ()
    from reader.pipeline.html_tree import base_of, parse_fragment

    tree = parse_fragment(stated)
    if tree is None:
        return ()
    return placed_pictures(seen_pictures(tree, base_of(tree, entry.url), in_text_box=True), text)
