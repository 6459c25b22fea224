"""All that was said in notices since the app was opened, newest first: errors stay readable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.notifications import SeverityLevel
from textual.widgets import Static

from reader.tui.control.noted import Noted
from reader.tui.screens.scrolling import PageDialog
from reader.tui.widgets.pane_title import PaneTitle

HINT = "j k scroll   q leaves"
NONE = "Nothing was said yet."
_LOOK_SECONDS = 0.5
_NAMES: dict[SeverityLevel, str] = {"information": "", "warning": "warning", "error": "error"}


class NoticesScreen(PageDialog):
    """A page to scroll; what is said while it is open comes in at its top."""

    AUTO_FOCUS = "#notices-page"

    def __init__(self, said: Callable[[], Sequence[Noted]], now: Callable[[], datetime]) -> None:
        super().__init__()
        self._said = said
        self._now = now
        self._shown: tuple[Noted, ...] = ()

    def compose(self) -> ComposeResult:
        """A title, the notices, the keys."""
        yield PaneTitle(id="notices-title", classes="-active")
        with VerticalScroll(id="notices-page"):
            yield Static(NONE, id="notices-text", markup=False)
        yield Static(HINT, id="notices-hint", classes="page-hint", markup=False)

    def on_mount(self) -> None:
        """Show what there is, and what comes."""
        self.query_one(PaneTitle).label = "Notices"
        self._look()
        self.set_interval(_LOOK_SECONDS, self._look)

    def _look(self) -> None:
        said = tuple(reversed(self._said()))
        if said != self._shown:
            self._shown = said
            self.query_one(PaneTitle).note = f"{len(said):,}"
            self.query_one("#notices-text", Static).update(self._table())

    def _table(self) -> Table:
        """Time, kind and words; the words wrap below themselves."""
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        today = self._now().date()
        for notice in self._shown:
            form = "%H:%M:%S" if notice.at.date() == today else "%Y-%m-%d %H:%M"
            table.add_row(
                Text(notice.at.strftime(form), "dim"),
                Text(_NAMES[notice.severity], "bold" if notice.severity == "error" else ""),
                Text(notice.text),
            )
        return table
