"""Going on in a list, page by page, also where another process built the index anew meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from archive.models import Summary


class Listed(Protocol):
    """What has a list of articles: an archive, a library."""

    def list(
        self, query: str = "", *, limit: int = 200, before: int | None = None
    ) -> Sequence[Summary]:
        """The newest that match, of those below a row_id."""

    def summaries(self, article_ids: Sequence[str]) -> Sequence[Summary]:
        """Those articles that are known, in the order asked for."""


def windows(listed: Listed, query: str, size: int) -> Iterator[Sequence[Summary]]:
    """All that matches, newest first, so many rows at a time: memory does not grow with them."""
    before: int | None = None
    while rows := listed.list(query, limit=size, before=before):
        yield rows
        if len(rows) < size:
            return
        before = lowest_row(listed.summaries, rows)


def lowest_row(
    summaries: Callable[[Sequence[str]], Sequence[Summary]], rows: Sequence[Summary]
) -> int:
    """The row_id below which a list goes on after these rows, one or more.

    `summaries` is that of the archive, which knows the numbers that the rows have now.
    """
    last = rows[-1]
    now = summaries([last.article_id])
    if not now or now[0].row_id != last.row_id:
        # It may be gone, or have moved up alone with its text: all of them together tell the place.
        now = summaries([row.article_id for row in rows])
    return min((row.row_id for row in now), default=last.row_id)
