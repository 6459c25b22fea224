"""The orders that a reader chose for feeds, lists and searches, kept over restarts.

As with `habits`, losing the file costs little: it is never an error to a reader of news.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reader.paths import make_private
from reader.whole_file import put_whole

LARGEST = 256 * 1024
"""Bytes read of the file; ours has some hundred."""

_LOG = logging.getLogger(__name__)


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
        found = self._content().get(self._archive)
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
        content = {**self._content(), self._archive: fields}
        try:
            make_private(self._path.parent)
            put_whole(self._path, f"{json.dumps(content, indent=1)}\n".encode())
        except OSError as error:
            _LOG.warning("an order cannot be kept over restarts: %s", error)

    def _content(self) -> dict[str, object]:
        try:
            with self._path.open("rb") as file:
                content = json.loads(file.read(LARGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""
