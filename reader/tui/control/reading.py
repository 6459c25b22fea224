"""The text pane: previewing and opening articles, and going on to the next unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from archive.changes import changed_mark
from archive.highlights import Highlight
from archive.models import Article, Mark, MarkChange, Summary
from archive.query import Query
from reader import browser
from reader.tui.control.in_text import step_hit
from reader.tui.control.novelty import dim_told

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

SETTLE = 0.09
"""Seconds that the cursor must rest on an article before its text is shown."""


class Reading:
    """The article in the text pane; `opened` tells a reading from a preview."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.summary: Summary | None = None
        self.opened = False
        self.hits: Query | None = None
        self._article: Article | None = None
        self._mark = Mark()
        self._place: int | None = None
        self._timer: Timer | None = None

    @property
    def mark(self) -> Mark:
        """What the reader did with the article in the pane."""
        return self._mark

    def highlighted(self) -> None:
        """The cursor came to another article: show it when it rests there."""
        if self._timer:
            self._timer.stop()
        if self._desk.panes.current != "text":
            self._timer = self._desk.screen.set_timer(SETTLE, self._preview)

    def begin(self, row: Summary, found: tuple[Article, Mark]) -> None:
        """Show the first article, read before the app started, where its pane is seen."""
        if self._desk.widgets.parts["right"].display:
            self.summary = row
            self._loaded(row, self._desk.pending.begin_read(), None, found)

    def list_changed(self) -> None:
        """The list was read again: an empty one has no text."""
        if not self._desk.active_list.total and self._desk.panes.current != "text":
            self.clear()

    def clear(self) -> None:
        """Show no article."""
        self._leave()
        self.summary = self._article = None
        self._desk.widgets.text.clear()
        self._desk.title_changed()

    def open(self, row: Summary, position: int | None = None) -> None:
        """Show an article, mark it as read and go to its text, where reading stopped or is told."""
        self._place = position
        self._show(row)
        self.opened = True
        self._desk.panes.go("text")
        self._desk.marking.read(row)

    def refresh_marks(self, row: Summary) -> None:
        """Show the new marks of the article in the pane."""
        if self.summary is None or row.article_id != self.summary.article_id:
            return
        self.summary = row
        self._mark = _mark_of(row, self._mark)
        if self._article is not None:
            self._draw()

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """Those of the article in the pane, in the order of the text."""
        return self._mark.highlights

    def take(self, article_id: str, change: MarkChange) -> None:
        """Show what a change makes of the marks, if it is of the article in the pane."""
        if self._article is not None and self._article.article_id == article_id:
            self._mark = changed_mark(self._mark, change)
            self._draw()

    def reread(self) -> None:
        """Load the article in the pane again: it may have a new text."""
        if self.summary is not None:
            self._load(self.summary)

    def show_hits(self, query: Query | None, rows: Sequence[Summary] | None = None) -> None:
        """The words that are looked for changed while the article stays: show them in the text.

        `rows` are what a search found: its first match is gone to, where the article is not among
        them the first of all. Without them the text stays where it is.
        """
        if self._article is not None and query != self.hits:
            self.save_place()
            self.hits = query
            self._draw()
            if rows is not None:
                found = (row for row in rows if row.article_id == self._article.article_id)
                self._seek_hit(next(found, None))

    def read_on(self) -> None:
        """A page further; at the end of the text the next unread article, of a search's results."""
        row = self._desk.current
        if self._desk.panes.current != "text":
            if row is not None:
                self.open(row)
        elif not self._desk.widgets.text.page_down():
            if self._desk.panes.middle == "search":
                self._next_result(1)
            else:
                self.step(1)

    def step(self, step: int) -> None:
        """The next unread article (`step` 1) or the one before (-1); in a search the next hit."""
        if self._desk.panes.middle == "search":
            (self._next_result if self._desk.finding.is_list else self._step_hit)(step)
            return
        articles = self._desk.widgets.articles
        index = articles.next_unread(step)
        if index is not None:
            articles.move_to(index)
            self._arrived()
        elif articles.head is not None:
            self._seek(articles.head, step)

    def save_place(self) -> None:
        """Store how far the opened article was read; a match that was gone to is no such place."""
        if not self.opened or self._article is None or self._desk.widgets.text.went_to_hit:
            return
        position = self._desk.widgets.text.position
        if position != self._mark.position:
            self._desk.marking.remember_place(self._article.article_id, position)
            self._mark = replace(self._mark, position=position)

    def browse(self, url: str) -> None:
        """Open an address in a browser."""
        command = self._desk.settings.browser
        self._desk.background.ask("outside", partial(browser.browse, url, command), self._desk.say)

    def _preview(self) -> None:
        row = self._desk.active_list.current
        if row is not None and self._desk.panes.text_is_seen:
            self._place = None  # of an article that was left before it came
            self._show(row)

    def _show(self, row: Summary) -> None:
        is_shown = self.summary is not None and self.summary.article_id == row.article_id
        is_search_over = self._desk.panes.middle != "search"
        if is_shown and not (is_search_over and self._desk.widgets.text.went_to_hit):
            self._go_to_place()
            return
        self._leave()
        self.summary = row
        self._article = None
        self._load(row)
        self._desk.title_changed()

    def _go_to_place(self) -> None:
        """Go where was asked for in the article that is shown."""
        if self._place is not None and self._article is not None:
            self._mark = replace(self._mark, position=self._place)
            self._place = None
            self._draw(afresh=True)

    def _leave(self) -> None:
        self.save_place()
        self.opened = False

    def _load(self, row: Summary) -> None:
        library = self._desk.library
        hits = self._desk.finding.query if self._desk.panes.middle == "search" else None
        read = self._desk.pending.begin_read()

        def load() -> tuple[Article, Mark]:
            return library.get(row.article_id), library.mark_of(row.article_id)

        show = partial(self._loaded, row, read, hits)
        self._desk.background.ask("text", load, show, latest=True)

    def _loaded(
        self, row: Summary, read: int, hits: Query | None, found: tuple[Article, Mark]
    ) -> None:
        """Show what was loaded; the article that is shown already keeps its place."""
        article, mark = found
        before = self._article, self._mark
        same = self._article is not None and self._article.article_id == article.article_id
        marked = replace(
            row,
            read=mark.read,
            starred=mark.starred,
            tags=mark.tags,
            section_tags=mark.section_tags,
        )
        self.summary = self._desk.pending.lay_over([marked], read)[0]
        position = self._mark.position if same else mark.position
        if self._place is not None:
            position, self._place, same = self._place, None, False
        self._article = article
        self._mark = _mark_of(self.summary, replace(mark, position=position))
        dim_told(self._desk, article)
        if (self._article, self._mark) == before:
            return
        if same:
            self._draw()
            return
        self.hits = hits
        self._draw(afresh=True)
        if hits is not None:
            self._seek_hit(row)

    def _seek_hit(self, row: Summary | None) -> None:
        """Go to the first match of the section that a result names, else of the text."""
        section = row.section if row else None
        self._desk.widgets.text.seek_hit(section.start if section else 0)

    def _draw(self, *, afresh: bool = False) -> None:
        if self._article is not None and self.summary is not None:
            self._desk.widgets.text.show(
                self._article,
                self._mark,
                outlet=self.summary.outlet,
                hits=self.hits,
                afresh=afresh,
            )

    def _next_result(self, step: int) -> None:
        """Go to the next unread result, or to the one before; from a text into its text."""
        results = self._desk.widgets.results
        index = results.next_unread(step)
        if index is None:
            self._desk.say(f"No unread result {'below' if step > 0 else 'above'}.")
            return
        results.move_to(index)
        if results.current is not None and self._desk.panes.current == "text":
            self.open(results.current)

    def _step_hit(self, step: int) -> None:
        if self._desk.panes.current == "text":
            if not step_hit(self._desk, step):
                self._desk.say("The words are not in this text.")
        else:
            self._desk.widgets.results.move_by(step)

    def _seek(self, row: Summary, step: int) -> None:
        """Look for an unread article beyond the loaded rows."""
        seek = partial(self._desk.listing.rows.unread_from, row, step)
        self._desk.background.ask("list", seek, partial(self._found, step))

    def _found(self, step: int, rows: list[Summary]) -> None:
        if not rows:
            self._desk.say(f"No unread article {'below' if step > 0 else 'above'}.")
            return
        self._desk.listing.go_to(rows[0])
        if self._desk.panes.current == "text":
            self.open(rows[0])

    def _arrived(self) -> None:
        row = self._desk.widgets.articles.current
        if row is not None and self._desk.panes.current == "text":
            self.open(row)


def _mark_of(row: Summary, mark: Mark) -> Mark:
    """The mark as a row shows it, with what only the mark itself has."""
    return replace(
        mark, read=row.read, starred=row.starred, tags=row.tags, section_tags=row.section_tags
    )
