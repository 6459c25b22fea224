"""Saved searches: queries with a name, and how many unread articles each has."""

from __future__ import annotations

from dataclasses import dataclass

from archive.named_records import NamedRecords
from archive.opening import Parts
from archive.query_tree import And, Is
from archive.rule_models import SEARCHES, SavedSearch, search_document, search_from

MOST_UNREAD = 999
"""Unread articles of a saved search that are counted; more are as good as many."""


@dataclass(frozen=True, slots=True)
class SearchCount:
    """A saved search with its unread articles, counted up to MOST_UNREAD."""

    search: SavedSearch
    unread_count: int


class Searches:
    """The saved searches of one archive."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._records = NamedRecords(
            parts.root,
            SEARCHES,
            "saved search",
            search_from,
            search_document,
            tolerant=parts.read_only,
        )

    def all(self) -> tuple[SavedSearch, ...]:
        """All of them in the order they were saved."""
        return self._records.all()

    def find(self, name: str) -> SavedSearch:
        """The one of that name. NotFound."""
        return self._records.find(name)

    def put(self, search: SavedSearch) -> None:
        """Saves one, in the place of the one of that name, as a step of undo."""
        self._parts.check_writable()
        with self._parts.lock:
            self._records.put(search)

    def remove(self, name: str) -> None:
        """Removes one, as a step of undo. NotFound."""
        self._parts.check_writable()
        with self._parts.lock:
            self._records.remove(name)

    def counts(self) -> list[SearchCount]:
        """Each with its unread articles: looked for everywhere once, then in what changed."""
        kept, searches = self._parts.asking.kept_counts, self.all()
        kept.keep_only(each.query for each in searches)
        return [SearchCount(each, self._unread_count(each)) for each in searches]

    def _unread_count(self, search: SavedSearch) -> int:
        tree = And((self._parts.asking(search.query).tree, Is("unread")))
        return self._parts.asking.kept_counts.count(search.query, tree, MOST_UNREAD)
