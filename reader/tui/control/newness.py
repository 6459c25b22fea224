"""How much of the unread articles on screen is new, for who read others of their stories.

Looked into when the list rests, one article after another, and kept: it takes some 20 ms each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from archive.errors import ArchiveError
from archive.models import Summary

if TYPE_CHECKING:
    from reader.library import Library
    from reader.tui.control.desk import Desk

SETTLE = 0.4
"""Seconds that the list must rest before its rows are looked into."""
_MOST_KEPT = 5000

Known = tuple[object, int | None]
"""What an answer hangs on (which others were read, which text), and the answer in percent."""


class Newness:
    """Knows of articles how many of their sentences in a hundred are new."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, Known] = {}
        self._timer: Timer | None = None
        self._look = 0

    def look_soon(self) -> None:
        """Look into the rows on screen when nothing moves for a while."""
        self._look += 1
        if self._timer:
            self._timer.stop()
        self._timer = self._desk.screen.set_timer(SETTLE, self._look_into)

    def laid_over(self, rows: Iterable[Summary]) -> list[Summary]:
        """The rows with what is known of them."""
        return [
            replace(row, new_percent=known[1])
            if (known := self._known.get(row.article_id)) and not row.read
            else row
            for row in rows
        ]

    def _look_into(self) -> None:
        rows = [row for row in self._desk.widgets.articles.in_sight if not row.read]
        if rows:
            library, look = self._desk.library, self._look
            told = partial(library.stories.folded.partly_told, [row.row_id for row in rows])

            def found(row_ids: set[int]) -> None:
                self._next(look, [row for row in rows if row.row_id in row_ids])

            self._desk.background.ask("news", told, found)

    def _next(self, look: int, rows: list[Summary]) -> None:
        """Look into the first of these rows, then into the others; not once the list moved on."""
        if not rows or look != self._look:
            return
        row, *others = rows
        before = self._known.get(row.article_id)

        def found(known: Known) -> None:
            self._keep(row.article_id, known)
            self._next(look, others)

        ask = partial(_newness, self._desk.library, row, before)
        self._desk.background.ask("news", ask, found)

    def _keep(self, article_id: str, known: Known) -> None:
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        self._known[article_id] = known
        row = self._desk.widgets.articles.row_of(article_id)
        if row is not None and row.new_percent != known[1]:
            self._desk.widgets.articles.replace([replace(row, new_percent=known[1])])


def _newness(library: Library, row: Summary, before: Known | None) -> Known:
    """How much of an article is new, looked into only where that may have changed."""
    try:
        story = library.stories.get(row.article_id)
        read = {each.article_id for each in story.members if each.read} - {row.article_id}
        state = (frozenset(read), row.changed_at)
        if before and before[0] == state:
            return before
        found = library.stories.novelties(story, row.article_id)
    except ArchiveError:  # gone meanwhile, or its file is damaged, which its text will tell
        return (None, None)
    percents = [each.new_percent for each in found if not each.section and each.sentence_count]
    return state, percents[0] if percents else None
