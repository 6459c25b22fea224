"""A small form at the lower edge: what a person may set of one feed, a line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from archive.models import Feed
from reader.errors import UsageProblem
from reader.feed_settings import changed, shown
from reader.tui.screens.prompts import plain
from reader.tui.widgets.clean_input import CleanInput

LABELS: Mapping[str, str] = {
    "title": "Title",
    "folder": "Folder",
    "tags": "Tags",
    "interval": "Minutes",
    "pages": "Pages",
    "mute": "Mute",
    "user_agent": "Agent",
}
"""The settings of the form, by the keys of `newsreader set`."""
MEANINGS: Mapping[str, str] = {
    "title": "Empty: the feed's own title.",
    "folder": "Empty: none; a/b lies in a.",
    "tags": "For its new articles, with commas between them.",
    "interval": "Between two refreshes, or auto.",
    "pages": "on: text from each article's page; off: from the feed alone.",
    "mute": "on: new articles arrive read.",
    "user_agent": "What the program calls itself there; empty: newsreader.",
}
# Not here: what a form holds can be seen over a shoulder and in a recording of the terminal.
SECRETS = "in a shell: newsreader set {} auth= (or cookie=, header=)"
KEYS = "Tab next line, Enter keeps, Escape leaves."


class FeedForm(ModalScreen[Feed | None]):
    """Asks for the settings of a feed; its answer is the changed feed, None when it was left."""

    AUTO_FOCUS = "#set-title"
    STEPS: ClassVar[Mapping[str, int]] = {"up": -1, "down": 1}

    def __init__(self, feed: Feed) -> None:
        super().__init__()
        self._feed = feed
        self._before = shown(feed)

    def compose(self) -> ComposeResult:
        """The parts, from above."""
        with Vertical(id="prompt"):
            yield Static(plain(f"Settings of {self._feed.name}"), id="prompt-title", markup=False)
            for key, label in LABELS.items():
                with Horizontal(classes="form-row"):
                    yield Static(plain(label), classes="form-label", markup=False)
                    yield CleanInput(
                        self._before[key], id=f"set-{key}", compact=True, select_on_focus=False
                    )
            with Horizontal(classes="form-row"):
                yield Static(plain("Secrets"), classes="form-label", markup=False)
                words = plain(SECRETS.format(self._feed.feed_id))
                yield Static(words, id="form-secrets", markup=False)
            yield Static("", id="prompt-hint", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Leave by Escape; go to the line above or below."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key in self.STEPS:
            event.stop()
            (self.focus_next if self.STEPS[event.key] > 0 else self.focus_previous)()

    def on_descendant_focus(self) -> None:
        """Say what the line means."""
        if self.focused is not None and self.focused.id:
            key = self.focused.id.removeprefix("set-")
            self._say(f"{MEANINGS[key]}  {KEYS}")

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Hand over the feed as it is set, or say what cannot be set so."""
        event.stop()
        feed = self._feed
        for key in LABELS:
            line = self.query_one(f"#set-{key}", CleanInput)
            if line.value == self._before[key]:
                continue
            try:
                feed = changed(feed, key, line.value)
            except UsageProblem as problem:
                line.focus()
                self.call_after_refresh(self._say, str(problem), refused=True)
                return
        self.dismiss(feed)

    def _say(self, text: str, *, refused: bool = False) -> None:
        hint = self.query_one("#prompt-hint", Static)
        hint.update(plain(text))
        hint.set_class(refused, "-refused")
