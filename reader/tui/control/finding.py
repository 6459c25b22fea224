"""The search pane: results while one types, more of them on demand, until it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from textual.timer import Timer

from archive.index_order import Sort
from archive.missing import Miss
from archive.query import parse
from archive.query_tree import Query
from reader.tui.control.emptiness import why_no_results
from reader.tui.control.folded_results import FoldedResults, Gathered, gather

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

PAUSE = 0.05
"""Seconds after a key before a search starts: the next key may come first."""
REST = 0.7
"""Seconds without a key after which the last word counts as finished where hints are concerned."""
PAGE = 25
"""Results read at once, as many as a screen shows; each has a snippet cut from its text."""
MOST = 500
"""Results read at all; a query that finds more is better made narrower."""

ORDERS: Mapping[Sort, str] = {
    "date": "newest first",
    "relevance": "most relevant",
    "rare": "rare voices first",
    "oldest": "oldest first",
}
"""The orders of results, in the words of the pane's edge."""
_SORTS = tuple(ORDERS)


@dataclass(frozen=True, slots=True)
class _Found:
    query: Query
    rows: Gathered
    shown: int
    total: int


class Finding:
    """One search. `text` is the query as typed, `query` what the results shown were found with.

    While one types, the last word may be the beginning of one; not so in the text `_whole`.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.text = ""
        self.query: Query | None = None
        self.sort: Sort = "date"
        self._whole = ""
        self.total = 0
        self.folds = FoldedResults(desk)
        self._shown = 0
        self._instead = ""
        self._limit = PAGE
        self._timer: Timer | None = None
        self._rest_timer: Timer | None = None
        self._is_at_rest = True

    def open(self, text: str = "", *, is_whole: bool = False) -> None:
        """Show the search pane, with this or its last query, and go to its line.

        A text that `is_whole` is the query of a list: it finds what that has, and no more.
        """
        widgets = self._desk.widgets
        if not is_whole and (text or not self.is_list):
            self.sort = self._desk.orders.search
        widgets.results.show_snippets = not self._desk.settings.compact
        self._desk.panes.go("search")
        self._desk.screen.set_focus(widgets.search_line)
        if text:
            self._whole = text if is_whole else ""
            widgets.search_line.value = text  # which is told as if it were typed
        else:
            widgets.search_line.action_select_all()
        self._search()

    def close(self) -> None:
        """Leave the search; the articles have their place again, or the feeds after a list."""
        is_list = self.is_list and self.sort != "date"
        self.text = self._whole = ""
        self.query = None
        self._desk.widgets.search_line.value = ""
        self._desk.panes.go("articles")
        if is_list:
            self._desk.panes.back()
        self._desk.reading.highlighted()

    def typed(self, text: str) -> None:
        """The query changed: search when no further key follows at once."""
        if text == self.text:
            return
        self.text = text
        self._instead = ""
        self._limit = PAGE
        self.folds.forget()
        if self._timer:
            self._timer.stop()
        self._timer = self._desk.screen.set_timer(PAUSE, self._search)
        self._is_at_rest = False
        if self._rest_timer:
            self._rest_timer.stop()
        self._rest_timer = self._desk.screen.set_timer(REST, self._rest)

    def toggle_sort(self) -> None:
        """Newest first, then by relevance, then rare voices first, then oldest first."""
        self.order(_SORTS[(_SORTS.index(self.sort) + 1) % len(_SORTS)])

    def order(self, sort: Sort) -> None:
        """Show the results in an order, also the next time."""
        self.sort = sort
        if self.is_list:
            self._desk.orders.keep(self._desk.listing.view, sort)
        else:
            self._desk.orders.keep_search(sort)
        self._search()

    def highlighted(self) -> None:
        """At the last of the results, read more."""
        results = self._desk.widgets.results
        at_end = results.cursor >= results.total - 1
        if at_end and self._limit <= self._shown < min(self.total, MOST):
            self._limit = min(self._limit * 3, MOST)
            self._search(more=True)

    def open_result(self) -> None:
        """Open the result under the cursor."""
        row = self._desk.widgets.results.current
        if row is not None:
            self._desk.reading.open(row)

    def pressed(self, act: str) -> None:
        """A key of the search line that acts on the results."""
        results = self._desk.widgets.results
        match act:
            case "open" if self._instead:
                self._desk.widgets.search_line.value = self._instead
            case "open":
                self._rest()
                self.open_result()
                if self._desk.widgets.search_hint.text:  # the text may cover that line
                    self._desk.say(self._desk.widgets.search_hint.text)
            case "down" | "up":
                results.move_by(1 if act == "down" else -1)
            case "results":
                self._rest()
                self._desk.screen.set_focus(results)
            case _:
                self.close()

    def reread(self) -> None:
        """Search again, the cursor staying on its article, because the archive changed."""
        if self.text.strip():
            self._search(more=True)

    @property
    def is_list(self) -> bool:
        """Whether this is the list of a view, in another order than its own."""
        return bool(self._whole) and self.text == self._whole

    @property
    def note(self) -> str:
        """How many results there are, and their order."""
        if not self.text.strip():
            return ""
        shown = self._shown
        count = f"{self.total:,}" if shown >= self.total else f"{shown:,} of {self.total:,}"
        return f"{count} · {ORDERS[self.sort]}"

    def _rest(self) -> None:
        """The query is as it was meant: say all that was not understood, of its last word too."""
        self._is_at_rest = True
        self._desk.widgets.search_hint.show(" ".join(parse(self.text).hints))
        if self.query is not None and not self.total:
            self._explain()

    def _explain(self) -> None:
        """Nothing was found: say why, and what would be."""
        explain = partial(self._desk.library.asking.explain, self.text)
        self._desk.background.ask("search", explain, partial(self._explained, self.text))

    def _explained(self, text: str, miss: Miss) -> None:
        if text == self.text and not self.total:
            self._instead = miss.instead
            self._desk.widgets.results.empty_text = why_no_results(self._desk, text, miss)

    def _search(self, *, more: bool = False) -> None:
        text, limit, sort = self.text, self._limit, self.sort
        typing = text != self._whole
        if not text.strip():
            self._desk.background.ask("search", lambda: None, self._show_nothing, latest=True)
            return
        library, by_story = self._desk.library, self._desk.folding.by_story
        read = self._desk.pending.begin_read()

        def search() -> _Found:
            rows = library.search(text, limit=limit, sort=sort, typing=typing)
            total = len(rows) if len(rows) < limit else library.count(text, typing=typing)
            gathered = gather(library, rows, by_story=by_story)
            return _Found(library.asking(text, typing=typing), gathered, len(rows), total)

        library.interrupt_search()
        self._desk.background.ask("search", search, partial(self._show, read, more), latest=True)

    def _show(self, read: int, more: bool, found: _Found) -> None:
        results = self._desk.widgets.results
        is_same = self.query is not None and self.query.written == found.query.written
        self.query, self.total, self._shown = found.query, found.total, found.shown
        rows = self._desk.pending.lay_over(found.rows.rows, read)
        under = {
            head: self._desk.pending.lay_over(below, read)
            for head, below in found.rows.under.items()
        }
        opened = self.folds.take(Gathered(rows, under))
        current = results.current.article_id if more and results.current else None
        results.empty_text = why_no_results(self._desk, self.text)
        results.load(rows, len(rows), cursor_id=current, hits=found.query, under=opened)
        is_whole = self._is_at_rest or not rows
        hints = parse(self.text).hints if is_whole else found.query.hints
        self._desk.widgets.search_hint.show(" ".join(hints))
        self._desk.title_changed()
        self._desk.reading.list_changed()
        if not (is_same and self._desk.in_text.active):  # what a person found in the text stays
            self._desk.reading.show_hits(found.query, [*rows, *chain(*under.values())])
        if not rows and self._is_at_rest:
            self._explain()

    def _show_nothing(self, _: None) -> None:
        self.query, self.total, self._shown = None, 0, 0
        self._desk.widgets.results.empty_text = why_no_results(self._desk, "")
        self._desk.widgets.results.load((), 0)
        self._desk.widgets.search_hint.show("")
        self._desk.title_changed()
