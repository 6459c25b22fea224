"""The list of articles: which view it shows, its filter, its pages, and how it takes in changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from archive.models import Summary
from archive.query import parse
from archive.query_tree import And, Is, Node, Not, Or, Tagged
from reader.tui.control.folding import laid_over, under_laid_over
from reader.tui.control.list_rows import ListRows
from reader.tui.control.sticky import LOWEST, REACH, Anchor, Loaded, around, first_page, page
from reader.tui.views import UNREAD, View
from reader.tui.widgets.open_rows import Under
from reader.tui.widgets.row_windows import Neighbour

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk
    from reader.tui.widgets.article_list import ArticleList

MOST_STICKY = 500
"""Rows that stay although they no longer match; beyond it the list is simply read again."""


class Listing:
    """The articles of one view. `sticky` are those that stay although they no longer match.

    `apart` are rows on which the cursor was when a newer article of their story came.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.view: View = UNREAD
        self.filter: str = ""
        self.article_count = 0
        self._sticky: dict[str, Summary] = {}
        self._apart: dict[str, Summary] = {}

    @property
    def query(self) -> str:
        """The query of the view and its filter."""
        return self.view.narrowed(self.filter)

    @property
    def rows(self) -> ListRows:
        """How the rows of this list are read."""
        folding, kept = self._desk.folding, tuple(self._sticky.values())
        apart = tuple(self._apart.values())
        return ListRows(
            self._desk.library, self.query, folding.by_story, folding.opened, kept, apart
        )

    @property
    def read_count(self) -> int:
        """How many of the articles that stay here were read here."""
        return sum(row.read for row in self._sticky.values())

    @property
    def _list(self) -> ArticleList:
        return self._desk.widgets.articles

    def show(self, view: View, *, keep_filter: bool = False) -> None:
        """List another view from its top."""
        self.view = view
        self.filter = self.filter if keep_filter else ""
        self.reload()

    def set_filter(self, text: str) -> None:
        """Show only what matches; an empty text shows all again, the cursor on its article."""
        self.filter = text.strip()
        if hints := parse(self.filter).hints:
            self._desk.say(" ".join(hints))
        self.reload()

    def reload(self) -> None:
        """Read the list anew, from the top and without what no longer matches."""
        self._let_all_go()
        read = self._desk.pending.begin_read()
        load = partial(first_page, self.rows)
        self._desk.background.ask("list", load, partial(self._show_new, read), latest=True)
        self._desk.title_changed()

    def begin(self, loaded: Loaded) -> None:
        """Show the first rows of the view, read before the app started."""
        self._show_new(self._desk.pending.begin_read(), loaded)

    def take_in_changes(self) -> None:
        """Read the part around the cursor again; cursor and view stay on their article."""
        row = self._list.current
        if row is None:
            if not self._list.total:
                self.reload()
            return
        self._read_around(row)

    def go_to(self, row: Summary) -> None:
        """Put the cursor on an article of this list, loaded or not."""
        self._read_around(row, jump=True)

    def show_at(self, view: View, text: str, row: Summary) -> None:
        """List a view and filter around an article, which stays even if it no longer matches."""
        self.view, self.filter = view, text
        self._let_all_go()
        self.keep([row])
        self.go_to(row)

    def _read_around(self, row: Summary, *, jump: bool = False) -> None:
        read = self._desk.pending.begin_read()
        head = None if jump else self._list.head
        load = partial(_around, self.rows, row, head or row)
        show = partial(self._show_again, read, row.article_id, jump)
        self._desk.background.ask("list", load, show, latest=True)

    def supply(self, asked: ArticleList.RowsNeeded) -> None:
        """Give the list rows that it asks for."""
        read, rows = self._desk.pending.begin_read(), self.rows

        def load() -> tuple[list[Summary], Under]:
            now = rows.as_now()
            above, below = _anchor(now, asked.above), _anchor(now, asked.below)
            where = asked.first, asked.count, above, below or (asked.total, LOWEST)
            found = now.with_folds(page(now.fetch, now.beside, *where))
            return found, now.under(found)

        def give(found: tuple[list[Summary], Under]) -> None:
            given = laid_over(self._desk, found[0], read)
            self._list.supply(asked.first, given, asked.generation)
            self._list.lay_open(under_laid_over(self._desk, found[1], read))
            self._desk.newness.look_soon()

        self._desk.background.ask("list", load, give)

    def keep(self, rows: Iterable[Summary]) -> None:
        """These rows of the list changed their marks here: they stay until the list is left."""
        if hangs_on_marks(self.query):
            self._sticky.update((row.article_id, row) for row in rows)
        if len(self._sticky) > MOST_STICKY:
            self.reload()

    def marked(self, rows: Iterable[Summary]) -> None:
        """Rows have new marks."""
        self._sticky.update((row.article_id, row) for row in rows if row.article_id in self._sticky)

    def count_stories_of(self, article_ids: Iterable[str]) -> None:
        """Say anew how much is unread of the stories of articles whose marks changed."""
        listed = [self._list.row_of(article_id) for article_id in article_ids]
        stories = {row.story_id for row in listed if row}
        heads = [row for row in self._list.loaded if row.fold and row.story_id in stories]
        if heads:
            read, rows = self._desk.pending.begin_read(), self.rows

            def show(found: list[Summary]) -> None:
                self._list.replace(self._desk.pending.lay_over(found, read))

            self._desk.background.ask("list", lambda: rows.with_folds(heads), show)

    def let_go(self, rows: Iterable[Summary]) -> None:
        """These rows need not stay any longer."""
        for row in rows:
            self._sticky.pop(row.article_id, None)

    def _let_all_go(self) -> None:
        self._sticky.clear()
        self._apart.clear()
        self._desk.folding.forget()

    def _show_new(self, read: int, loaded: Loaded) -> None:
        self._show(read, loaded, None)

    def _show_again(self, read: int, article_id: str, jump: bool, again: _Again) -> None:
        current = self._list.current
        if current is not None and not jump and current.article_id != article_id:
            self._read_around(current)  # the cursor moved on while this was read
            return
        self._sticky = again.sticky
        self._apart = again.apart
        self._show(read, again.loaded, article_id)

    def _show(self, read: int, loaded: Loaded, cursor_id: str | None) -> None:
        rows = laid_over(self._desk, loaded.rows, read)
        under = under_laid_over(self._desk, loaded.under, read)
        self._desk.pending.forget_settled(read)
        self.article_count = loaded.article_count
        self._list.load(rows, loaded.total, cursor_id=cursor_id, first=loaded.first, under=under)
        self._desk.title_changed()
        self._desk.newness.look_soon()
        self._desk.reading.list_changed()


