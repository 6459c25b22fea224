"""Over all panes: the page behind an article as it was fetched, or what changed of its text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual import events
from textual.app import ComposeResult

from archive.models import Article, Mark
from reader.tui.keys import press_name
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.article_text import ArticleText
from reader.tui.widgets.key_hints import KeyHints
from reader.tui.widgets.pane_title import PaneTitle

HINT = "j k scroll   Space a page   g G ends   q leaves"
_LEAVING = frozenset({"q", "Q", "Escape", "h", "Left", "X"})


class WholePageScreen(Dialog[None]):
    """Shows a page over the whole screen; its links are not followed."""

    AUTO_FOCUS = "#whole-page-text"

    def __init__(
        self,
        page: Article,
        note: str,
        now: Callable[[], datetime],
        label: str = "The page as it was",
    ) -> None:
        super().__init__()
        self._label = label
        self._page = page
        self._note = note
        self._now = now

    def compose(self) -> ComposeResult:
        """A title, the page and how to leave it."""
        yield PaneTitle(id="whole-page-title", classes="-active")
        yield ArticleText(now=self._now, id="whole-page-text")
        yield KeyHints(HINT, id="whole-page-hint")

    def on_mount(self) -> None:
        """Show the page from its beginning."""
        title = self.query_one(PaneTitle)
        title.label, title.note = self._label, self._note
        self.query_one(ArticleText).show(self._page, Mark(), outlet="")

    def on_key(self, event: events.Key) -> None:
        """Scroll, or leave."""
        event.stop()
        text = self.query_one(ArticleText)
        match press_name(event.key, event.character):
            case name if name in _LEAVING:
                self.dismiss(None)
            case "j" | "Down":
                text.scroll_lines(1)
            case "k" | "Up":
                text.scroll_lines(-1)
            case "Space" | " " | "C-f" | "PgDn":
                text.page_down()
            case "C-b" | "PgUp":
                text.page_down(-1)
            case "C-d":
                text.page_down(0.5)
            case "C-u":
                text.page_down(-0.5)
            case "g" | "Home":
                text.to_top()
            case "G" | "End":
                text.to_bottom()
