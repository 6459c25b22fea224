"""note: the reader's own words on an article, shown, written or taken away."""

from __future__ import annotations

from argparse import Namespace

from archive.characters import clean_text
from archive.models import MarkChange
from reader.cli.session import open_library
from reader.cli.terminal import Terminal
from reader.errors import UsageProblem


def note(arguments: Namespace, terminal: Terminal) -> int:
    """Prints the note, or keeps the given words as the note; exit code 1 where there is none."""
    text = clean_text(" ".join(arguments.text)).strip()
    if text and arguments.remove:
        raise UsageProblem("--remove", "stands without a text", "Leave one of them out")
    with open_library(arguments, terminal) as library:
        article_id = library.get(arguments.id).article_id
        if text or arguments.remove:
            library.mark([article_id], MarkChange(note=text), label="noting")
            return 0
        found = library.mark_of(article_id).note
    if not found:
        terminal.note(f"No note. For example: newsreader note {article_id} 'ask Ada about this'")
        return 1
    terminal.line(clean_text(found))
    return 0