@dataclass(frozen=True, slots=True)
class _Again:
    """The list read again, with the rows that still are in it only since they stay, by article."""

    loaded: Loaded
    sticky: dict[str, Summary]
    apart: dict[str, Summary]


def _around(rows: ListRows, row: Summary, head: Summary) -> _Again:
    """The list around a row; `head` is the row that it lies open below, or itself.

    A row that is folded by now, since a newer article of its story came, stays.
    """
    row, head = (replace(each, row_id=rows.place_now(each)) for each in (row, head))
    rows = rows.as_now()
    flat = replace(rows, folded=False)
    kept = {each.article_id: each for each in rows.kept if not flat.has(each)}
    apart = {each.article_id: each for each in rows.apart}
    rows = replace(rows, kept=tuple(kept.values()))
    if head.article_id != row.article_id and not _lies_below(rows, row, head):
        head = row
    if rows.folds_away(head):
        apart[head.article_id] = head
        rows = replace(rows, apart=tuple(apart.values()))
    count, position, beside = rows.count(), rows.position(head.row_id), rows.beside
    loaded = around(rows.fetch, count, position, beside, head.row_id, REACH)
    found = rows.with_folds(loaded.rows)
    article_count = rows.article_count() if rows.folded else loaded.total
    loaded = Loaded(tuple(found), loaded.first, loaded.total, rows.under(found), article_count)
    return _Again(loaded, kept, apart)


def _anchor(rows: ListRows, near: Neighbour | None) -> Anchor | None:
    """Where a loaded row stands by now."""
    return near and (near[0], rows.place_now(near[1]))


def _lies_below(rows: ListRows, row: Summary, head: Summary) -> bool:
    """Whether an article lies open below the row of another."""
    under = rows.under(rows.with_folds([head])).get(head.article_id, ())
    return rows.has(head) and row.article_id in [each.article_id for each in under]


def hangs_on_marks(query: str) -> bool:
    """Whether reading, starring or tagging an article may change whether it matches."""
    return _asks_for_marks(parse(query).tree)


def _asks_for_marks(node: Node) -> bool:
    match node:
        case Is() | Tagged():
            return True
        case And(parts) | Or(parts):
            return any(_asks_for_marks(part) for part in parts)
        case Not(part):
            return _asks_for_marks(part)
        case _:
            return False
