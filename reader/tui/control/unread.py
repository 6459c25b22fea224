"""Ways through much that is unread: one by chance, all of it at once, nothing but it."""

from __future__ import annotations

from random import randrange
from typing import TYPE_CHECKING

from archive.models import Summary
from reader.tui.screens.prompts import Confirm
from reader.tui.views import UNREAD

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

_ALL_READ = "Everything is read."


def random_unread(desk: Desk) -> None:
    """Go to an unread article of the list by chance; while one reads, open it."""
    query = desk.listing.view.narrowed(desk.listing.filter)
    wanted = f"({query}) {UNREAD.query}" if query else UNREAD.query
    library = desk.library

    def choose() -> list[Summary]:
        count = library.count(wanted)
        if not count:
            return []
        at = randrange(count)  # noqa: S311 - no secret hangs on it
        return library.list(wanted, limit=1, offset=at)

    def chosen(rows: list[Summary]) -> None:
        if not rows:
            desk.say("Nothing of this list is unread.")
            return
        reads = desk.panes.current == "text"
        if desk.panes.current == "feeds":
            desk.panes.go("articles")
        if desk.panes.middle == "articles":
            desk.listing.go_to(rows[0])
        if reads:
            desk.reading.open(rows[0])

    desk.background.ask("list", choose, chosen)


def read_everything(desk: Desk) -> None:
    """Ask, then mark all that is unread as read, as one step to undo."""
    count = desk.widgets.feeds.counts.unread_count
    if not count:
        desk.say(_ALL_READ)
        return

    def answered(yes: bool | None) -> None:
        if yes:
            desk.marking.read_list(everything=True)

    articles = "the one unread article" if count == 1 else f"all {count:,} unread articles"
    detail = desk.keymap.with_keys("{undo} takes that back.")
    desk.open(Confirm(f"Mark {articles} as read?", detail), answered)


def only_unread(desk: Desk) -> None:
    """Show only feeds, or articles of the list, with something unread, or all again."""
    if desk.panes.current == "feeds":
        desk.widgets.feeds.show_only_unread(not desk.widgets.feeds.only_unread)
        desk.title_changed()
        return
    words = desk.listing.filter.split()
    if UNREAD.query in words:
        desk.listing.set_filter(" ".join(word for word in words if word != UNREAD.query))
    elif desk.listing.view == UNREAD:
        desk.say("This list has nothing but unread articles.")
    else:
        inner = f"({desk.listing.filter})" if " OR " in desk.listing.filter else desk.listing.filter
        desk.listing.set_filter(f"{inner} {UNREAD.query}")
