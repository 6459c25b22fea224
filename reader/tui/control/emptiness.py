"""Why a pane is empty, and which key helps.

Foreign text (an error, a tag, a filter) is put in after the keys, as one clean line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.characters import clean_line
from archive.models import FeedStatus
from reader.tui.cells import cut
from reader.tui.views import STARRED, UNREAD, View
from reader.tui.ways import FOUR_WAYS

if TYPE_CHECKING:
    from archive.missing import Miss
    from reader.tui.control.desk import Desk

_LONGEST_NAME, _LONGEST_ERROR = 40, 300

NONE_YET = "No articles yet."
NOTHING_TYPED = """Type to search all articles.

word word      all words
"a phrase"     words side by side
one OR other   either
-word          without it
begin*         words that begin so

title: author: outlet: feed: tag: lang: is:unread is:starred after:monday age:<2d words:>800"""


def why_no_articles(desk: Desk) -> str:
    """What the list of articles says; nothing as long as its rows are on their way."""
    counts = desk.widgets.feeds.counts
    view, words = desk.listing.view, desk.listing.filter
    if not desk.subscriptions.loaded:
        return ""
    if not desk.widgets.feeds.statuses and not counts.article_count:
        return desk.keymap.with_keys(FOUR_WAYS)
    if words:
        keys = desk.keymap.with_keys("{filter} changes the filter, {unfilter} clears it.")
        return _said(f"Nothing in {_name(view.name)} matches", _name(words), keys)
    if view.kind == "tag":
        keys = desk.keymap.with_keys("{tag} tags an article, {tags} shows all tags.")
        return _said(f"No article has the tag {_name(view.name)}.", keys)
    if view == STARRED:
        return _said("Nothing is starred.", desk.keymap.with_keys("{star} stars an article."))
    if view == UNREAD and counts.article_count:
        return "" if counts.unread_count else _said("Everything is read.", _ask_all(desk))
    return _no_articles_yet(desk, view)


def _no_articles_yet(desk: Desk, view: View) -> str:
    """What a list says whose feeds brought nothing so far."""
    statuses = desk.widgets.feeds.statuses
    if view.feed_urls:
        statuses = tuple(each for each in statuses if each.feed.feed_url in view.feed_urls)
    if any(status.article_count for status in statuses):
        return ""
    if not statuses:
        return _said("No articles, and no feed that brings any.", _ask_all(desk))
    if desk.refreshing.running:
        return _said(NONE_YET, "The feeds are being read: what is new comes in here.")
    failed = [status for status in statuses if status.state.error]
    if failed:
        return _failure(desk, failed, statuses)
    whose = "This feed has" if len(statuses) == 1 else "The feeds have"
    if any(status.state.refreshed_at for status in statuses):
        return _said(NONE_YET, f"{whose} brought none so far.", _ask(desk, view))
    return _said(NONE_YET, f"{whose} not been refreshed so far.", _ask(desk, view))


def _failure(desk: Desk, failed: Sequence[FeedStatus], statuses: Sequence[FeedStatus]) -> str:
    """The error of the feed, or that of the first and how many there are."""
    error = cut(clean_line(failed[0].state.error[: 4 * _LONGEST_ERROR]), _LONGEST_ERROR)
    error = f"{error.rstrip('.')}."
    again = desk.keymap.with_keys("{refresh} tries again.")
    if len(statuses) == 1:
        return _said(NONE_YET, f"This feed could not be read: {error}", again)
    count = f"{len(failed):,} of {len(statuses):,} feeds could not be read."
    name = _name(failed[0].feed.name)
    return _said(NONE_YET, count, f"{name}: {error}", again)


def _ask(desk: Desk, view: View) -> str:
    match view.kind:
        case "feed":
            return desk.keymap.with_keys("{refresh} refreshes this feed.")
        case "folder":
            return desk.keymap.with_keys("{refresh} refreshes its feeds.")
        case _:
            return _ask_all(desk)


def _ask_all(desk: Desk) -> str:
    if desk.widgets.feeds.statuses:
        return desk.keymap.with_keys("{refresh_all} refreshes all feeds.")
    return desk.keymap.with_keys("{add_feed} subscribes to a feed.")


def why_no_results(desk: Desk, text: str, miss: Miss | None = None) -> str:
    """What the results of a search say; `miss` once it is known why there are none."""
    close = desk.keymap.with_keys("{leave} closes the search.")
    if desk.subscriptions.loaded and not desk.widgets.feeds.counts.article_count:
        return _said("No articles to search yet.", close)
    if not text.strip():
        return NOTHING_TYPED
    remedy = "Try another word, or only the beginning of this one."
    if len(text.split()) > 1:
        remedy = "All words must match: try fewer, or OR between them."
    if miss and miss.reasons:
        remedy = " ".join(clean_line(each) for each in miss.reasons)
    again = f"Enter searches for {_name(miss.instead)}." if miss and miss.instead else ""
    return _said("Nothing found.", remedy, again, close)


def why_no_text(desk: Desk) -> str:
    """What the text pane says; nothing as long as a text is on its way."""
    if not desk.subscriptions.loaded or desk.reading.summary is not None:
        return ""
    is_here = desk.panes.current == "text"
    if not desk.active_list.total:
        what = "list of articles" if desk.panes.middle == "articles" else "list of results"
        to_list = desk.keymap.with_keys("{back} goes to the list.") if is_here else ""
        return _said(f"No text: the {what} is empty.", to_list)
    keys = desk.keymap.with_keys("{back} goes to the list; {open} there opens one.")
    return _said("No article is open.", keys) if is_here else ""


def _said(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs))


def _name(text: str) -> str:
    return cut(clean_line(text[: 4 * _LONGEST_NAME]), _LONGEST_NAME)
