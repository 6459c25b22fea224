"""What a query's words were not understood as, told on stderr."""

from __future__ import annotations

from archive.characters import clean_line
from reader.cli.terminal import Terminal


def note_hints(query: str, terminal: Terminal) -> None:
    """A note for each part of the query that was ignored or searched as plain words."""
    if not query.strip():
        return
    from archive.query import parse  # a listing of everything does without

    for hint in parse(query).hints:
        terminal.note(f"Note: {clean_line(hint)}")
