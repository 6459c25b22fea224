"""note: the reader's own words on the open article, said, written or taken away."""

from __future__ import annotations

from archive.characters import clean_line
from archive.models import MarkChange
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk
from reader.plain.reading import open_article

# As a minus takes a tag away.
NONE = "-"


def note(desk: Desk, words: str) -> None:
    """Says the note, or keeps the words as the note; a minus alone takes it away."""
    article_id = open_article(desk).article.article_id
    before = desk.library.mark_of(article_id).note
    if not words:
        for line in before.splitlines():
            desk.console.say(f"Your note: {clean_line(line)}")
        if not before:
            desk.console.line("No note. note WORDS writes one.")
        return
    text = "" if words == NONE else words
    if text == before:
        desk.console.line("Nothing to change: so it is already.")
        return
    with held_interrupts():
        desk.library.mark([article_id], MarkChange(note=text), label="noting")
    done = "Noted." if text else "The note is gone."
    desk.console.line(f"{done} undo takes it back." if before else done)
