"""Jump mode: to a pane by its number, to a row in sight by the letters that come up on it.

The last line says which number is which pane: in a small terminal not all panes are in sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.geometry import Offset

from reader.tui.actions import Pane
from reader.tui.control.links import letters_for

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk
    from reader.tui.widgets.article_list import ArticleList
    from reader.tui.widgets.side_list import SideList

Go = Callable[[], None]
Target = tuple[Offset | None, Go]
"""Where a name stands, if what it leads to is in sight; and the way there."""


def jump(desk: Desk) -> None:
    """Put a number on each pane and letters on each row in sight; what is typed is gone to."""
    order: tuple[Pane, ...] = (desk.panes.left, desk.panes.middle, "text")
    rows = list(_rows(desk))
    targets: dict[str, Target] = {
        str(number): (_at(desk, pane), partial(desk.panes.go, pane))
        for number, pane in enumerate(order, start=1)
    }
    targets |= zip(letters_for(len(rows)), rows, strict=True)

    def typed(name: str | None) -> None:
        if name is not None:
            _, go = targets[name]
            go()
            desk.title_changed()

    hints = [(str(number), pane.capitalize()) for number, pane in enumerate(order, start=1)]
    hints += [("a-z", "A row")] if rows else []
    places = {name: at for name, (at, _) in targets.items()}
    from reader.tui.screens.jump import JumpScreen

    desk.open(JumpScreen(places, (*hints, ("Escape", "Leave"))), typed)


def _at(desk: Desk, pane: Pane) -> Offset | None:
    """Where a pane's number stands; nowhere for one that is not in sight."""
    title = desk.widgets.titles[pane]
    return title.region.offset if title.region.area else None


def _rows(desk: Desk) -> Iterator[Target]:
    side = desk.widgets.tags if desk.panes.left == "tags" else desk.widgets.feeds
    keys = [bool(row.key) for row in side.rows]
    for index, at in _in_sight(side, len(keys), 1):
        if keys[index]:
            yield at, partial(_go, desk, desk.panes.left, side, index)
    articles = desk.active_list
    for index, at in _in_sight(articles, articles.total, articles.row_height):
        yield at, partial(_go, desk, desk.panes.middle, articles, index)


def _in_sight(
    rows: SideList | ArticleList, total: int, row_height: int
) -> Iterator[tuple[int, Offset]]:
    """The rows whose first line is on the screen: index and where they begin."""
    region, top = rows.content_region, rows.scroll_offset.y
    first = -(-top // row_height)
    for index in range(first, min(total, first + region.height)):
        y = index * row_height - top
        if y < region.height and region.width:
            yield index, Offset(region.x, region.y + y)


def _go(desk: Desk, pane: Pane, rows: SideList | ArticleList, index: int) -> None:
    desk.panes.go(pane)
    rows.move_to(index)
