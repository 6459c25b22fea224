"""What stands over each pane, and what an empty list says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.views import STARRED, UNREAD

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

_BEGINNINGS = (
    "a  subscribe to a site or a feed",
    "I  take in another reader's feeds",
    "P  pick from well-known feeds",
    "T  try the demo, without a network",
)
NO_FEEDS = "\n".join(
    (
        "No feeds yet. Four ways to begin:",
        "",
        *(line.ljust(max(map(len, _BEGINNINGS))) for line in _BEGINNINGS),
        "",
        "? shows all keys.",
    )
)


def show_titles(desk: Desk) -> None:
    """Bring titles and empty texts up to date."""
    widgets, panes = desk.widgets, desk.panes
    titles = widgets.titles
    titles["feeds"].label, titles["feeds"].note = "Feeds", _failed(desk)
    titles["tags"].label = "Tags"
    titles["tags"].note = f"{len(widgets.tags.rows):,}" if widgets.tags.rows else ""
    titles["articles"].label, titles["articles"].note = _list_label(desk), _list_note(desk)
    titles["search"].label, titles["search"].note = "Search", desk.finding.note
    titles["text"].label, titles["text"].note = _text_label(desk), _text_note(desk)
    for pane, title in titles.items():
        title.set_class(pane == panes.current, "-active")
    widgets.articles.empty_text = _why_empty(desk)


def _failed(desk: Desk) -> str:
    count = sum(bool(status.state.error) for status in desk.widgets.feeds.statuses)
    return f"{count} failed" if count else ""


def _list_label(desk: Desk) -> str:
    view = desk.listing.view
    name = f"# {view.name}" if view.kind == "tag" else view.name
    return f"{name}  ⟩ {desk.listing.filter}" if desk.listing.filter else name


def _list_note(desk: Desk) -> str:
    selected = desk.marking.selected_count() if desk.panes.middle == "articles" else 0
    total = desk.widgets.articles.total
    if selected:
        return f"{selected:,} of {total:,} selected"
    return f"{total:,}" if total else ""


def _text_label(desk: Desk) -> str:
    """The list that the text is of; its outlet where that list is seen beside it."""
    if desk.active_list.size.height and desk.reading.summary is not None:
        return desk.reading.summary.outlet
    if desk.panes.middle == "search":
        return f"Search  ⟩ {desk.finding.text}" if desk.finding.text else "Search"
    return _list_label(desk)


def _text_note(desk: Desk) -> str:
    articles = desk.active_list
    if not articles.total or not desk.widgets.text.article_id:
        return ""
    place = f"{articles.cursor + 1:,} of {articles.total:,}"
    percent = int(desk.widgets.text.progress * 100)
    return f"{place} · {percent} %"


def _why_empty(desk: Desk) -> str:
    listing = desk.listing
    if not desk.subscriptions.loaded:
        return ""
    if not desk.widgets.feeds.statuses and not desk.widgets.feeds.counts.article_count:
        return NO_FEEDS
    if listing.filter:
        return f"Nothing here matches\n{listing.filter[:60]}\n\nF clears the filter."
    if not desk.widgets.feeds.counts.article_count:
        return "No articles yet.\n\nR refreshes all feeds."
    if listing.view == UNREAD:
        return "Everything is read.\n\nR refreshes all feeds."
    if listing.view == STARRED:
        return "Nothing is starred.\n\nm stars an article."
    if listing.view.kind in {"feed", "folder"}:
        return "No articles yet.\n\nr refreshes this feed."
    return "No articles.\n\nR refreshes all feeds."
