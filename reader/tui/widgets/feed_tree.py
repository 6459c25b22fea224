"""The feeds pane: smart views, then folders with their feeds, each with its unread count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from archive.models import Feed, FeedStatus
from archive.searches import SearchCount
from reader.tui.views import ALL, STARRED, UNREAD, View, feed_view, folder_view, search_view
from reader.tui.widgets.side_list import SideList, SideRow

FOLDED, UNFOLDED, FAILED = "▸", "▾", "!"
FeedOrder = Literal["name", "unread", "news"]
"""Feeds within their folder: by name, most unread first, or what had something new last first."""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles there are in all."""

    article_count: int = 0
    unread_count: int = 0
    starred_count: int = 0


class FeedTree(SideList):
    """What can be listed, as a tree two or more deep; folders fold."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._statuses: tuple[FeedStatus, ...] = ()
        self._by_key: dict[str, FeedStatus] = {}
        self._counts = Counts()
        self._searches: tuple[SearchCount, ...] = ()
        self._folded: frozenset[str] = frozenset()
        self._views: dict[str, View] = {}
        self._is_alone = False
        self._ways = ("", "")
        self._nothing_unread = ""
        self.only_unread: bool = False
        """Whether feeds and folders without unread articles are left out."""
        self.order: FeedOrder = "name"

    def be_alone(self, alone: bool) -> None:
        """Whether no list is seen beside this pane: then it says itself how to begin."""
        if alone != self._is_alone:
            self._is_alone = alone
            if not self._statuses:
                self._fill()

    def take_ways(self, all_four: str, shortly: str, nothing_unread: str) -> None:
        """Say these words while there is no feed: alone on screen, or beside other panes.

        `nothing_unread` is said in place of feeds where all of them are left out.
        """
        self._ways = (all_four, shortly)
        self._nothing_unread = nothing_unread
        self._fill()

    def show_only_unread(self, only: bool) -> None:
        """Leave out what has nothing unread, but for the feed under the cursor; or show all."""
        self.only_unread = only
        self._fill()

    def show_ordered(self, order: FeedOrder) -> None:
        """Show the feeds of each folder in an order."""
        self.order = order
        self._fill()

    def show(self, statuses: Sequence[FeedStatus], counts: Counts) -> None:
        """Show these feeds and counts; the cursor stays where it was."""
        self._statuses = tuple(statuses)
        self._by_key = {feed_view(each.feed).key: each for each in statuses}
        self._counts = counts
        self._fill()

    def show_searches(self, searches: Sequence[SearchCount]) -> None:
        """Show these saved searches below the smart views; the cursor stays where it was."""
        if tuple(searches) != self._searches:
            self._searches = tuple(searches)
            self._fill()

    @property
    def view(self) -> View | None:
        """The view under the cursor."""
        return self._views.get(self.current.key) if self.current else None

    def view_of(self, key: str) -> View | None:
        """The view of a row's key."""
        return self._views.get(key)

    @property
    def status(self) -> FeedStatus | None:
        """The feed under the cursor, None on a folder or smart view."""
        return self._by_key.get(self.current.key) if self.current else None

    @property
    def statuses(self) -> tuple[FeedStatus, ...]:
        """All feeds shown."""
        return self._statuses

    @property
    def counts(self) -> Counts:
        """The counts shown with the smart views."""
        return self._counts

    @property
    def is_folded(self) -> bool:
        """Whether the row under the cursor is a folded folder."""
        return self.view is not None and self.view.key in self._folded

    def fold(self) -> None:
        """Fold the folder under the cursor, or unfold it."""
        if self.view and self.view.kind == "folder":
            self._folded ^= {self.view.key}
            self._fill()

    def go_to(self, feed: Feed) -> None:
        """Put the cursor on a feed, unfolding the folders around it."""
        around = {feed.folder, *_parents(feed.folder)}
        self._folded -= {f"folder {folder}" for folder in around}
        self._fill()
        if self.index_of(feed_view(feed).key) < 0:
            self.show_only_unread(False)
        index = self.index_of(feed_view(feed).key)
        if index >= 0:
            self.move_to(index)

    def next_unread(self, step: int) -> int | None:
        """The index of the nearest row with unread articles after or before the cursor."""
        index = self.cursor + step
        while 0 <= index < len(self.rows):
            row = self.rows[index]
            # A feed that failed is drawn as such, whether or not it has something to read.
            has_unread = row.look == "unread" or (row.look == "error" and row.count)
            if has_unread and row.key != UNREAD.key:
                return index
            index += step
        return None

    def _fill(self) -> None:
        rows = [*self._smart_rows(), *self._search_rows(), *self._feed_rows()]
        self.load(rows)

    def _smart_rows(self) -> list[SideRow]:
        self._views = {view.key: view for view in (ALL, UNREAD, STARRED)}
        unread = "unread" if self._counts.unread_count else "quiet"
        return [
            SideRow(UNREAD.key, UNREAD.name, self._counts.unread_count, "●", look=unread),
            SideRow(STARRED.key, STARRED.name, self._counts.starred_count, "★"),
            SideRow(ALL.key, ALL.name, self._counts.article_count, "≡"),
        ]

    def _search_rows(self) -> list[SideRow]:
        rows = []
        for each in self._searches:
            view = search_view(each.search)
            self._views[view.key] = view
            look = "unread" if each.unread_count else "quiet"
            rows.append(SideRow(view.key, view.name, each.unread_count or None, "/", look=look))
        return rows

    def _feed_rows(self) -> list[SideRow]:
        if not self._statuses:
            words = self._ways[0 if self._is_alone else 1]
            return [SideRow(""), *(SideRow("", line) for line in words.splitlines())]
        shown = [status for status in self._statuses if self._is_shown(status)]
        if not shown:
            return [SideRow(""), *(SideRow("", each) for each in self._nothing_unread.splitlines())]
        rows = [SideRow("")]
        for folder in _folders(shown):
            rows += self._folder_rows(folder, shown)
        loose = [status for status in shown if not status.feed.folder]
        return [*rows, *(self._feed_row(status, 0) for status in _ordered(loose, self.order))]

    def _is_shown(self, status: FeedStatus) -> bool:
        if not self.only_unread or status.unread_count:
            return True
        return self.current is not None and self.current.key == feed_view(status.feed).key

    def _folder_rows(self, folder: str, shown: Sequence[FeedStatus]) -> list[SideRow]:
        inside = [s for s in self._statuses if _within(s.feed.folder, folder)]
        view = folder_view(folder, (status.feed for status in inside))
        self._views[view.key] = view
        if any(f"folder {parent}" in self._folded for parent in _parents(folder)):
            return []
        unread = sum(status.unread_count for status in inside)
        depth = folder.count("/")
        folded = view.key in self._folded
        look = "unread" if unread and folded else "folder"
        row = SideRow(
            view.key, view.name, unread or None, FOLDED if folded else UNFOLDED, depth, look
        )
        here = [status for status in shown if status.feed.folder == folder and not folded]
        return [row, *(self._feed_row(s, depth + 1) for s in _ordered(here, self.order))]

    def _feed_row(self, status: FeedStatus, depth: int) -> SideRow:
        view = feed_view(status.feed)
        self._views[view.key] = view
        failed = bool(status.state.error)
        look = "unread" if status.unread_count else "quiet"
        if failed:
            look = "error"
        mark = FAILED if failed else " "
        return SideRow(view.key, status.feed.name, status.unread_count or None, mark, depth, look)


def _folders(statuses: Iterable[FeedStatus]) -> list[str]:
    """All folders with the folders they lie in, parents first, in the order of their names."""
    names = {status.feed.folder for status in statuses if status.feed.folder}
    for name in list(names):
        names.update(_parents(name))
    return sorted(names, key=lambda name: name.casefold().split("/"))


def _parents(folder: str) -> list[str]:
    parts = folder.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]


def _within(folder: str, outer: str) -> bool:
    return folder == outer or folder.startswith(outer + "/")


def _ordered(statuses: Iterable[FeedStatus], order: FeedOrder) -> list[FeedStatus]:
    """The feeds in an order; those that are equal in it by name."""
    by_name = sorted(statuses, key=lambda status: status.feed.name.casefold())
    if order == "unread":
        return sorted(by_name, key=lambda status: -status.unread_count)
    if order == "news":
        return sorted(by_name, key=lambda status: status.state.news_at or _NEVER, reverse=True)
    return by_name
