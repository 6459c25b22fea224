"""The orders that a reader chose for feeds, lists and searches, kept over restarts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reader.tui.state_file import read_state, write_state


@dataclass(frozen=True, slots=True)
class Orders:
    """Names of orders; empty where none was chosen. `views` has those of lists by their key."""

    feeds: str = ""
    search: str = ""
    views: Mapping[str, str] = field(default_factory=dict)


class OrdersFile:
    """Reads and writes what was chosen in one archive; both block."""

    def __init__(self, path: Path, archive: Path) -> None:
        self._path = path
        self._archive = str(archive)

    def load(self) -> Orders:
        """What was chosen; nothing where the file cannot be read. Strange parts are left out."""
        found = (read_state(self._path) or {}).get(self._archive)
        if not isinstance(found, Mapping):
            return Orders()
        views = found.get("views")
        views = views if isinstance(views, Mapping) else {}
        return Orders(
            _word(found.get("feeds")),
            _word(found.get("search")),
            {key: order for key, order in views.items() if isinstance(order, str)},
        )

    def save(self, orders: Orders) -> None:
        """Write what was chosen, beside what was in other archives."""
        fields = {"feeds": orders.feeds, "search": orders.search, "views": dict(orders.views)}
        content = {**(read_state(self._path) or {}), self._archive: fields}
        write_state(self._path, content, "an order over restarts")


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""
