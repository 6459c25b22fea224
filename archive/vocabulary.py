"""The words of an index: which there are, asked one by one, remembered while nothing changes.

A look-up costs the same for common words and rare ones, which reading a range of terms (fts5vocab)
does not: that reads all their postings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.index import Index

MOST_REMEMBERED = 20_000


class IndexWords:
    """The words of the titles and texts of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[tuple[str, ...], bool] = {}
        self._version: tuple[int, int] | None = None

    def has(self, *tokens: str) -> bool:
        """Whether some title or text has these tokens side by side."""
        version = (self._index.change_count, self._index.data_version())
        if version != self._version or len(self._known) > MOST_REMEMBERED:
            self._known, self._version = {}, version
        if tokens not in self._known:
            self._known[tokens] = self._index.has_words(tokens)
        return self._known[tokens]
