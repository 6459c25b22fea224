"""What a query's words were not understood as, and why one finds nothing, told on stderr."""

from __future__ import annotations

from archive.characters import clean_line
from reader.cli.terminal import Terminal
from reader.library import Library


def note_hints(query: str, terminal: Terminal) -> None:
    """A note for each part of the query that was ignored or searched as plain words."""
    if not query.strip():
        return
    from archive.query import parse  # a listing of everything does without

    for hint in parse(query).hints:
        terminal.note(f"Note: {clean_line(hint)}")


def note_nothing(library: Library, query: str, terminal: Terminal) -> None:
    """Says that nothing matches, why, and what would."""
    terminal.note(f"Nothing matches {clean_line(query)}.")
    miss = library.asking.explain(query)
    for reason in miss.reasons:
        terminal.note(clean_line(reason))
    if miss.instead:
        terminal.note(f"Try: {clean_line(miss.instead)}")
