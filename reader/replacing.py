"""What is said before another text of a page replaces an article's own."""

from __future__ import annotations

from archive.characters import clean_line
from archive.models import Article, Dropped
from reader.difference import changes, report

NOT_KEPT = "No raw page of this article was kept: there is nothing to take its text from."
SAME = "It gives the same text."
_MOST_LINES, _LONGEST_LINE = 10, 160
_LONGEST_DROPPED = 80


def differences(known: Article, fresh: Article) -> list[str]:
    """What goes and what comes, a line each, figures that changed first; then both lengths."""
    lines = list(report(changes(known.text, fresh.text)))
    more = len(lines) - _MOST_LINES
    shown = [clean_line(line)[:_LONGEST_LINE] for line in lines[:_MOST_LINES]]
    tail = [f"and {more:,} lines more"] if more > 0 else []
    words = f"{known.word_count:,} words now, {fresh.word_count:,} then; the present text is kept."
    return [*shown, *tail, words]


def dropped_words(line: Dropped) -> str:
    """A line that was left out of a text, and why."""
    return f"{clean_line(line.text)[:_LONGEST_DROPPED]} ({line.why or 'furniture'})"
