"""The rows of the list of articles as the archive has them: one an article, or one a story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archive.models import Summary

if TYPE_CHECKING:
    from reader.library import Library


@dataclass(frozen=True, slots=True)
class Opened:
    """Which stories lie open: none but `others`, or with `is_all` all but those."""

    is_all: bool = False
    others: frozenset[str] = frozenset()

    def has(self, story_id: str | None) -> bool:
        """Whether a story lies open."""
        return self.is_all != (story_id in self.others)

    def turned(self, story_id: str | None) -> Opened:
        """The same, but for that story."""
        return replace(self, others=self.others ^ {story_id or ""})


@dataclass(frozen=True, slots=True)
class ListRows:
    """Reads the list of a query; with `folded` a story is one row, unless it lies open.

    `kept` are the rows that stay although they no longer match, `apart` those that stay although
    they are folded by now. Everything here blocks.
    """

    library: Library
    query: str
    folded: bool = False
    opened: Opened = field(default_factory=Opened)
    kept: tuple[Summary, ...] = ()
    apart: tuple[Summary, ...] = ()

    def as_now(self) -> ListRows:
        """The same, with the rows beside it as they are on disk; those that are gone left out."""
        kept, apart = (
            tuple(self.library.summaries([row.article_id for row in rows]))
            for rows in (self.kept, self.apart)
        )
        return replace(self, kept=kept, apart=apart)

    def place_now(self, row: Summary) -> int:
        """The row_id of an article, which is another one where the index was built anew."""
        found = self.library.summaries([row.article_id])
        return (found[0] if found else row).row_id

    def fetch(
        self, *, limit: int, before: int | None = None, after: int | None = None, offset: int = 0
    ) -> list[Summary]:
        """A window of the rows, newest first; those below or above a row_id."""
        if not self.folded:
            return self.library.list(
                self.query, limit=limit, before=before, after=after, offset=offset
            )
        return self.library.stories.folded.list(
            self.query, limit=limit, before=before, after=after, offset=offset, kept=self._kept
        )

    def count(self) -> int:
        """How many rows there are."""
        if not self.folded:
            return self.library.count(self.query)
        return self.library.stories.folded.count(self.query, kept=self._kept)

    def article_count(self) -> int:
        """How many articles the list has, folded or not."""
        flat = replace(self, folded=False)
        return flat.count() + sum(not flat.has(each) for each in self.kept)

    @property
    def beside(self) -> list[Summary]:
        """The rows that are shown beside those that `fetch` finds."""
        every = {row.article_id: row for row in (*self.kept, *self.apart)}
        away = set()
        if self.folded and every:
            ids = [row.row_id for row in every.values()]
            away = self.library.stories.folded.away(self.query, ids, self._kept)
            away -= {row.row_id for row in self.apart}
        return [row for row in every.values() if row.row_id not in away and not self.has(row)]

    def position(self, row_id: int) -> int:
        """How many rows are newer."""
        if not self.folded:
            return self.library.position(self.query, row_id)
        return self.library.stories.folded.count(self.query, above=row_id, kept=self._kept)

    def has(self, row: Summary) -> bool:
        """Whether an article is a row of the list."""
        found = self.fetch(limit=1, before=row.row_id + 1)
        return bool(found) and found[0].article_id == row.article_id

    def folds_away(self, row: Summary) -> bool:
        """Whether an article of the list is folded into the row of another."""
        return self.folded and not self.has(row) and replace(self, folded=False).has(row)

    def unread_from(self, row: Summary, step: int) -> list[Summary]:
        """The nearest unread row below (`step` 1) or above (-1) a row, if there is one."""
        place = self.place_now(row)
        before, after = (place, None) if step > 0 else (None, place)
        if self.folded:
            return self.library.stories.folded.list(
                self.query, limit=1, before=before, after=after, kept=self._kept, unread=True
            )
        query = f"({self.query}) is:unread" if self.query else "is:unread"
        return self.library.list(query, limit=1, before=before, after=after)

    def with_folds(self, rows: Sequence[Summary]) -> list[Summary]:
        """The rows with what is folded into each."""
        if not self.folded:
            return list(rows)
        ids = [row.row_id for row in rows]
        folds = self.library.stories.folded.folds(self.query, ids, self._kept, self._apart)
        return [replace(row, fold=folds.get(row.row_id)) for row in rows]

    def under(self, rows: Sequence[Summary]) -> Mapping[str, Sequence[Summary]]:
        """What lies open below rows, by their article."""
        heads = {row.row_id: row for row in rows if row.fold and self.opened.has(row.story_id)}
        if not heads:
            return {}
        found = self.library.stories.folded.under(self.query, heads, self._kept, self._apart)
        return {heads[row_id].article_id: under for row_id, under in found.items()}

    @property
    def _kept(self) -> list[int]:
        return [row.row_id for row in self.kept]

    @property
    def _apart(self) -> list[int]:
        return [row.row_id for row in self.apart]
