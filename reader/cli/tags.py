"""tags: all of them with their counts, renamed, merged, coloured, removed."""

from __future__ import annotations

from argparse import Namespace

from archive.characters import clean_line
from reader.cli.session import open_library
from reader.cli.table import Cell, Column, table
from reader.cli.terminal import Terminal
from reader.cli.wording import counted
from reader.errors import UsageProblem
from reader.tagging import colour_named, coloured


def tags(arguments: Namespace, terminal: Terminal) -> int:
    """Lists the tags, gives one another name or a colour, or takes one off every article."""
    words = [clean_line(word).strip() for word in arguments.words]
    with open_library(arguments, terminal) as library:
        match arguments.action, words:
            case "list", []:
                found, colours = library.tags(), library.tagging.colours()
            case "rename" | "merge", [old, new] if old and new:
                return _changed(library.tagging.rename(old, new), terminal)
            case "colour", [tag, text] if tag:
                colour = colour_named(text)
                library.tagging.colour(tag, colour)
                terminal.line(coloured(tag, colour))
                return 0
            case "remove", [tag] if tag:
                return _changed(library.tagging.remove(tag), terminal)
            case _:
                raise UsageProblem(
                    f"tags {arguments.action}",
                    "takes other words",
                    "For example: newsreader tags rename chips ai/chips",
                )
    if arguments.json:
        terminal.json_list(
            {
                "tag": t.tag,
                "article_count": t.article_count,
                "unread_count": t.unread_count,
                "colour": colours.of(t.tag) or None,
            }
            for t in found
        )
        return 0 if found else 1
    rows = (
        (
            Cell(t.tag, (colours.of(t.tag) or "accent",)),
            Cell(f"{t.article_count:,}"),
            Cell(colours.of(t.tag), ("dim",)),
        )
        for t in found
    )
    if not terminal.lines(table((Column(), Column(limit=10), Column(limit=8)), rows, terminal)):
        terminal.note("No tags yet. newsreader tag ID +TAG tags an article.")
        return 1
    return 0


def _changed(count: int, terminal: Terminal) -> int:
    terminal.line(f"{counted(count, 'article')} changed")
    return 0 if count else 1
