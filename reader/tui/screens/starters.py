"""A short list of well-known feeds, by topic: Enter subscribes, and the row says how it went."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.starter_feeds import StarterFeed
from reader.tui.cells import cell_len
from reader.tui.keys import press_name
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.key_hints import KeyHints
from reader.tui.widgets.pick_list import PickList

LOOKING, TAKEN, FAILED = "looking …", "subscribed", "failed"
ADDRESSES_FROM = 70
"""Columns of a terminal that has room for addresses beside the names."""
HINT = "Public addresses, not checked by us.   Enter subscribes   q leaves"


class StartersScreen(Dialog[None]):
    """`subscribe` is asked for each feed that is picked; `tell` takes what came of it.

    `add_key` is the key that subscribes to an address.
    """

    AUTO_FOCUS = "#starters-list"

    def __init__(
        self,
        feeds: Sequence[StarterFeed],
        known: Collection[str],
        subscribe: Callable[[StarterFeed], None],
        add_key: str,
    ) -> None:
        super().__init__()
        self._add_key = add_key
        self._feeds = {feed.feed_url: feed for feed in feeds}
        self._name_cells = max((cell_len(f"  {feed.name}") for feed in feeds), default=0)
        self._states = {url: TAKEN for url in self._feeds if url in known}
        self._subscribe = subscribe
        self._shows_addresses = True

    def compose(self) -> ComposeResult:
        """A title, the feeds under their topics, and what can be done or went wrong."""
        with Vertical(id="starters", classes="page"):
            yield Static("Well-known feeds", classes="page-title", markup=False)
            yield PickList(*self._rows(), id="starters-list", markup=False)
            yield KeyHints(HINT, id="starters-hint", classes="page-hint")

    def on_mount(self) -> None:
        """Begin at the first feed, below its topic."""
        self.query_one(PickList).highlighted = 1

    def on_resize(self) -> None:
        """Show addresses where they have room; keep the feed under the cursor in sight."""
        roomy = self.size.width >= ADDRESSES_FROM
        if roomy != self._shows_addresses:
            self._shows_addresses = roomy
            for feed in self._feeds.values():
                self._show(feed)
        self.call_after_refresh(self.query_one(PickList).scroll_to_highlight)

    def on_key(self, event: events.Key) -> None:
        """Leave."""
        if press_name(event.key, event.character) in {"q", "P", "Escape", "h"}:
            event.stop()
            self.dismiss(None)

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Subscribe to the feed, unless that is done or under way."""
        feed = self._feeds.get(event.option_id or "")
        if feed is not None and self._states.get(feed.feed_url) in {None, FAILED}:
            self._set(feed, LOOKING)
            self._hint(HINT)
            self._subscribe(feed)

    def tell(self, feed: StarterFeed, error: str = "") -> None:
        """Show what came of subscribing; an error is told with what to do about it."""
        if not self.is_running:
            return
        self._set(feed, FAILED if error else TAKEN)
        if error:
            self._hint(
                f"{feed.name}: {error} If you are online, the address may have changed: look for "
                f"the feed on its site, and give it with {self._add_key}."
            )

    def _set(self, feed: StarterFeed, state: str) -> None:
        self._states[feed.feed_url] = state
        self._show(feed)

    def _show(self, feed: StarterFeed) -> None:
        self.query_one(PickList).replace_option_prompt(feed.feed_url, self._row(feed))

    def _hint(self, text: str) -> None:
        hint = self.query_one("#starters-hint", KeyHints)
        hint.text = text
        hint.set_class(text != HINT, "-refused")
        # An error takes lines from the list, in which the feed that failed would be out of sight.
        self.call_after_refresh(self.query_one(PickList).scroll_to_highlight)

    def _rows(self) -> list[Option]:
        rows: list[Option] = []
        topic = ""
        for feed in self._feeds.values():
            if feed.topic != topic:
                topic = feed.topic
                rows.append(Option(Text(topic, "bold"), disabled=True))
            rows.append(Option(self._row(feed), id=feed.feed_url))
        return rows

    def _row(self, feed: StarterFeed) -> Table:
        """Name and state; the address only where no name is cut for it."""
        state = Text(self._states.get(feed.feed_url, ""), no_wrap=True)
        row = Table.grid(padding=(0, 1), expand=True)
        if not self._shows_addresses:
            row.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
            row.add_column(no_wrap=True, justify="right")
            row.add_row(Text(f"  {feed.name}"), state)
            return row
        row.add_column(no_wrap=True, overflow="ellipsis", width=self._name_cells)
        row.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
        row.add_column(no_wrap=True, width=len(TAKEN), justify="right")
        address = feed.feed_url.removeprefix("https://")
        row.add_row(Text(f"  {feed.name}"), Text(address, "dim"), state)
        return row
