"""list, search: articles a line each, or as JSON."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from archive.characters import clean_line
from archive.models import Summary
from archive.paging import windows
from reader.cells import cut, wrap
from reader.cli.hints import note_hints, note_nothing
from reader.cli.session import open_library
from reader.cli.table import Cell, Column, Row, table
from reader.cli.terminal import Terminal
from reader.cli.wording import day, minute
from reader.errors import UsageProblem
from reader.fields import found_fields, summary_fields
from reader.library import Library

if TYPE_CHECKING:
    from archive.query_tree import Query

WINDOW = 1000
ON_A_TERMINAL = 50
# From this width on a date has its time beside it.
WIDE = 100
INDENT = "    "


def list_articles(arguments: Namespace, terminal: Terminal) -> int:
    """Lists what matches, newest or oldest first, by relevance, or rare voices first."""
    query = " ".join(arguments.query)
    default = ON_A_TERMINAL if terminal.out_is_terminal and not arguments.json else sys.maxsize
    limit = arguments.limit or default
    with open_library(arguments, terminal) as library:
        note_hints(query, terminal)
        found = newest(library, query, limit)
        if arguments.sort != "date":
            found = iter(library.list(query, limit=min(limit, 2**31), sort=arguments.sort))
        if arguments.json:
            return 0 if terminal.json_list(map(summary_fields, found)) else 1
        count = terminal.lines(lines_of(found, terminal))
        _remark(library, query, count, terminal)
    return 0 if count else 1


def search(arguments: Namespace, terminal: Terminal) -> int:
    """Lists what matches, best first, each with a snippet that shows the match."""
    query = " ".join(arguments.query)
    if not query.strip():
        raise UsageProblem(
            "search", "needs words to look for", "For example: newsreader search night ferry"
        )
    with open_library(arguments, terminal) as library:
        note_hints(query, terminal)
        found = library.search(query, limit=arguments.limit)
        if arguments.json:
            terminal.json_list(map(found_fields, found))
        else:
            meant = library.asking(query)
            for summary, line in zip(found, lines_of(iter(found), terminal), strict=True):
                terminal.line(line)
                for snippet_line in _snippet(summary, meant, terminal):
                    terminal.line(snippet_line)
            _remark(library, query, len(found), terminal)
    return 0 if found else 1


def newest(library: Library, query: str, limit: int = sys.maxsize) -> Iterator[Summary]:
    """Matches newest first, a window at a time, so that memory does not grow with them."""
    rows = chain.from_iterable(windows(library, query, min(WINDOW, limit)))
    return islice(rows, limit)


def lines_of(found: Iterator[Summary], terminal: Terminal) -> Iterator[str]:
    """Articles a line each, in columns that fit the terminal."""
    columns = (
        Column(limit=16),
        Column(limit=2),
        Column(limit=17, from_width=50),
        Column(limit=18, from_width=70),
        Column(flexible=True),
    )
    yield from table(columns, (_row(summary, terminal) for summary in found), terminal)


def _row(summary: Summary, terminal: Terminal) -> Row:
    unread, star = ("●", "★") if terminal.unicode else ("o", "*")
    marks = (" " if summary.read else unread) + (star if summary.starred else "")
    tags = "".join(f"  #{tag}" for tag in summary.tags)
    tags += "".join(f"  #{each.tag} (#{each.number})" for each in summary.section_tags)
    at = summary.published_at or summary.archived_at
    wide = terminal.width is None or terminal.width >= WIDE
    doubt = "?" if summary.claimed_at else ""  # the outlet claims another, which cannot be true
    return (
        Cell(summary.article_id, ("accent",)),
        Cell(marks, ("warn",) if summary.starred else ("accent",)),
        Cell((minute(at) if wide else day(at)) + doubt, ("dim",)),
        Cell(summary.outlet, ("dim",)),
        Cell(summary.title + tags, () if summary.read else ("bold",)),
    )


def _snippet(summary: Summary, query: Query, terminal: Terminal) -> Iterator[str]:
    """The snippet under its article, matches emphasised."""
    from archive.snippets import find_hits
    from reader.cli.markdown import paint

    if summary.section:
        heading = f"#{summary.section.number} {clean_line(summary.section.heading)}"
        room = (terminal.width or len(heading) * 2 + len(INDENT)) - len(INDENT)
        yield INDENT + terminal.style(cut(heading, room), "dim")
    text = clean_line(summary.snippet)
    if not terminal.unicode:
        text = text.replace("…", "...")
    spans = [(start, end, ("bold", "accent")) for start, end in find_hits(text, query)]
    width = (terminal.width or len(text) * 2 + len(INDENT) + 2) - len(INDENT)
    for start, end in wrap(text, width):
        yield INDENT + paint(text, start, end, spans, terminal)


def _remark(library: Library, query: str, shown: int, terminal: Terminal) -> None:
    """What a person wants to know besides the list: that it is empty, or that there is more."""
    if not shown:
        if query:
            note_nothing(library, query, terminal)
        else:
            terminal.note("No articles yet.")
    elif terminal.out_is_terminal and terminal.err_is_terminal:
        count = library.count(query)
        if count > shown:
            terminal.note(terminal.style(f"{shown:,} of {count:,}; --limit N shows more", "dim"))
