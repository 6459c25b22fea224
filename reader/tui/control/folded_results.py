"""What of the results of a search is folded into others, and which of it lies open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from archive.models import Summary
from reader.tui.control.list_rows import Opened
from reader.tui.widgets.open_rows import Under

if TYPE_CHECKING:
    from reader.library import Library
    from reader.tui.control.desk import Desk


@dataclass(frozen=True, slots=True)
class Gathered:
    """Results with one row a story, its first in their order; `under` has the others, by that."""

    rows: Sequence[Summary] = ()
    under: Under = field(default_factory=dict)


def gather(library: Library, rows: Sequence[Summary], *, by_story: bool) -> Gathered:
    """Results as a list shows them; blocks."""
    return Gathered(*library.stories.folded.gathered(rows)) if by_story else Gathered(rows)


class FoldedResults:
    """Which stories lie open among the results, and what lies below their rows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._opened = Opened()
        self._under: dict[str, Sequence[Summary]] = {}

    def take(self, found: Gathered) -> Under:
        """These results are shown; returns what of them lies open."""
        self._under = dict(found.under)
        heads = [row for row in found.rows if row.fold and self._opened.has(row.story_id)]
        return {row.article_id: self._under[row.article_id] for row in heads}

    def all_of(self, rows: Sequence[Summary]) -> list[Summary]:
        """The rows with those that lie folded."""
        every = {row.article_id: row for row in chain(rows, *self._under.values())}
        return list(every.values())

    def turn(self, head: Summary) -> None:
        """Lay open what is folded into a row, or fold it again."""
        results = self._desk.widgets.results
        self._opened = self._opened.turned(head.story_id)
        if results.is_open:
            results.fold()
        else:
            results.lay_open({head.article_id: self._under.get(head.article_id, ())})

    def open_all(self, *, are_open: bool) -> None:
        """All stories lie open from the next search on, or none."""
        self._opened = Opened(is_all=are_open)

    def forget(self) -> None:
        """Something else is searched for: no story is open or folded by itself."""
        self._opened = replace(self._opened, others=frozenset())

    def marked(self, rows: Iterable[Summary]) -> None:
        """Rows have new marks, also those that lie folded."""
        new = {row.article_id: row for row in rows}
        for head_id, under in self._under.items():
            self._under[head_id] = [
                with_what_was_found(new.get(row.article_id, row), row) for row in under
            ]

    def count_stories_of(self, article_ids: Iterable[str]) -> None:
        """Say anew how much is unread of the stories of articles whose marks changed."""
        results, folded = self._desk.widgets.results, self._desk.library.stories.folded
        marked = frozenset(article_ids)
        rows = self.all_of(results.loaded)
        stories = {row.story_id for row in rows if row.article_id in marked}
        heads = [row for row in results.loaded if row.fold and row.story_id in stories]
        if not heads:
            return
        under = self._under
        parts = [[head, *under.get(head.article_id, ())] for head in heads]
        read = self._desk.pending.begin_read()

        def count() -> list[Summary]:
            return [row for part in parts for row in folded.gathered(part)[0]]

        def show(found: list[Summary]) -> None:
            if under is self._under:
                results.replace(self._desk.pending.lay_over(found, read))
            else:  # other results came meanwhile, perhaps read before the marks were written
                self.count_stories_of(marked)

        self._desk.background.ask("search", count, show)


def with_what_was_found(row: Summary, shown: Summary) -> Summary:
    """A row with what the results know of its article: where the match is, what is folded."""
    return replace(row, snippet=shown.snippet, section=shown.section, fold=shown.fold)
