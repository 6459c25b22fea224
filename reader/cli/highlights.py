"""highlights: the passages that the reader marked, as Markdown or JSON."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from archive.characters import clean_line
from archive.highlights import highlight_documents, place_of
from archive.models import Summary
from archive.names import article_id_in
from reader.annotations import quotes
from reader.cli.hints import note_hints, note_nothing
from reader.cli.listing import newest
from reader.cli.session import open_library
from reader.cli.terminal import Terminal
from reader.cli.wording import day
from reader.library import Library

HIGHLIGHTED = "has:highlight"


def highlights(arguments: Namespace, terminal: Terminal) -> int:
    """Prints the passages of an article, or of all that match; exit code 1 without any."""
    words = " ".join(arguments.query)
    query = f"{HIGHLIGHTED} ({words})" if words else HIGHLIGHTED
    article_id = article_id_in(words)
    with open_library(arguments, terminal) as library:
        if article_id:
            library.get(article_id)  # NotFound for an id that no article has
            rows = iter(library.summaries([article_id]))
        else:
            note_hints(words, terminal)
            rows = newest(library, query)
        if arguments.json:
            return 0 if terminal.json_list(_fields(library, rows)) else 1
        count = terminal.lines(_lines(library, rows))
        if not count:
            if words and not article_id:
                note_nothing(library, query, terminal)
            terminal.note("In the app, v marks a passage of the text.")
    return 0 if count else 1


def _lines(library: Library, rows: Iterator[Summary]) -> Iterator[str]:
    """Each article's title and address with its passages as block quotes."""
    for row in rows:
        if marked := library.mark_of(row.article_id).highlights:
            facts = " · ".join(filter(None, (clean_line(row.outlet), day(row.published_at))))
            yield f"## {clean_line(row.title)}\n"
            yield "\n\n".join(filter(None, (facts, clean_line(row.url), quotes(marked)))) + "\n"


def _fields(library: Library, rows: Iterator[Summary]) -> Iterator[dict[str, Any]]:
    """The same with where each passage stands in the text now, null for one that is gone."""
    for row in rows:
        marked = library.mark_of(row.article_id).highlights
        text = library.get(row.article_id).text if marked else ""
        places = [place_of(text, each) or (None, None) for each in marked]
        stated = zip(highlight_documents(marked), places, strict=True)
        found = [{**each, "start": start, "end": end} for each, (start, end) in stated]
        if found:
            yield {
                "id": row.article_id,
                "title": row.title,
                "url": row.url,
                "outlet": row.outlet,
                "highlights": found,
            }
