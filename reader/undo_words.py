"""What an undo took back, in the words of both the app and the line-by-line session."""

from __future__ import annotations

from archive.characters import clean_line
from archive.models import Undone


def undone_words(undone: Undone | None, title: str = "") -> str:
    """The change, and the title of its only article, or how many it was about."""
    if undone is None:
        return "Nothing to undo."
    what = clean_line(undone.label) or "the last change"
    count = undone.article_count
    which = f"“{title}”" if title else f"{count:,} article{'s' * (count != 1)}"
    return f"Undone: {what} ({which})." if count else f"Undone: {what}."
