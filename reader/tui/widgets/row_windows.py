"""The loaded windows of a list that is far longer than what is held of it.

Rows lie at an index of the whole list; between the windows are gaps, which the list's owner fills
on demand. Nothing here draws or asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from time import monotonic

from archive.models import Summary

WINDOW = 200
"""How many rows are asked for at once."""

_ASK_ELSEWHERE_AFTER, _ASK_AGAIN_AFTER = 0.1, 3.0
"""Seconds between questions for different places while one is unanswered, and until an unanswered
question is put again."""

Neighbour = tuple[int, Summary]
"""Index of a loaded row and the row, from which its neighbours can be listed."""


class RowWindows:
    """Rows by index out of `total`; `spans` are the loaded ranges, ascending, end exclusive."""

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self.spans: list[tuple[int, int]] = []
        self._rows: dict[int, Summary] = {}
        self._index_of: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Summary]:
        """The loaded rows in the list's order."""
        for start, stop in self.spans:
            for index in range(start, stop):
                yield self._rows[index]

    def get(self, index: int) -> Summary | None:
        """The row at an index, None where it is not loaded."""
        return self._rows.get(index)

    def index_of(self, article_id: str) -> int | None:
        """Where an article is, if its row is loaded."""
        return self._index_of.get(article_id)

    def put(self, first: int, rows: Sequence[Summary]) -> None:
        """Lay rows from an index on; those past the list's end are dropped."""
        rows = rows[: max(0, self.total - first)]
        if not rows:
            return
        for index, row in enumerate(rows, first):
            self._forget(index)
            self._rows[index] = row
            self._index_of[row.article_id] = index
        self._add_span(first, first + len(rows))

    def replace(self, rows: Iterable[Summary]) -> list[int]:
        """Put new values of loaded articles in their places; returns the indexes."""
        changed = []
        for row in rows:
            index = self._index_of.get(row.article_id)
            if index is not None:
                self._rows[index] = row
                changed.append(index)
        return changed

    def shrink(self, total: int) -> None:
        """Make the list shorter: it turned out to end at `total`."""
        self.total = total
        self._keep(0, total)

    def keep_near(self, index: int, limit: int) -> None:
        """Drop the rows farthest from an index when more than `limit` are loaded."""
        if len(self._rows) > limit:
            self._keep(index - limit // 2, index + limit // 2)

    def missing(self, first: int, last: int) -> tuple[int, int] | None:
        """The first index and count of a window to ask for, so that first..last become loaded.

        It touches a loaded neighbour where one is near, so that it can be listed from there.
        """
        first, last = max(0, first), min(last, self.total - 1)
        index = self._first_gap(first)
        if index > last:
            return None
        low = max((stop for _, stop in self.spans if stop <= index), default=0)
        high = min((start for start, _ in self.spans if start > index), default=self.total)
        if index - low < WINDOW - (last - first + 1):
            begin = low
        elif high - index <= WINDOW:
            begin = high - WINDOW
        else:
            begin = max(low, index - index % (WINDOW // 2))
        begin = max(low, begin)
        return begin, min(WINDOW, high - begin)

    def neighbours(self, first: int, count: int) -> tuple[Neighbour | None, Neighbour | None]:
        """The nearest loaded rows above and below a range that is not loaded."""
        above = max((stop for _, stop in self.spans if stop <= first), default=0) - 1
        below = min((start for start, _ in self.spans if start >= first + count), default=-1)
        return self._neighbour(above), self._neighbour(below)

    def _neighbour(self, index: int) -> Neighbour | None:
        row = self._rows.get(index)
        return None if row is None else (index, row)

    def _first_gap(self, index: int) -> int:
        for start, stop in self.spans:
            if start <= index < stop:
                return stop
        return index

    def _add_span(self, start: int, stop: int) -> None:
        apart = []
        for low, high in self.spans:
            if high < start or low > stop:
                apart.append((low, high))
            else:
                start, stop = min(start, low), max(stop, high)
        self.spans = sorted([*apart, (start, stop)])

    def _keep(self, first: int, stop: int) -> None:
        for index in [index for index in self._rows if not first <= index < stop]:
            self._forget(index)
        clipped = ((max(low, first), min(high, stop)) for low, high in self.spans)
        self.spans = [(low, high) for low, high in clipped if low < high]

    def _forget(self, index: int) -> None:
        row = self._rows.pop(index, None)
        if row is not None and self._index_of.get(row.article_id) == index:
            del self._index_of[row.article_id]


class Questions:
    """When to ask for a window: one question at a time, and none for rows already passed by."""

    def __init__(self) -> None:
        self._asked: tuple[int, int] | None = None
        self._asked_at = 0.0

    def settle(self) -> None:
        """The question was answered, or the list is another one."""
        self._asked = None

    def wait(self, gap: tuple[int, int]) -> float:
        """Seconds to wait before asking for this gap; 0 asks now and takes note of it."""
        now = monotonic()
        if self._asked is not None:
            same = self._asked == gap
            pause = _ASK_AGAIN_AFTER if same else _ASK_ELSEWHERE_AFTER
            if now < self._asked_at + pause:
                return self._asked_at + pause - now
        self._asked, self._asked_at = gap, now
        return 0.0
