"""What each action of the registry does, by its id; those that move are in `moving`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from archive.models import Summary
from reader.tui.actions import Action
from reader.tui.control.claims import show_claims, show_timeline
from reader.tui.control.copying import copy_address, copy_article
from reader.tui.control.extracting import extract_again
from reader.tui.control.jumping import jump
from reader.tui.control.moving import MOVES
from reader.tui.control.novelty import next_new, show_new
from reader.tui.control.offers import may_run
from reader.tui.control.ordering import choose_order, enter_list
from reader.tui.control.outline import show_outline
from reader.tui.control.revisions import show_revisions
from reader.tui.control.statistics import show_statistics
from reader.tui.control.telling import show_story
from reader.tui.control.unread import only_unread, random_unread, read_everything
from reader.tui.control.whole_page import show_page
from reader.tui.passage_actions import CHOOSING
from reader.tui.screens.prompts import Confirm, LinePrompt
from reader.tui.views import View

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

Command = Callable[["Desk"], None]


def _open(desk: Desk) -> None:
    match desk.panes.current:
        case "feeds":
            view = desk.widgets.feeds.view
            if view is not None and view.key != desk.listing.view.key:
                desk.listing.show(view)
            enter_list(desk)
        case "tags":
            desk.tagging.list_articles()
        case "articles" | "search":
            row = desk.active_list.current
            if row is not None:
                desk.reading.open(row)
        case "text":
            pass


def _close(desk: Desk) -> None:
    match desk.panes.current:
        case "feeds":
            _ask_to_quit(desk)
        case "tags":
            desk.tagging.close()
        case "search":
            desk.finding.close()
        case "articles" | "text":
            desk.panes.back()


def _zen(desk: Desk) -> None:
    row = desk.current
    if desk.panes.current != "text" and row is not None:
        desk.reading.open(row)
    desk.panes.toggle_zen()


def _leave(desk: Desk) -> None:
    if desk.panes.current == "text" and desk.in_text.leave():
        return
    if desk.panes.current != "text" and desk.active_list.selected:
        desk.marking.let_go()
    elif desk.panes.current != "feeds":
        _close(desk)


def _ask_to_quit(desk: Desk) -> None:
    def answered(yes: bool | None) -> None:
        if yes:
            desk.quit()

    question, kept = "Quit newsreader?", "Everything done is kept"
    if not desk.library.is_kept:
        question, kept = "Leave the demo?", "Nothing of it is kept"
    detail = f"{kept}; {desk.keymap.with_keys('{quit} quits without asking.')}"
    desk.open(Confirm(question, detail), answered)


def _step(step: int, desk: Desk) -> None:
    if desk.panes.current == "text" and desk.in_text.active:
        desk.in_text.step(step)
        return
    if desk.panes.current != "feeds":
        desk.reading.step(step)
        return
    index = desk.widgets.feeds.next_unread(step)
    if index is None:
        desk.say(f"No feed with unread articles {'below' if step > 0 else 'above'}.")
    else:
        desk.widgets.feeds.move_to(index)


def _browse(desk: Desk) -> None:
    if desk.current is not None:
        desk.reading.browse(desk.current.url)


def _filter(desk: Desk) -> None:
    def answered(text: str | None) -> None:
        if text is not None:
            desk.listing.set_filter(text)
            desk.panes.go("articles")

    name = desk.listing.view.name
    prompt = LinePrompt(
        f"Filter {name}",
        hint='Words, "a phrase", -not, OR, tag: is:unread …  Enter filters, Escape leaves.',
        value=desk.listing.filter,
    )
    desk.open(prompt, answered)


def _unfilter(desk: Desk) -> None:
    desk.listing.set_filter("")


def _refresh(desk: Desk) -> None:
    view: View | None = desk.listing.view
    match desk.panes.current:
        case "feeds":
            view = desk.widgets.feeds.view
        case "text" if desk.reading.summary is not None:
            _refresh_feed_of(desk, desk.reading.summary)
            return
    if view is not None and view.kind == "folder":
        _refresh_folder(desk, view)
    else:
        desk.refreshing.start(view.feed_urls if view else ())


def _refresh_feed_of(desk: Desk, article: Summary) -> None:
    known = {status.feed.feed_url for status in desk.widgets.feeds.statuses}
    if article.feed_url in known:
        desk.refreshing.start((article.feed_url,))
    else:
        desk.say("This article is of no feed that is subscribed to.")


def _refresh_folder(desk: Desk, folder: View) -> None:
    """Refresh a folder's feeds but those that are gone: they are asked when chosen themselves."""
    gone = {each.feed.feed_url for each in desk.widgets.feeds.statuses if each.state.gone_at}
    urls = tuple(url for url in folder.feed_urls if url not in gone)
    if urls:
        desk.refreshing.start(urls)
    else:
        desk.say("All feeds of this folder are gone (410). Choose one itself to ask it again.")


def _edit(desk: Desk) -> None:
    if desk.panes.current == "tags":
        desk.tagging.rename()
    else:
        desk.subscriptions.rename()


def _remove(desk: Desk) -> None:
    view = desk.widgets.feeds.view
    if desk.panes.current == "tags":
        desk.tagging.remove()
    elif view is not None and view.kind == "search":
        desk.saved.remove()
    else:
        desk.subscriptions.remove()


def _help(desk: Desk) -> None:
    first = CHOOSING if desk.passages.choosing else ()
    from reader.tui.screens.help import HelpScreen

    desk.open(HelpScreen(desk.panes.current, desk.keymap.actions, first))


