"""The list of articles: which view it shows, its filter, its pages, and how it takes in changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from archive.models import Summary
from archive.query import parse
from archive.query_tree import And, Is, Node, Not, Or, Tagged
from reader.tui.control.sticky import REACH, Fetch, Loaded, around, first_page, page
from reader.tui.views import UNREAD, View

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk
    from reader.tui.widgets.article_list import ArticleList

MOST_STICKY = 500
"""Rows that stay although they no longer match; beyond it the list is simply read again."""


class Listing:
    """The articles of one view. `sticky` are those that stay although they no longer match."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.view: View = UNREAD
        self.filter: str = ""
        self._sticky: dict[str, Summary] = {}

    @property
    def query(self) -> str:
        """The query of the view and its filter."""
        return self.view.narrowed(self.filter)

    @property
    def unread_query(self) -> str:
        """The query of what is unread in this list."""
        return f"({self.query}) is:unread" if self.query else "is:unread"

    @property
    def read_count(self) -> int:
        """How many of the articles that stay here were read here."""
        shown = (self._list.row_of(article_id) for article_id in self._sticky)
        return sum(row is not None and row.read for row in shown)

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
        self._sticky.clear()
        query, library = self.query, self._desk.library
        read = self._desk.pending.begin_read()

        load = partial(first_page, library.list, library.count, query)
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
        self._sticky.clear()
        self.keep([row])
        self.go_to(row)

    def _read_around(self, row: Summary, *, jump: bool = False) -> None:
        read = self._desk.pending.begin_read()
        query, sticky = self.query, tuple(self._sticky.values())
        library = self._desk.library

        def load() -> _Again:
            fetch: Fetch = partial(library.list, query)
            gone = [each for each in sticky if not _matches(fetch, each)]
            count = library.count(query)
            position = library.position(query, row.row_id)
            loaded = around(fetch, count, position, gone, row.row_id, REACH)
            fresh = {
                each.article_id: each for each in library.summaries([g.article_id for g in gone])
            }
            rows = tuple(fresh.get(each.article_id, each) for each in loaded.rows)
            return _Again(Loaded(rows, loaded.first, loaded.total), frozenset(fresh))

        show = partial(self._show_again, read, row.article_id, jump)
        self._desk.background.ask("list", load, show, latest=True)

    def supply(
        self, first: int, count: int, above: tuple[int, int] | None, generation: int
    ) -> None:
        """Give the list rows that it asks for."""
        read = self._desk.pending.begin_read()
        sticky = tuple(self._sticky.values())
        fetch: Fetch = partial(self._desk.library.list, self.query)

        def give(rows: list[Summary]) -> None:
            self._list.supply(first, self._desk.pending.lay_over(rows, read), generation)

        self._desk.background.ask("list", partial(page, fetch, sticky, first, count, above), give)

    def keep(self, rows: Iterable[Summary]) -> None:
        """These rows of the list changed their marks here: they stay until the list is left."""
        if _asks_for_marks(parse(self.query).tree):
            self._sticky.update((row.article_id, row) for row in rows)
        if len(self._sticky) > MOST_STICKY:
            self.reload()

    def let_go(self, rows: Iterable[Summary]) -> None:
        """These rows need not stay any longer."""
        for row in rows:
            self._sticky.pop(row.article_id, None)

    def _show_new(self, read: int, loaded: Loaded) -> None:
        rows = self._desk.pending.lay_over(loaded.rows, read)
        self._desk.pending.forget_settled(read)
        self._list.load(rows, loaded.total)
        self._desk.title_changed()
        self._desk.reading.list_changed()

    def _show_again(self, read: int, article_id: str, jump: bool, again: _Again) -> None:
        current = self._list.current
        if current is not None and not jump and current.article_id != article_id:
            self._read_around(current)  # the cursor moved on while this was read
            return
        self._sticky = {key: row for key, row in self._sticky.items() if key in again.sticky_ids}
        rows = self._desk.pending.lay_over(again.loaded.rows, read)
        self._desk.pending.forget_settled(read)
        self._list.load(rows, again.loaded.total, cursor_id=article_id, first=again.loaded.first)
        self._desk.title_changed()
        self._desk.reading.list_changed()


@dataclass(frozen=True, slots=True)
class _Again:
    """The list read again, and the ids of the sticky rows that still do not match."""

    loaded: Loaded
    sticky_ids: frozenset[str]


def _matches(fetch: Fetch, row: Summary) -> bool:
    found: Sequence[Summary] = fetch(limit=1, before=row.row_id + 1)
    return bool(found) and found[0].article_id == row.article_id


def _asks_for_marks(node: Node) -> bool:
    """Whether reading, starring or tagging an article may change whether it matches."""
    match node:
        case Is() | Tagged():
            return True
        case And(parts) | Or(parts):
            return any(_asks_for_marks(part) for part in parts)
        case Not(part):
            return _asks_for_marks(part)
        case _:
            return False
