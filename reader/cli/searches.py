"""searches: queries with a name, how many unread articles each finds, and what one finds."""

from __future__ import annotations

from argparse import Namespace

from archive.characters import clean_line
from archive.rule_models import SavedSearch
from archive.searches import MOST_UNREAD
from reader.cli.hints import note_hints
from reader.cli.listing import lines_of, newest
from reader.cli.session import open_library
from reader.cli.table import Cell, Column, table
from reader.cli.terminal import Terminal
from reader.errors import UsageProblem
from reader.fields import summary_fields
from reader.library import Library


def searches(arguments: Namespace, terminal: Terminal) -> int:
    """Lists the saved searches or what one finds, saves one or removes one."""
    words = [clean_line(word).strip() for word in arguments.words]
    with open_library(arguments, terminal) as library:
        match arguments.action, words:
            case "list", []:
                counts = library.searches.counts()
            case "list", [name]:
                return _list_found(library, library.searches.find(name), arguments, terminal)
            case "add", [name, *query] if name and any(query):
                wanted = " ".join(query)
                note_hints(wanted, terminal)
                library.searches.put(SavedSearch(name, wanted))
                terminal.line(f"Saved the search {name}.")
                return 0
            case "remove", [name]:
                library.searches.remove(name)
                terminal.line(f"Removed the saved search {name}.")
                return 0
            case _:
                raise UsageProblem(
                    f"searches {arguments.action}",
                    "takes other words",
                    "For example: newsreader searches add chips 'nvidia OR tsmc'",
                )
    if arguments.json:
        terminal.json_list(
            {
                "name": each.search.name,
                "query": each.search.query,
                "unread_count": each.unread_count,
            }
            for each in counts
        )
        return 0 if counts else 1
    columns = (Column(), Column(limit=6), Column(flexible=True))
    rows = (
        (
            Cell(each.search.name, ("accent",)),
            Cell(_count(each.unread_count)),
            Cell(each.search.query),
        )
        for each in counts
    )
    if not terminal.lines(table(columns, rows, terminal)):
        terminal.note("No saved searches yet. searches add NAME QUERY saves one.")
        return 1
    return 0


def _list_found(
    library: Library, search: SavedSearch, arguments: Namespace, terminal: Terminal
) -> int:
    note_hints(search.query, terminal)
    found = newest(library, search.query)
    if arguments.json:
        return 0 if terminal.json_list(map(summary_fields, found)) else 1
    if terminal.lines(lines_of(found, terminal)):
        return 0
    terminal.note(f"Nothing matches {clean_line(search.query)}.")
    return 1


def _count(unread: int) -> str:
    return f"{unread:,}+" if unread >= MOST_UNREAD else f"{unread:,}"
