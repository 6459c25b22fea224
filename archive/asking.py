"""Asking: what a person typed, as the query that the index of this archive is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.index import Index
    from archive.query_tree import Query
    from archive.vocabulary import IndexWords


class Asking:
    """Reads queries with the words of an index and the time of a clock."""

    def __init__(self, index: Index, now: Callable[[], datetime]) -> None:
        self._index = index
        self._now = now
        self._words: IndexWords | None = None

    def __call__(self, text: str, *, typing: bool = False) -> Query:
        """The query that the text means here, its words widened; `typing`: its last is unfinished.

        What searching needs is loaded at the first question: a listing of everything does without.
        """
        from archive.query import parse
        from archive.vocabulary import IndexWords
        from archive.widening import widened

        if self._words is None:
            self._words = IndexWords(self._index)
        return widened(parse(text, typing=typing, now=self._now()), self._words)

    def unless_empty(self, text: str, *, typing: bool = False) -> Query | None:
        """The same, but None for everything."""
        return self(text, typing=typing) if text.strip() else None
