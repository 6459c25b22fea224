"""The order of feeds, of the list and of results, picked from a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from archive.index_order import Sort
from reader.tui.control.finding import ORDERS
from reader.tui.screens.pick import PickScreen, line
from reader.tui.widgets.feed_tree import FeedOrder

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

Chosen = TypeVar("Chosen", bound=str)

_OF_FEEDS: Mapping[FeedOrder, str] = {
    "name": "by name",
    "unread": "most unread first",
    "news": "latest news first",
}
EVERYTHING = "is:unread OR is:read"
"""A query that all articles match, for a list that has none."""


def choose_order(desk: Desk) -> None:
    """List the orders; the one in use is where the list begins."""
    if desk.panes.current == "feeds":
        feeds = desk.widgets.feeds
        _pick(desk, "The order of the feeds", _OF_FEEDS, feeds.order, feeds.show_ordered)
    elif desk.panes.current == "search":
        _pick(desk, "The order of the results", ORDERS, desk.finding.sort, desk.finding.order)
    else:
        _pick(desk, "The order of the articles", ORDERS, "date", lambda sort: _list_by(desk, sort))


def _pick(
    desk: Desk,
    title: str,
    orders: Mapping[Chosen, str],
    now: Chosen,
    then: Callable[[Chosen], None],
) -> None:
    def picked(order: Chosen | None) -> None:
        if order is not None and order != now:
            then(order)

    rows = [line(words.capitalize()) for words in orders.values()]
    desk.open(PickScreen(title, rows, list(orders), list(orders).index(now)), picked)


def _list_by(desk: Desk, sort: Sort) -> None:
    """The list in another order than its own is a search for what it lists."""
    desk.finding.sort = sort
    desk.finding.open(desk.listing.query or EVERYTHING, is_whole=True)
    desk.screen.set_focus(desk.widgets.results)
