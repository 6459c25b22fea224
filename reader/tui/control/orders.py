"""Which order each list was put in: it has it again when it is gone to, also after a restart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from archive.index_order import Sort
from reader.tui.control.finding import ORDERS
from reader.tui.orders_file import Orders, OrdersFile
from reader.tui.views import View
from reader.tui.widgets.feed_tree import FeedOrder

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

Known = TypeVar("Known", bound=str)

OF_FEEDS: Mapping[FeedOrder, str] = {
    "name": "by name",
    "unread": "most unread first",
    "news": "latest news first",
}
"""The orders of feeds, in words."""


class KeptOrders:
    """The orders of this session, and with a file those of earlier ones."""

    def __init__(self, desk: Desk, file: OrdersFile | None) -> None:
        self._desk = desk
        self._file = file
        self._orders = file.load() if file else Orders()

    @property
    def feeds(self) -> FeedOrder:
        """The order of the feeds."""
        return _known(self._orders.feeds, OF_FEEDS, "name")

    @property
    def search(self) -> Sort:
        """The order of what is searched for."""
        return _known(self._orders.search, ORDERS, "date")

    def of(self, view: View) -> Sort:
        """The order of a list."""
        return _known(self._orders.views.get(view.key, ""), ORDERS, "date")

    def keep_feeds(self, order: FeedOrder) -> None:
        """The feeds are in this order from now on."""
        self._keep(lambda orders: replace(orders, feeds=order))

    def keep_search(self, sort: Sort) -> None:
        """What is searched for is in this order from now on."""
        self._keep(lambda orders: replace(orders, search=sort))

    def keep(self, view: View, sort: Sort) -> None:
        """A list is in this order from now on; newest first is that of every list."""

        def kept(orders: Orders) -> Orders:
            views = {key: order for key, order in orders.views.items() if key != view.key}
            return replace(orders, views=views if sort == "date" else {**views, view.key: sort})

        self._keep(kept)

    def _keep(self, change: Callable[[Orders], Orders]) -> None:
        self._orders = change(self._orders)
        if self._file is not None:
            self._desk.background.ask("write", partial(self._file.save, self._orders))


def _known(order: str, orders: Collection[Known], otherwise: Known) -> Known:
    return next((each for each in orders if each == order), otherwise)