def _suspend(desk: Desk) -> None:
    app = desk.screen.app
    if app.is_headless or app.is_web:
        desk.say("There is no shell to go to from here.")
    elif desk.background.pending("write", "refresh"):
        # A stopped process would keep the archive's lock from all others.
        desk.say("The archive is being written. Go to the shell when that is done.")
    else:
        app.action_suspend_process()


def _redraw(desk: Desk) -> None:
    desk.screen.refresh()


def _palette(desk: Desk) -> None:
    def chosen(action: Action | None) -> None:
        if action is not None:
            run(desk, action)

    offered = [action for action in desk.keymap.actions if action.id != "palette"]
    pane = desk.panes.current
    idle = {a.id for a in offered if pane not in a.panes or not may_run(desk, a)}
    none = desk.keymap.with_keys(
        "No action has these words. Try fewer; {help} alone finds all keys."
    )
    from reader.tui.screens.palette import PaletteScreen

    desk.open(PaletteScreen(offered, frozenset(idle), none), chosen)


COMMANDS: Mapping[str, Command] = {
    "open": _open,
    "back": lambda desk: desk.panes.back(),
    "close": _close,
    "leave": _leave,
    "next_pane": lambda desk: desk.panes.cycle(1),
    "previous_pane": lambda desk: desk.panes.cycle(-1),
    "jump": jump,
    "read_on": lambda desk: desk.reading.read_on(),
    "next": partial(_step, 1),
    "previous": partial(_step, -1),
    "random_unread": random_unread,
    "outline": show_outline,
    "story": show_story,
    "claims": show_claims,
    "timeline": show_timeline,
    "news": show_new,
    "read_story": lambda desk: desk.folding.read_story(),
    "fold_story": lambda desk: desk.folding.toggle(),
    "fold_stories": lambda desk: desk.folding.fold_all(),
    "unfold_stories": lambda desk: desk.folding.open_all(),
    "stories": lambda desk: desk.folding.switch(),
    "next_new": next_new,
    "extract": extract_again,
    "follow": lambda desk: desk.links.follow(),
    "go_back": lambda desk: desk.links.back(),
    "links": lambda desk: desk.links.list_all(),
    "browse": _browse,
    "revisions": show_revisions,
    "page": show_page,
    "pictures": lambda desk: desk.pictures.open(),
    "copy": copy_address,
    "copy_article": copy_article,
    "save": lambda desk: desk.saving.ask(),
    "find": lambda desk: desk.in_text.ask(),
    "highlight": lambda desk: desk.passages.choose("sentence"),
    "highlight_paragraph": lambda desk: desk.passages.choose("paragraph"),
    "highlights": lambda desk: desk.passages.list_all(),
    "toggle_read": lambda desk: desk.marking.toggle("read"),
    "read_all": lambda desk: desk.marking.read_list(),
    "read_everything": read_everything,
    "star": lambda desk: desk.marking.toggle("starred"),
    "hide": lambda desk: desk.marking.hide(),
    "pipe": lambda desk: desk.piping.ask(),
    "zen": _zen,
    "set_place": lambda desk: desk.places.ask("set"),
    "go_to_place": lambda desk: desk.places.ask("go"),
    "note": lambda desk: desk.noting.edit(),
    "note_in_editor": lambda desk: desk.noting.edit_outside(),
    "tag": lambda desk: desk.tagging.add(),
    "tag_section": lambda desk: desk.tagging.tag_section(),
    "untag": lambda desk: desk.tagging.take_off(),
    "select": lambda desk: desk.marking.select(),
    "select_all": lambda desk: desk.marking.select_all(),
    "undo": lambda desk: desk.marking.undo(),
    "search": lambda desk: desk.finding.open(),
    "only_unread": only_unread,
    "sort_by": choose_order,
    "save_search": lambda desk: desk.saved.save(),
    "rules": lambda desk: desk.rules.open(),
    "sort": lambda desk: desk.finding.toggle_sort(),
    "filter": _filter,
    "unfilter": _unfilter,
    "tags": lambda desk: desk.tagging.toggle_pane(),
    "colour": lambda desk: desk.tagging.colour(),
    "add_feed": lambda desk: desk.subscriptions.add(),
    "import_file": lambda desk: desk.starting.import_file(),
    "pick": lambda desk: desk.starting.pick(),
    "demo": lambda desk: desk.starting.demo(),
    "refresh": _refresh,
    "refresh_all": lambda desk: desk.refreshing.start(),
    "fold": lambda desk: desk.widgets.feeds.fold(),
    "edit": _edit,
    "feed_settings": lambda desk: desk.subscriptions.settings(),
    "move_feed": lambda desk: desk.subscriptions.move(),
    "remove": _remove,
    "health": lambda desk: desk.health.open(),
    "statistics": show_statistics,
    "notices": lambda desk: desk.notices.open_book(),
    "palette": _palette,
    "command_line": lambda desk: desk.command_line.open(),
    "help": _help,
    "redraw": _redraw,
    "suspend": _suspend,
    "quit": lambda desk: desk.quit(),
}


def run(desk: Desk, action: Action, count: int | None = None) -> None:
    """Do what an action of the registry does, however it was asked for.

    `count` is for moving: so often, or to the line of that number.
    """
    desk.hinting.used(action.id)
    if action.id in MOVES:
        MOVES[action.id](desk, count)
    else:
        COMMANDS[action.id](desk)
    # Now, to be painted with what it moved: the message of that comes a frame later.
    desk.title_changed()
