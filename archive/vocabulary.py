"""The words of an index: which there are, asked one by one, remembered while nothing changes.

A look-up costs the same for common words and rare ones, which reading a range of terms (fts5vocab)
does not: that reads all their postings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive import index_read

if TYPE_CHECKING:
    from archive.index import Index

MOST_REMEMBERED = 20_000
MOST_COUNTED = 500
"""From here on a word is as common as any, when one of several is to be taken."""


class IndexWords:
    """The words of the titles and texts of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[tuple[str, ...], bool] = {}
        self._languages: dict[str, bool] = {}
        self._version: tuple[int, int] | None = None

    def forget_if_changed(self) -> None:
        """Looks whether anything has been written since; call it once a question."""
        version = (self._index.change_count, self._index.data_version())
        if version != self._version or len(self._known) > MOST_REMEMBERED:
            self._known, self._languages, self._version = {}, {}, version

    def has(self, *tokens: str) -> bool:
        """Whether some title or text has these tokens side by side."""
        if tokens not in self._known:
            with self._index.connections.reading() as db:
                self._known[tokens] = index_read.has_words(db, tokens)
        return self._known[tokens]

    def has_language(self, code: str) -> bool:
        """Whether some article, perhaps one that was replaced, is in that language."""
        if code not in self._languages:
            with self._index.connections.reading() as db:
                self._languages[code] = index_read.has_language(db, code)
        return self._languages[code]

    def frequency(self, token: str) -> int:
        """How many articles have the token, counted up to MOST_COUNTED."""
        with self._index.connections.reading() as db:
            return index_read.word_frequency(db, token, MOST_COUNTED)

    def of_titles(self, beginning: str) -> list[tuple[str, int]]:
        """The words of titles that begin so, each with how many titles have it."""
        with self._index.connections.reading() as db:
            return index_read.title_words(db, beginning)
