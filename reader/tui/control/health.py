"""The health of the feeds: looked at, and dead ones dropped, taken back, or mended.

Screens are loaded when they are asked for, so that the app starts sooner.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from os import environ
from typing import TYPE_CHECKING

from archive.models import Feed
from reader.locales import shows_unicode

if TYPE_CHECKING:
    from reader.health import FeedHealth
    from reader.outcomes import FeedChoice, FeedMended
    from reader.tui.control.desk import Desk
    from reader.tui.screens.health import Act, HealthScreen


class Health:
    """One screen at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._screen: HealthScreen | None = None

    def open(self) -> None:
        """Show how the feeds fare."""
        from reader.tui.screens.health import HealthScreen

        plain = self._desk.settings.ascii or not shows_unicode(environ)
        self._screen = HealthScreen(self._act, self._desk.widgets.text.now, ascii_only=plain)
        self._desk.open(self._screen, self._closed)
        self.reload()

    def reload(self) -> None:
        """Read anew what the screen shows, if it is open."""
        if self._screen is not None:
            read = self._desk.library.subscriptions.health
            self._desk.background.ask("counts", read, self._show)

    def _closed(self, _: None) -> None:
        self._screen = None

    def _show(self, found: list[FeedHealth]) -> None:
        if self._screen is not None and self._screen.is_running:
            self._screen.show(found)

    def _tell(self, text: str, *, refused: bool = False) -> None:
        if self._screen is not None and self._screen.is_running:
            self._screen.tell(text, refused=refused)
        else:
            self._desk.say(text, severity="error" if refused else "information")

    def _act(self, act: Act, health: FeedHealth | None) -> None:
        if act == "undo":
            self._take_back()
        elif health is not None:
            acts: dict[Act, Callable[[Feed], None]] = {
                "drop": self._drop,
                "mend": self._look_for,
                "refresh": self._refresh,
                "open": self._open_articles,
            }
            acts[act](health.feed)

    def _drop(self, feed: Feed) -> None:
        drop = partial(self._desk.library.unsubscribe, feed.feed_id)
        self._desk.background.ask("write", drop, self._was_dropped, failed=self._failed)

    def _was_dropped(self, feed: Feed) -> None:
        self._desk.marking.undoable = True
        self._changed(f"Dropped {feed.name}; its articles stay. u takes it back.")

    def _take_back(self) -> None:
        self._desk.marking.undo(self._changed)

    def _look_for(self, feed: Feed) -> None:
        self._tell(f"Looking for {feed.name} …")
        look = partial(self._desk.library.subscriptions.new_addresses, feed)
        offer = partial(self._offer, feed)
        self._desk.background.ask("network", look, offer, failed=self._failed)

    def _offer(self, feed: Feed, places: list[FeedChoice]) -> None:
        self._tell("")
        if self._screen is None or not self._screen.is_current:
            return
        from reader.tui.screens.choices import ChoicesScreen

        screen = ChoicesScreen(f"Where is {feed.name} now?", places)
        self._desk.open(screen, partial(self._picked, feed))

    def _picked(self, feed: Feed, place: FeedChoice | None) -> None:
        if place is not None:
            self._tell(f"Looking at {place.url} …")
            mend = partial(self._desk.library.subscriptions.mend, feed, place.url)
            self._desk.background.ask("network", mend, self._mended, failed=self._failed)

    def _mended(self, mended: FeedMended) -> None:
        feed = mended.feed
        self._changed(f"{feed.name} is asked at {feed.feed_url} from now on. {mended.note}".strip())
        self._desk.refreshing.start((feed.feed_url,))

    def _refresh(self, feed: Feed) -> None:
        self._tell(f"Refreshing {feed.name} …")
        self._desk.refreshing.start((feed.feed_url,))

    def _open_articles(self, feed: Feed) -> None:
        if self._screen is not None:
            self._screen.dismiss(None)
        feeds = self._desk.widgets.feeds
        self._desk.panes.go("feeds")
        feeds.go_to(feed)
        if feeds.view is not None:
            self._desk.listing.show(feeds.view)
            self._desk.panes.go("articles")

    def _changed(self, text: str) -> None:
        self._tell(text)
        self._desk.archive_changed()
        self.reload()

    def _failed(self, error: Exception) -> None:
        self._tell(str(error), refused=True)
