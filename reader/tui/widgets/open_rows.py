"""The windows of a list in which some rows are open: the rows that are folded into them lie below.

What is asked for and supplied is counted without what lies open, as in `RowWindows`; places on
screen are counted with it. So what a list has by time and what a reader opens never mix.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.models import Summary
from reader.tui.widgets.row_windows import Neighbour, RowWindows

Place = tuple[int, int]
"""The index of a row in the list without what lies open, and how far below it: 0 is itself."""
Under = Mapping[str, Sequence[Summary]]
"""The rows that lie open below others, by the article of those."""


class OpenRows:
    """Rows by place on screen; `windows` are the rows of the list without what lies open."""

    def __init__(self, total: int = 0) -> None:
        self.windows = RowWindows(total)
        self._heads: list[int] = []
        self._under: dict[int, list[Summary]] = {}
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._head_of: dict[str, int] = {}

    @property
    def total(self) -> int:
        """How many rows there are with those that lie open."""
        return self.windows.total + (self._ends[-1] if self._ends else 0)

    def __iter__(self) -> Iterator[Summary]:
        """The loaded rows in the order of the screen."""
        for start, stop in self.windows.spans:
            for index in range(start, stop):
                row = self.windows.get(index)
                if row is not None:
                    yield row
                yield from self._under.get(index, ())

    def open(self, under: Under) -> None:
        """Lay rows open below those loaded articles, instead of what lay there."""
        for article_id, rows in under.items():
            head = self.windows.index_of(article_id)
            if head is not None:
                self._fold(head)
                insort(self._heads, head)
                self._under[head] = list(rows)
                self._head_of.update((row.article_id, head) for row in rows)
        self._count()

    def close(self, head: int) -> None:
        """Fold what lies open below the row at an index of the list."""
        self._fold(head)
        self._count()

    def is_open(self, head: int) -> bool:
        """Whether rows lie open below the one at an index of the list."""
        return head in self._under

    def place_of(self, index: int) -> Place:
        """Where in the list a row on screen is."""
        nearest = bisect_right(self._starts, index) - 1
        if nearest < 0:
            return index, 0
        below = index - self._starts[nearest]
        head = self._heads[nearest]
        count = len(self._under[head])
        return (head, below) if below <= count else (head + below - count, 0)

    def index_at(self, place: Place) -> int:
        """Where on screen a place in the list is; below what lies open there, its last row."""
        head, below = place
        passed = bisect_left(self._heads, head)
        before = self._ends[passed - 1] if passed else 0
        return head + before + min(below, len(self._under.get(head, ())))

    def get(self, index: int) -> Summary | None:
        """The row at a place on screen, None where it is not loaded."""
        head, below = self.place_of(index)
        return self._under[head][below - 1] if below else self.windows.get(head)

    def index_of(self, article_id: str) -> int | None:
        """Where on screen an article is, if its row is loaded."""
        if below := self._place_below(article_id):
            return self.index_at(below)
        found = self.windows.index_of(article_id)
        return None if found is None else self.index_at((found, 0))

    def replace(self, rows: Iterable[Summary]) -> list[int]:
        """Put new values of loaded articles in their places; returns where on screen."""
        rows = list(rows)
        changed = [self.index_at((index, 0)) for index in self.windows.replace(rows)]
        for row in rows:
            if place := self._place_below(row.article_id):
                head, below = place
                self._under[head][below - 1] = row
                changed.append(self.index_at(place))
        return changed

    def shrink(self, total: int) -> None:
        """Make the list shorter: without what lies open it turned out to end at `total`."""
        for head in [head for head in self._heads if head >= total]:
            self._fold(head)
        self._count()
        self.windows.shrink(total)

    def keep_near(self, index: int, limit: int) -> None:
        """Drop the rows of the list farthest from a place on screen."""
        self.windows.keep_near(self.place_of(index)[0], limit)

    def missing(self, first: int, last: int) -> tuple[int, int] | None:
        """Index and count of what to ask for, so that a part of the screen is loaded."""
        return self.windows.missing(self.place_of(max(0, first))[0], self.place_of(last)[0])

    def neighbours(self, first: int, count: int) -> tuple[Neighbour | None, Neighbour | None]:
        """The nearest loaded rows of the list around a range of it that is not loaded."""
        return self.windows.neighbours(first, count)

    def _place_below(self, article_id: str) -> Place | None:
        """Where an article lies open below another."""
        head = self._head_of.get(article_id)
        if head is None:
            return None
        return head, [row.article_id for row in self._under[head]].index(article_id) + 1

    def _fold(self, head: int) -> None:
        if head in self._under:
            self._heads.remove(head)
            for row in self._under.pop(head):
                self._head_of.pop(row.article_id, None)

    def _count(self) -> None:
        self._starts, self._ends = [], []
        before = 0
        for head in self._heads:
            self._starts.append(head + before)
            before += len(self._under[head])
            self._ends.append(before)
