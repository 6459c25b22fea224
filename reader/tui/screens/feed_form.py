"""What a person may set of one feed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from archive.models import Feed
from reader.feed_settings import changed, shown
from reader.tui.screens.form import Form, Line
from reader.tui.screens.prompts import plain

LINES = {
    "title": ("Title", "Empty: the feed's own title."),
    "folder": ("Folder", "Empty: none; a/b lies in a."),
    "tags": ("Tags", "For its new articles, with commas between them."),
    "interval": ("Minutes", "Between two refreshes, or auto."),
    "pages": ("Pages", "on: text from each article's page; off: from the feed alone."),
    "mute": ("Mute", "on: new articles arrive read."),
    "user_agent": ("Agent", "What the program calls itself there; empty: newsreader."),
}
"""The settings of the form by the keys of `newsreader set`: their labels and meanings."""
# Not here: what a form holds can be seen over a shoulder and in a recording of the terminal.
SECRETS = "in a shell: newsreader set {} auth= (or cookie=, header=)"


class FeedForm(Form[Feed]):
    """Asks for the settings of a feed."""

    def __init__(self, feed: Feed) -> None:
        before = shown(feed)
        lines = {key: Line(label, before[key], meaning) for key, (label, meaning) in LINES.items()}
        super().__init__(f"Settings of {feed.name}", feed, lines, changed)
        self._feed = feed

    def compose_more(self) -> ComposeResult:
        """Where the secrets are set."""
        with Horizontal(classes="form-row"):
            yield Static(plain("Secrets"), classes="form-label", markup=False)
            words = plain(SECRETS.format(self._feed.feed_id))
            yield Static(words, id="form-secrets", markup=False)
