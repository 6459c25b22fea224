"""Going on in a list, page by page, also where another process built the index anew meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from archive.models import Summary


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
