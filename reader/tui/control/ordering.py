"""The order of feeds, of the list and of results, picked from a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from archive.index_order import Sort
from reader.tui.control.finding import ORDERS
from reader.tui.control.orders import OF_FEEDS
from reader.tui.screens.pick import PickScreen, line

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk
    from reader.tui.widgets.feed_tree import FeedOrder

Chosen = TypeVar("Chosen", bound=str)

EVERYTHING = "is:unread OR is:read"
"""A query that all articles match, for a list that has none."""


def choose_order(desk: Desk) -> None:
    """List the orders; the one in use is where the list begins."""
    if desk.panes.current == "feeds":
        feeds = desk.widgets.feeds
        _pick(desk, "The order of the feeds", OF_FEEDS, feeds.order, partial(_order_feeds, desk))
    elif desk.panes.current == "search":
        _pick(desk, "The order of the results", ORDERS, desk.finding.sort, desk.finding.order)
    else:
        _pick(desk, "The order of the articles", ORDERS, "date", partial(_order_list, desk))


def enter_list(desk: Desk) -> None:
    """Go to the list of the view, in the order that it was put in before."""
    finding, sort = desk.finding, desk.orders.of(desk.listing.view)
    if sort == "date":
        desk.panes.go("articles")
    elif desk.panes.middle == "search" and finding.text == _all_of(desk):
        desk.panes.go("search")
    else:
        _list_by(desk, sort)


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


def _order_feeds(desk: Desk, order: FeedOrder) -> None:
    desk.widgets.feeds.show_ordered(order)
    desk.orders.keep_feeds(order)


def _order_list(desk: Desk, sort: Sort) -> None:
    desk.orders.keep(desk.listing.view, sort)
    _list_by(desk, sort)


def _list_by(desk: Desk, sort: Sort) -> None:
    """The list in another order than its own is a search for what it lists."""
    desk.finding.sort = sort
    desk.finding.open(_all_of(desk), is_whole=True)
    desk.screen.set_focus(desk.widgets.results)


def _all_of(desk: Desk) -> str:
    """A query that finds what the list has."""
    return desk.listing.query or EVERYTHING
