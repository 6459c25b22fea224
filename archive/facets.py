"""The parts of the archive's facade that have methods of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.asking import Asking
from archive.index_order import Sort
from archive.models import MarkChange
from archive.opening import Parts

if TYPE_CHECKING:
    from archive.query_tree import Query
    from archive.rules import Rules
    from archive.searches import Searches
    from archive.tagging import Tagging


class Facets:
    """What an archive is asked through others; each loads what it needs when it is used."""

    _parts: Parts

    @property
    def asking(self) -> Asking:
        """What a query means here, and why one finds nothing."""
        return self._parts.asking

    def _asked(self, query: str, *, typing: bool = False, sort: Sort = "date") -> Query | None:
        """What a list is asked; None for everything."""
        asked = self.asking.unless_empty(query, typing=typing)
        return self.rules.raising(asked) if sort == "rare" else asked

    @property
    def tagging(self) -> Tagging:
        """What is done with tags on every article."""
        from archive.tagging import Tagging

        return Tagging(self._parts, self._change)

    @property
    def rules(self) -> Rules:
        """What is done with articles by itself."""
        from archive.rules import Rules

        return Rules(self._parts, self._change)

    @property
    def searches(self) -> Searches:
        """The saved searches."""
        from archive.searches import Searches

        return Searches(self._parts)

    def mark(self, target: str | Sequence[str], change: MarkChange, *, label: str = "") -> int:
        """Changes marks, as one step of undo; how many articles really changed."""
        raise NotImplementedError  # the archive writes marks; facets only ask for that

    def _change(self, article_ids: list[str], change: MarkChange, label: str) -> int:
        return self.mark(article_ids, change, label=label)
