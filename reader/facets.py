"""The parts of the library's facade that are ready in others' hands."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

from archive.archive import Archive
from reader.config import Settings

if TYPE_CHECKING:
    from archive.asking import Asking
    from archive.care import Care
    from archive.rules import Rules
    from archive.searches import Searches
    from archive.stories import Stories
    from archive.tagging import Tagging
    from reader.network import Network
    from reader.pictures import Pictures


class Facets(ABC):
    """What a library is asked through its archive."""

    settings: Settings
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
    def stories(self) -> Stories:
        """Which articles tell one event, and what the reader decides of that."""
        return self._archive.stories

    @property
    def care(self) -> Care:
        """What gives room on the disk back and removes articles by a rule."""
        return self._archive.care()

    @property
    def rules(self) -> Rules:
        """What is done with articles by itself."""
        return self._archive.rules

    @property
    def searches(self) -> Searches:
        """The saved searches."""
        return self._archive.searches

    @cached_property
    def pictures(self) -> Pictures:
        """The pictures of articles: what is kept of them, and how they are drawn."""
        from reader.pictures import Pictures

        return Pictures(self._archive, self.settings.images, self._open_network)

    @abstractmethod
    def _open_network(self) -> Network:
        """What fetches and reads, made when it is first needed."""
