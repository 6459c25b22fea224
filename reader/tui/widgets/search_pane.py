"""The search pane: a line to type in, what was not understood of it, and the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from reader.tui.ages import local_now
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.clean_input import CleanInput
from reader.tui.widgets.note_line import NoteLine
from reader.tui.widgets.pane_title import PaneTitle


class SearchLine(CleanInput):
    """The query. Keys that mean something beyond the line become `Pressed` messages."""

    BEYOND: ClassVar[dict[str, str]] = {
        "enter": "open",
        "down": "down",
        "up": "up",
        "ctrl+n": "down",
        "ctrl+p": "up",
        "tab": "results",
        "escape": "close",
    }

    class Pressed(Message):
        """A key that acts on the results: open, down, up, results or close."""

        def __init__(self, act: str) -> None:
            super().__init__()
            self.act = act

    async def _on_key(self, event: events.Key) -> None:
        act = self.BEYOND.get(event.key)
        if act is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.post_message(self.Pressed(act))


class SearchPane(Vertical):
    """Title, line, hints and results."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = local_now,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self._now = now

    def compose(self) -> ComposeResult:
        """The parts, from above."""
        yield from self._parts()

    def _parts(self) -> Iterable[PaneTitle | SearchLine | NoteLine | ArticleList]:
        yield PaneTitle(id="search-title")
        yield SearchLine(placeholder="Search all articles", id="search-line", compact=True)
        yield NoteLine(id="search-hint")
        yield ArticleList(now=self._now, id="results")
