"""What can act now: the footer offers it, and a key for what cannot act does nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reader.tui.actions import Action
from reader.tui.control.moving import MOVES
from reader.tui.keys import presses_of
from reader.tui.passage_actions import CHOOSING
from reader.tui.widgets.footer import Hint

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

Rule = Callable[["Desk"], bool]


def _has_article(desk: Desk) -> bool:
    return desk.current is not None


def _has_rows(desk: Desk) -> bool:
    return bool(desk.active_list.total)


def _has_unread(desk: Desk) -> bool:
    return desk.widgets.feeds.counts.unread_count > 0


def _has_feeds(desk: Desk) -> bool:
    return bool(desk.widgets.feeds.statuses)


def is_new(desk: Desk) -> bool:
    """Whether nothing was ever subscribed to or archived here."""
    known = desk.subscriptions.loaded and not _has_feeds(desk)
    return known and not desk.widgets.feeds.counts.article_count


def _on_feed_or_tag(desk: Desk) -> bool:
    if desk.panes.current == "tags":
        return desk.widgets.tags.tag is not None
    return desk.widgets.feeds.status is not None


def _can_remove(desk: Desk) -> bool:
    view = desk.widgets.feeds.view
    on_search = desk.panes.current == "feeds" and view is not None and view.kind == "search"
    return on_search or _on_feed_or_tag(desk)


def _on_folder(desk: Desk) -> bool:
    view = desk.widgets.feeds.view
    return view is not None and view.kind == "folder"


def _can_open(desk: Desk) -> bool:
    if desk.panes.current == "tags":
        return desk.widgets.tags.tag is not None
    if desk.panes.current == "feeds":
        return desk.widgets.feeds.counts.article_count > 0 or _has_feeds(desk)
    return _has_article(desk)


def _can_copy(desk: Desk) -> bool:
    if desk.panes.current == "feeds":
        return desk.widgets.feeds.status is not None
    return _has_article(desk)


def _can_step(desk: Desk) -> bool:
    return _has_unread(desk) or desk.panes.middle == "search" or desk.in_text.active


def _is_highlighted(desk: Desk) -> bool:
    return bool(desk.reading.highlights)


def _can_undo(desk: Desk) -> bool:
    return desk.marking.undoable


def _is_filtered(desk: Desk) -> bool:
    return bool(desk.listing.filter)


def _can_filter(desk: Desk) -> bool:
    return _has_rows(desk) or _is_filtered(desk)


def _can_read_all(desk: Desk) -> bool:
    return _has_rows(desk) and _has_unread(desk)


def _on_tag(desk: Desk) -> bool:
    return desk.widgets.tags.tag is not None


def _on_feed(desk: Desk) -> bool:
    return desk.widgets.feeds.status is not None


SEARCH_LINE: tuple[Hint, ...] = (
    ("Enter", "Open"),
    ("Down", "Next"),
    ("Tab", "To the results"),
    ("Escape", "Close"),
)
"""What keys do while a search is typed; all others are letters of it."""

FOLLOWING: tuple[Hint, ...] = (("a-z", "Letters of a link"), ("Escape", "Leave"))
"""What keys do while letters stand on the links."""

PLACING: tuple[Hint, ...] = (("a-z A-Z", "Letter of a place"), ("Escape", "Leave"))
"""What keys do while the letter of a place is waited for."""

RULES: Mapping[str, Rule] = {
    "open": _can_open,
    "read_on": _has_article,
    "follow": _has_article,
    "links": _has_article,
    "open_link": _has_article,
    "next_article": _has_article,
    "previous_article": _has_article,
    "next_section": _has_article,
    "previous_section": _has_article,
    "outline": _has_article,
    "pipe": _has_article,
    "zen": _has_article,
    "set_place": _has_article,
    "note": _has_article,
    "story": _has_article,
    "claims": _has_article,
    "timeline": _has_article,
    "news": _has_article,
    "read_story": _has_article,
    "fold_story": lambda desk: desk.folding.can_toggle,
    "fold_stories": _has_rows,
    "unfold_stories": _has_rows,
    "next_new": _has_article,
    "extract": _has_article,
    "revisions": _has_article,
    "browse": _has_article,
    "page": _has_article,
    "pictures": _has_article,
    "copy": _can_copy,
    "copy_article": _has_article,
    "save": _has_article,
    "go_back": _has_article,
    "note_in_editor": _has_article,
    "find": _has_article,
    "highlight": _has_article,
    "highlight_paragraph": _has_article,
    "highlights": _has_article,
    "next_highlight": _is_highlighted,
    "previous_highlight": _is_highlighted,
    "toggle_read": _has_article,
    "star": _has_article,
    "hide": _has_article,
    "tag": _has_article,
    "tag_section": _has_article,
    "untag": _has_article,
    "select": _has_article,
    "select_all": _has_rows,
    "read_all": _can_read_all,
    "random_unread": _has_unread,
    "only_unread": _has_feeds,
    "sort_by": _has_feeds,
    "next": _can_step,
    "previous": _can_step,
    "sort": _has_rows,
    "undo": _can_undo,
    "filter": _can_filter,
    "unfilter": _is_filtered,
    "demo": is_new,
    "refresh": _has_feeds,
    "refresh_all": _has_feeds,
    "health": _has_feeds,
    "fold": _on_folder,
    "edit": _on_feed_or_tag,
    "colour": _on_tag,
    "feed_settings": _on_feed,
    "move_feed": _on_feed,
    "remove": _can_remove,
}
"""When an action can act; one that is not here always can."""
FIRST = ("add_feed", "import_file", "pick", "demo")
"""What the footer offers to those who have no feeds."""
LATENT = frozenset({"undo", "next", "previous", "random_unread", "untag", "demo", "fold_story"})
"""Actions that are tried even when they look idle: they say themselves why nothing happens."""
QUIET_WHILE_REFRESHING = frozenset({"refresh", "refresh_all"})


def can_act(desk: Desk, action: Action) -> bool:
    """Whether an action would do something now."""
    rule = RULES.get(action.id)
    return rule is None or rule(desk)


def may_run(desk: Desk, action: Action) -> bool:
    """Whether a key's action is run."""
    return action.id in LATENT or can_act(desk, action)


