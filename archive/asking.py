"""Asking: what a person typed, as the query that the index of this archive is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.aliases import NamesFile
    from archive.index import Index
    from archive.kept_counts import KeptCounts
    from archive.missing import Miss
    from archive.query_tree import Query
    from archive.vocabulary import IndexWords


class Asking:
    """Reads queries with the words of an index, the reader's names, and the time of a clock.

    What searching needs is loaded at the first question: a listing of everything does without.
    """

    def __init__(self, index: Index, now: Callable[[], datetime], names: NamesFile) -> None:
        self.names = names
        self._index = index
        self._now = now

    def __call__(self, text: str, *, typing: bool = False) -> Query:
        """The query that the text means here, its words widened; `typing`: its last is unfinished.

        Its `hints` say what of it was not understood.
        """
        from archive.widening import widened

        return widened(self._parsed(text, typing=typing), self._words)

    def unless_empty(self, text: str, *, typing: bool = False) -> Query | None:
        """The same, but None for everything."""
        return self(text, typing=typing) if text.strip() else None

    def explain(self, text: str) -> Miss:
        """Why a query that matches nothing does so, and what to ask instead."""
        from archive.missing import explain
        from archive.query_tree import Query

        return explain(self._parsed(text), self._words, lambda tree: self._index.count(Query(tree)))

    def _parsed(self, text: str, *, typing: bool = False) -> Query:
        from archive.query import parse

        query = parse(text, typing=typing, now=self._now())
        if aliases := self.names.aliases():
            from archive.query_names import with_names

            return with_names(query, aliases)
        return query

    @cached_property
    def kept_counts(self) -> KeptCounts:
        """Counts of queries that are asked again and again."""
        from archive.kept_counts import KeptCounts

        return KeptCounts(self._index.connections)

    @property
    def _words(self) -> IndexWords:
        """What the texts have, as of now."""
        self._remembered.forget_if_changed()
        return self._remembered

    @cached_property
    def _remembered(self) -> IndexWords:
        from archive.vocabulary import IndexWords

        return IndexWords(self._index)
