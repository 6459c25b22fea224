"""The parts of the library's facade that the archive has ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.archive import Archive

if TYPE_CHECKING:
    from archive.asking import Asking
    from archive.rules import Rules
    from archive.searches import Searches
    from archive.tagging import Tagging


class Facets:
    """What a library is asked through its archive."""

    _archive: Archive

    @property
    def asking(self) -> Asking:
        """What a query means in this archive, and why one finds nothing."""
        return self._archive.asking

    @property
    def tagging(self) -> Tagging:
        """What is done with tags on every article."""
        return self._archive.tagging

    @property
    def rules(self) -> Rules:
        """What is done with articles by itself."""
        return self._archive.rules

    @property
    def searches(self) -> Searches:
        """The saved searches."""
        return self._archive.searches
