"""Stories in the list of articles: folded into one row each, opened there, marked as wholes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.errors import NotFound
from archive.models import Summary
from reader.tui.control.list_rows import Opened
from reader.tui.widgets.open_rows import Under

if TYPE_CHECKING:
    from reader.library import Library
    from reader.tui.control.desk import Desk
    from reader.tui.widgets.article_list import ArticleList

NOTHING_FOLDED = "No other article of this list is folded into this row."


class Folding:
    """Whether the list has a row for each story or for each article, and which lie open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.by_story: bool = desk.settings.fold_stories
        self.opened = Opened()

    @property
    def _list(self) -> ArticleList:
        return self._desk.active_list

    @property
    def _in_search(self) -> bool:
        return self._desk.panes.middle == "search"

    @property
    def can_toggle(self) -> bool:
        """Whether the row under the cursor can be opened or folded."""
        head = self._list.head
        return self._list.is_open or (head is not None and head.fold is not None)

    @property
    def is_open(self) -> bool:
        """Whether the story under the cursor lies open."""
        return self._list.is_open

    def forget(self) -> None:
        """Another list is shown: nothing lies open in it."""
        self.opened = replace(self.opened, others=frozenset())

    def toggle(self) -> None:
        """Lay open what is folded into the row under the cursor, or fold it again."""
        head = self._list.head
        if head is None or not self.can_toggle:
            how = self._desk.keymap.with_keys("Each article has a row of its own: {stories}.")
            self._desk.say(NOTHING_FOLDED if self.by_story else how)
            return
        if self._in_search:
            self._desk.finding.folds.turn(head)
            return
        self.opened = self.opened.turned(head.story_id)
        if self._list.is_open:
            self._list.fold()
            self._desk.title_changed()
        else:
            self._lay_open(head)

    def _lay_open(self, head: Summary) -> None:
        read, rows = self._desk.pending.begin_read(), self._desk.listing.rows

        def show(under: Under) -> None:
            self._list.lay_open(under_laid_over(self._desk, under, read))
            self._desk.title_changed()
            self._desk.newness.look_soon()

        self._desk.background.ask("list", lambda: rows.under([head]), show)

    def fold_all(self) -> None:
        """One row a story, none of them open."""
        self._list.fold()
        self._all(are_open=False)

    def open_all(self) -> None:
        """Every story open below its row, as its rows are loaded."""
        self._all(are_open=True)

    def _all(self, *, are_open: bool) -> None:
        """In the list in the middle; the other one has a row for each story from now on as well."""
        was_by_story, self.by_story = self.by_story, True
        if self._in_search:
            self._desk.finding.folds.open_all(are_open=are_open)
        else:
            self.opened = Opened(is_all=are_open)
        if not self._in_search or not was_by_story:
            self._desk.listing.take_in_changes()
        self._desk.finding.reread()

    def switch(self) -> None:
        """One row a story instead of one an article, or the contrary."""
        self.show(by_story=not self.by_story)
        what = "story" if self.by_story else "article"
        self._desk.status(f"One row for each {what}", 4)

    def show(self, *, by_story: bool) -> None:
        """One row a story, or one an article."""
        if by_story != self.by_story:
            self._list.fold()
            self.by_story = by_story
            self._desk.listing.take_in_changes()
            self._desk.finding.reread()

    def read_story(self) -> None:
        """Mark every article of the story in use as read."""
        row, library = self._desk.current, self._desk.library
        if row is None:
            return

        def found(rows: list[Summary]) -> None:
            self._desk.marking.read_all_of([each for each in rows if not each.read])

        self._desk.background.ask("story", lambda: _members(library, row), found)


def laid_over(desk: Desk, rows: Iterable[Summary], read: int) -> list[Summary]:
    """Rows with the changes that their read may not have seen, and how much of them is new."""
    return desk.newness.laid_over(desk.pending.lay_over(rows, read))


def under_laid_over(desk: Desk, under: Under, read: int) -> Under:
    """The same of what lies open below rows."""
    return {key: laid_over(desk, rows, read) for key, rows in under.items()}


def _members(library: Library, row: Summary) -> list[Summary]:
    """The articles of the story of one, or it alone where it is in none."""
    try:
        members = library.stories.get(row.article_id).members
    except NotFound:
        return [row]
    return library.summaries(list(dict.fromkeys(each.article_id for each in members)))
