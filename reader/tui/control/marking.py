"""Marks and tags: shown at once, written in order, set back when refused, and undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from archive.highlights import Highlight
from archive.models import MarkChange, Summary, Undone
from reader.rule_words import BY_HAND
from reader.tui.cells import cut
from reader.tui.control.listing import hangs_on_marks
from reader.tui.control.notices import TOLD
from reader.tui.control.pending import changed
from reader.tui.control.unwritten import Change
from reader.tui.views import UNREAD
from reader.undo_words import undone_words

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

_TITLE_CELLS = 60


class Marking:
    """What the reader does with articles.

    `whole_list` says that all of the list is selected, also what is not loaded.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.undoable: bool = False
        self.whole_list = False

    def targets(self) -> list[Summary]:
        """The articles that an action means: the selected ones, else the one under the cursor."""
        selected = self._desk.active_list.selected
        if selected and self._desk.panes.current != "text":
            return [row for row in self._desk.loaded_rows() if row.article_id in selected]
        current = self._desk.current
        return [current] if current else []

    def selected_count(self) -> int:
        """How many articles are selected."""
        if self.whole_list:
            return self._desk.listing.article_count
        return len(self._desk.active_list.selected)

    def toggle(self, field: str) -> None:
        """Star, or mark as read, what is not yet all so; else the contrary."""
        rows = self.targets()
        wanted = not all(getattr(row, field) for row in rows)
        words = {
            ("read", True): ("marking as read", "Marked as read"),
            ("read", False): ("marking as unread", "Marked as unread"),
            ("starred", True): ("starring", "Starred"),
            ("starred", False): ("taking the star off", "Star taken off"),
        }
        change = MarkChange(read=wanted) if field == "read" else MarkChange(starred=wanted)
        self.change(change, *words[field, wanted])

    def hide(self) -> None:
        """Hide articles; those that are hidden are shown again."""
        rows = self.targets()
        if rows and all(row.hidden for row in rows):
            self.change(MarkChange(hidden_by=""), "showing again", "Shown again")
        else:
            self.change(MarkChange(hidden_by=BY_HAND), "hiding", "Hidden")

    def change(self, change: MarkChange, label: str, done: str) -> None:
        """Change what `targets` means. `done` says so where the mark may be out of sight."""
        if self._desk.panes.current == "text":
            self._desk.status(done, TOLD)
        selected = self._desk.active_list.selected
        rows = self.targets()
        if self.whole_list and self._desk.panes.current != "text":
            self._write(self._desk.listing.query, rows, change, label)
            if hangs_on_marks(self._desk.listing.query):  # it may find others from now on
                self.whole_list = False
                self._desk.title_changed()
        elif selected and self._desk.panes.current != "text":
            self._write(sorted(selected), rows, change, label)
        else:
            self._write([row.article_id for row in rows], rows, change, label)

    def note(self, row: Summary, note: str) -> None:
        """Keep a note on one article, or none."""
        change = MarkChange(note=note)
        self._desk.reading.take(row.article_id, change)
        self._write([row.article_id], [row], change, "noting")

    def read_all_of(self, rows: Sequence[Summary]) -> None:
        """Mark all articles of a story as read, as one step."""
        ids = [row.article_id for row in rows]
        self._write(ids, rows, MarkChange(read=True), "marking the story as read")

    def highlight(
        self, row: Summary, added: tuple[Highlight, ...], removed: tuple[Highlight, ...]
    ) -> None:
        """Keep passages of one article as highlighted, or no longer."""
        change = MarkChange(add_highlights=added, remove_highlights=removed)
        self._desk.reading.take(row.article_id, change)
        label = "highlighting" if added else "taking the highlight off"
        self._write([row.article_id], [row], change, label)

    def read(self, row: Summary) -> None:
        """Mark one article as read, since it was opened."""
        if not row.read:
            change = MarkChange(read=True)
            self._write([row.article_id], [row], change, "marking as read")

    def read_list(self, *, everything: bool = False) -> None:
        """Mark every article of the list as read, or every one that there is, as one step."""
        rows = [row for row in self._desk.loaded_rows() if not row.read]
        query = self._desk.listing.view.narrowed(self._desk.listing.filter)
        query, what = (UNREAD.query, "everything") if everything else (query, "the list")
        self._write(query, rows, MarkChange(read=True), f"marking {what} as read")

    def remember_place(self, article_id: str, position: int) -> None:
        """Store how far an article was read; not a step that one wants to undo."""
        write = partial(self._desk.library.mark, [article_id], MarkChange(position=position))
        if not self._desk.library.read_only:
            self._desk.unwritten.put(Change(write, _nothing, _nothing_to_set_back, is_minor=True))

    def undo(self, tell: Callable[[str], None] | None = None) -> None:
        """Take back the last change, also one that waits for the disk; `tell` is told which."""
        tell = tell or self._desk.say
        waited = self._desk.unwritten.take_back()
        if waited is not None:
            tell(f"Undone: {waited.label}, which was not on disk yet.")
            return
        library = self._desk.library

        def undo() -> tuple[Undone | None, list[Summary]]:
            undone = library.undo()
            return undone, library.summaries([undone.article_id]) if undone else []

        self._desk.unwritten.put(Change(undo, partial(self._undone, tell), _nothing_to_set_back))

    def select(self) -> None:
        """Select the current article, or let go of it, and go on to the next."""
        self.whole_list = False
        self._desk.active_list.toggle_select()
        self._desk.active_list.move_by(1)

    def select_all(self) -> None:
        """Select the whole list; nothing, if it is selected."""
        articles = self._desk.active_list
        loaded = {row.article_id for row in self._desk.loaded_rows()}
        if loaded and loaded <= articles.selected:
            self.let_go()
            return
        articles.select_loaded(loaded)
        in_articles = self._desk.panes.current == "articles"
        self.whole_list = in_articles and self._desk.listing.article_count > len(loaded)
        self._desk.title_changed()

    def let_go(self) -> None:
        """Select nothing."""
        self.whole_list = False
        self._desk.active_list.clear_selection()
        self._desk.title_changed()

    def _write(
        self, target: str | Sequence[str], rows: Sequence[Summary], change: MarkChange, label: str
    ) -> None:
        if not rows and not target:
            return
        write = partial(self._desk.library.mark, target, change, label=label)
        if change.read is not None and not isinstance(target, str):
            rows = [*rows, *_copies(rows, self._desk.loaded_rows())]
        ids = [row.article_id for row in rows]
        ticket = self._desk.pending.add(rows, change)
        if change.hidden_by is None:
            self._desk.listing.keep(rows)
        else:
            self._desk.listing.let_go(rows)
        self._desk.show_marks([changed(row, change) for row in rows])
        self._desk.unwritten.put(
            Change(
                write,
                partial(
                    self._done, ticket, ids, isinstance(target, str) or change.hidden_by is not None
                ),
                partial(self._dropped, ticket, ids),
                label,
            )
        )

    def _done(
        self, ticket: int, article_ids: Sequence[str], whole: bool, changed_count: int
    ) -> None:
        self._desk.pending.done(ticket)
        self.undoable = self.undoable or changed_count > 0
        self._desk.counts_changed()
        self._desk.newness.look_soon()
        if whole:
            self._desk.listing.take_in_changes()
            self._desk.finding.reread()
        else:
            self._desk.listing.count_stories_of(article_ids)
            self._desk.finding.folds.count_stories_of(article_ids)

    def _dropped(self, ticket: int, ids: Sequence[str]) -> None:
        """Show the marks without the change."""
        self._desk.pending.drop(ticket)
        self._desk.reread(ids)
        self._desk.reading.reread()

    def _undone(
        self, tell: Callable[[str], None], found: tuple[Undone | None, list[Summary]]
    ) -> None:
        undone, rows = found
        tell(undone_words(undone, cut(rows[0].title, _TITLE_CELLS) if rows else ""))
        if undone is None:
            self.undoable = False
        else:
            self._desk.archive_changed()


def _copies(rows: Sequence[Summary], loaded: Iterable[Summary]) -> list[Summary]:
    """Those of the loaded rows that are near copies of others and not among them."""
    ids = {row.article_id for row in rows}
    originals = {row.copy_of or row.article_id for row in rows}
    return [
        row
        for row in loaded
        if (row.copy_of or row.article_id) in originals and row.article_id not in ids
    ]


def _nothing(_: object) -> None:
    pass


def _nothing_to_set_back() -> None:
    pass
