"""What stands over each pane, and in those that are empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.control.emptiness import why_no_articles, why_no_text
from reader.tui.views import UNREAD

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

_WORDS_FROM = 40
"""Cells of a title from which a percentage is explained."""


def show_titles(desk: Desk) -> None:
    """Bring titles and empty texts up to date."""
    widgets, panes = desk.widgets, desk.panes
    titles = widgets.titles
    feeds = "Feeds ⟩ unread" if widgets.feeds.only_unread else "Feeds"
    titles["feeds"].label, titles["feeds"].note = feeds, _failed(desk)
    titles["tags"].label = "Tags"
    titles["tags"].note = f"{len(widgets.tags.rows):,}" if widgets.tags.rows else ""
    titles["articles"].label, titles["articles"].note = _list_label(desk), _list_note(desk)
    titles["search"].label, titles["search"].note = _search_label(desk), desk.finding.note
    titles["text"].label, titles["text"].note = _text_label(desk), _text_note(desk)
    for pane, title in titles.items():
        title.set_class(pane == panes.current, "-active")
    if not widgets.articles.total:
        widgets.articles.empty_text = why_no_articles(desk)
    if not widgets.text.article_id:
        widgets.text.empty_text = why_no_text(desk)


def _failed(desk: Desk) -> str:
    count = sum(bool(status.state.error) for status in desk.widgets.feeds.statuses)
    return f"{count} failed" if count else ""


def _list_label(desk: Desk) -> str:
    view = desk.listing.view
    name = f"# {view.name}" if view.kind == "tag" else view.name
    return f"{name}  ⟩ {desk.listing.filter}" if desk.listing.filter else name


def _search_label(desk: Desk) -> str:
    return _list_label(desk) if desk.finding.is_list else "Search · all articles"


def _list_note(desk: Desk) -> str:
    selected = desk.marking.selected_count() if desk.panes.middle == "articles" else 0
    rows = desk.widgets.articles.total
    total = max(rows, desk.listing.article_count)
    if selected:
        return f"{selected:,} of {total:,} selected"
    read = desk.listing.read_count if desk.listing.view == UNREAD else 0
    counted = total - read  # as the feeds pane counts them
    inside = f" in {rows:,} row{'s' * (rows != 1)}" if rows < counted else ""
    return f"{counted:,}{inside}" + f" · {read:,} read" * bool(read) if total else ""


def _text_label(desk: Desk) -> str:
    """The list that the text is of; its outlet where that list is seen beside it."""
    if desk.active_list.size.height and desk.reading.summary is not None:
        return desk.reading.summary.outlet
    if desk.panes.middle == "search" and not desk.finding.is_list:
        return f"Search  ⟩ {desk.finding.text}" if desk.finding.text else "Search"
    return _list_label(desk)


def _text_note(desk: Desk) -> str:
    articles = desk.active_list
    if not articles.total or not desk.widgets.text.article_id:
        return ""
    place = f"{articles.cursor + 1:,} of {articles.total:,}"
    percent = int(desk.widgets.text.progress * 100)
    words = " read" if desk.widgets.titles["text"].size.width >= _WORDS_FROM else ""
    return " · ".join(filter(None, (desk.in_text.place, place, f"{percent} %{words}")))
