"""Moving in the pane in use: what its keys do, with the count that was typed before them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk
    from reader.tui.widgets.article_list import ArticleList
    from reader.tui.widgets.side_list import SideList

Move = Callable[["Desk", int | None], None]
_BEYOND = 1_000_000
"""A row below the end of every list of feeds and tags."""


def _rows(desk: Desk) -> ArticleList | SideList:
    """The list of the pane in use, where that is not the text."""
    match desk.panes.current:
        case "feeds":
            return desk.widgets.feeds
        case "tags":
            return desk.widgets.tags
        case _:
            return desk.active_list


def _lines(step: int, desk: Desk, count: int | None) -> None:
    by = step * (count or 1)
    if desk.panes.current == "text":
        desk.widgets.text.scroll_lines(by)
    else:
        _rows(desk).move_by(by)


def _pages(step: float, desk: Desk, count: int | None) -> None:
    by = step * (count or 1)
    if desk.panes.current == "text":
        desk.widgets.text.page_down(by)
    else:
        _rows(desk).page(by)


def _top(desk: Desk, count: int | None) -> None:
    _row((count or 1) - 1, desk)


def _bottom(desk: Desk, count: int | None) -> None:
    if count is not None:
        _row(count - 1, desk)
    elif desk.panes.current == "text":
        desk.widgets.text.to_bottom()
    elif desk.panes.current in {"articles", "search"}:
        _row(desk.active_list.total - 1, desk)
    else:
        _row(_BEYOND, desk)


def _row(index: int, desk: Desk) -> None:
    if desk.panes.current == "text":
        desk.widgets.text.go_to_line(index)
    else:
        _rows(desk).move_to(index)


def _section(step: int, desk: Desk, count: int | None) -> None:
    text = desk.widgets.text
    if not text.next_section(step):
        desk.say(f"No section {'below' if step > 0 else 'above'}.")
        return
    for _ in range(1, count or 1):
        if not text.next_section(step):
            break


def _article(step: int, desk: Desk, count: int | None) -> None:
    """Open an article further on in the list, whether it was read or not."""
    articles = desk.active_list
    before = articles.cursor
    articles.move_by(step * (count or 1))
    if articles.cursor == before:
        desk.say(f"This is the {'last' if step > 0 else 'first'} article of the list.")
    elif articles.current is not None:
        desk.reading.open(articles.current)


def _highlight(step: int, desk: Desk, count: int | None) -> None:
    for _ in range(count or 1):
        desk.passages.step(step)


def _link(desk: Desk, count: int | None) -> None:
    if count is None:
        desk.links.list_all()
    else:
        desk.links.open_number(count)


MOVES: Mapping[str, Move] = {
    "down": partial(_lines, 1),
    "up": partial(_lines, -1),
    "top": _top,
    "bottom": _bottom,
    "half_down": partial(_pages, 0.5),
    "half_up": partial(_pages, -0.5),
    "page_down": partial(_pages, 1),
    "page_up": partial(_pages, -1),
    "next_section": partial(_section, 1),
    "previous_section": partial(_section, -1),
    "next_highlight": partial(_highlight, 1),
    "previous_highlight": partial(_highlight, -1),
    "open_link": _link,
    "next_article": partial(_article, 1),
    "previous_article": partial(_article, -1),
}
"""What each action does that a count may stand before, by its id."""