def hints(desk: Desk, pending: tuple[str, ...] = (), digits: str = "") -> tuple[Hint, ...]:
    """What the footer offers in the pane in use; after a first key or a count, what may follow."""
    pane = desk.panes.current
    if desk.widgets.search_line.has_focus:
        return SEARCH_LINE
    if desk.links.following:
        return FOLLOWING
    if desk.passages.choosing:
        count = ((desk.passages.digits, "times"),) if desk.passages.digits else ()
        return (*count, *((each.key, each.label) for each in CHOOSING))
    if desk.places.wanted:
        return PLACING
    if pending or digits:
        count = ((digits, "times"),) if digits else ()
        return count + tuple(
            ("".join(presses), action.label)
            for presses, action in desk.keymap.bindings[pane].items()
            if presses[: len(pending)] == pending
            and (pending or (action.id in MOVES and presses == presses_of(action.keys_in(pane)[0])))
        )
    offered = [action for action in desk.keymap.footer_actions(pane) if can_act(desk, action)]
    if desk.refreshing.running:
        offered = [action for action in offered if action.id not in QUIET_WHILE_REFRESHING]
    if desk.subscriptions.loaded and not desk.widgets.feeds.statuses:
        offered.sort(key=lambda action: action.id not in FIRST)
    elif desk.panes.current == "feeds":
        offered = [action for action in offered if action.id not in FIRST[1:]]
    return tuple((action.keys_in(pane)[0], _label(desk, action)) for action in offered)


def _label(desk: Desk, action: Action) -> str:
    if action.id == "next" and desk.panes.current == "text" and desk.in_text.active:
        return "Next hit"
    if action.id == "next" and desk.panes.middle == "search":
        return "Next hit" if desk.panes.current == "text" else "Next"
    if action.id == "fold" and desk.widgets.feeds.is_folded:
        return "Unfold"
    if action.id == "fold_story" and not desk.folding.is_open:
        return "Open story"
    return action.label
