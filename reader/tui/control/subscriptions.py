"""The feeds: their counts and errors, subscribing, renaming, filing and giving up a feed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from archive.models import Feed, FeedStatus
from reader.tui.control.first_look import feeds_and_counts
from reader.tui.screens.feed_form import FeedForm
from reader.tui.screens.prompts import Confirm, LinePrompt
from reader.tui.widgets.feed_tree import Counts

if TYPE_CHECKING:
    from reader.outcomes import FeedChoice, FeedFound
    from reader.tui.control.desk import Desk

TOGETHER = 0.1
"""Seconds in which changes of the counts are taken as one."""


class Subscriptions:
    """What the feeds pane shows, and what is done there; `loaded` once feeds are known."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._timer_set = False
        self.loaded: bool = False

    def load(self) -> None:
        """Read feeds and counts."""
        library = self._desk.library
        read = partial(feeds_and_counts, library)
        self._desk.background.ask("counts", read, self._loaded, latest=True)

    def load_soon(self) -> None:
        """Read them once for many changes that come together."""
        if not self._timer_set:
            self._timer_set = True
            self._desk.screen.set_timer(TOGETHER, self._load_now)

    def add(self) -> None:
        """Ask for an address and subscribe to it; errors are told in the prompt."""
        prompt = LinePrompt(
            "Add a feed",
            hint="The address of a feed or of a site, or the path of a file.  Enter subscribes, "
            "Escape leaves.",
            submit=self._subscribe,
        )
        self._desk.open(prompt)

    def rename(self) -> None:
        """Ask for the title that the feed has here."""
        status = self._desk.widgets.feeds.status
        if status is None:
            return
        feed = status.feed
        prompt = LinePrompt(
            "Rename the feed",
            hint="Empty: the feed's own title.  Enter keeps, Escape leaves.",
            value=feed.name,
        )
        self._desk.open(prompt, partial(self._renamed, feed))

    def move(self) -> None:
        """Ask for the folder of the feed."""
        status = self._desk.widgets.feeds.status
        if status is None:
            return
        folders = {each.feed.folder for each in self._desk.widgets.feeds.statuses}
        prompt = LinePrompt(
            "Folder of the feed",
            hint="Empty: none; a/b lies in a.  Tab completes, Enter keeps, Escape leaves.",
            value=status.feed.folder,
            candidates=sorted(folders - {""}),
        )
        self._desk.open(prompt, partial(self._moved, status.feed))

    def settings(self) -> None:
        """Ask for what can be set of the feed."""
        status = self._desk.widgets.feeds.status
        if status is not None:
            self._desk.open(FeedForm(status.feed), partial(self._set, status.feed))

    def remove(self) -> None:
        """Ask, then unsubscribe; the articles stay."""
        status = self._desk.widgets.feeds.status
        if status is None:
            return
        question = f"Unsubscribe from {status.feed.name}?"
        confirm = Confirm(question, "Its articles stay in the archive.")
        self._desk.open(confirm, partial(self._confirmed, status.feed))

    def tell_error(self) -> None:
        """Show the error of the feed under the cursor below the tree, or nothing."""
        status = self._desk.widgets.feeds.status
        detail = self._desk.widgets.feed_detail
        detail.show(status.state.error if status else "")

    def _loaded(self, found: tuple[list[FeedStatus], Counts]) -> None:
        # A change that is just being written may be counted already; one that waits is not.
        waits = self._desk.unwritten.why
        self.show(self._desk.pending.recounted(*found) if waits else found)

    def _load_now(self) -> None:
        self._timer_set = False
        self.load()

    def show(self, found: tuple[list[FeedStatus], Counts]) -> None:
        """Show these feeds and counts."""
        statuses, counts = found
        self.loaded = True
        self._desk.health.reload()
        tree = self._desk.widgets.feeds
        tree.show(statuses, counts)
        self.tell_error()
        listing = self._desk.listing
        view = tree.view_of(listing.view.key)
        if view is not None and view.query != listing.view.query:
            listing.view = view
            listing.take_in_changes()
        elif view is not None:
            listing.view = view
        self._desk.title_changed()
        self._desk.hinting.circumstances_changed()

    def _subscribe(self, prompt: LinePrompt, url: str) -> None:
        if not url.strip():
            prompt.dismiss(None)
            return
        prompt.wait(f"Looking at {url.strip()} …")
        self._desk.background.ask(
            "network",
            partial(self._desk.library.subscriptions.find, url.strip()),
            partial(self._found, prompt),
            failed=partial(self._not_subscribed, prompt),
        )

    def _found(self, prompt: LinePrompt, found: FeedFound) -> None:
        """Take a feed that was found; of several the one that is picked, if somebody is there."""
        is_asked = prompt.is_current and found.others
        prompt.leave()
        if not is_asked:
            self.take(found.feed)
            return
        from reader.outcomes import FeedChoice
        from reader.tui.screens.choices import ChoicesScreen

        choices = (FeedChoice(found.feed.feed_url, found.feed.name), *found.others)
        screen = ChoicesScreen(f"{len(choices)} feeds are there: which one?", choices)
        self._desk.open(screen, partial(self._picked, found.feed))

    def _picked(self, first: Feed, choice: FeedChoice | None) -> None:
        if choice is None:
            return
        if choice.url == first.feed_url:
            self.take(first)
            return
        self._desk.say(f"Looking at {choice.url} …")
        self._desk.background.ask(
            "network",
            partial(self._desk.library.subscriptions.find_offered, choice.url),
            lambda found: self.take(found.feed),
        )

    def take(self, feed: Feed) -> None:
        """Subscribe to a feed that was found."""
        self._desk.background.ask(
            "network", partial(self._desk.library.subscriptions.add, feed), self._subscribed
        )

    def _subscribed(self, feed: Feed) -> None:
        tree = self._desk.widgets.feeds
        if any(status.feed.feed_url == feed.feed_url for status in tree.statuses):
            self._desk.panes.go("feeds")
            tree.go_to(feed)
            self._desk.say(f"Already subscribed to {feed.name}.")
            return
        self._desk.say(f"Subscribed to {feed.name}.")
        self.load()
        self._desk.refreshing.start((feed.feed_url,))

    def _not_subscribed(self, prompt: LinePrompt, error: Exception) -> None:
        if prompt.is_current:
            prompt.refuse(str(error))
        else:
            self._desk.warn(error)

    def _renamed(self, feed: Feed, title: str | None) -> None:
        if title is not None:
            shown = title.strip()
            self._edit(replace(feed, user_title="" if shown == feed.title else shown))

    def _moved(self, feed: Feed, folder: str | None) -> None:
        if folder is not None:
            parts = [part.strip() for part in folder.split("/")]
            self._edit(replace(feed, folder="/".join(part for part in parts if part)))

    def _set(self, before: Feed, feed: Feed | None) -> None:
        if feed is not None and feed != before:
            self._edit(feed)

    def _edit(self, feed: Feed) -> None:
        self._desk.background.ask(
            "write", partial(self._desk.library.edit_feed, feed), self._edited
        )

    def _edited(self, _: None) -> None:
        self._desk.marking.undoable = True
        self._desk.archive_changed()

    def _confirmed(self, feed: Feed, yes: bool | None) -> None:
        if yes:
            self._desk.background.ask(
                "write", partial(self._desk.library.unsubscribe, feed.feed_id), self._removed
            )

    def _removed(self, feed: Feed) -> None:
        self._desk.marking.undoable = True
        back = self._desk.keymap.with_keys("{undo} takes that back.")
        self._desk.say(f"Unsubscribed from {feed.name}; its articles stay. {back}")
        self._desk.archive_changed()
