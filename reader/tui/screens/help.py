"""All keys, made from the registry: those of the pane in use first, then the others."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.tui.actions import Action, Pane
from reader.tui.key_tables import help_groups, where
from reader.tui.keys import press_name


class HelpScreen(ModalScreen[None]):
    """A page to scroll; `?`, `q` and Escape leave it."""

    AUTO_FOCUS = "#help-page"

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self._pane = pane

    def compose(self) -> ComposeResult:
        """A title, the page and how to leave it."""
        with Vertical(id="help"):
            yield Static(f"Keys in the pane: {self._pane}", id="help-title", markup=False)
            with VerticalScroll(id="help-page"):
                yield Static(help_table(self._pane), markup=False)
            yield Static("j k scroll   q leave", id="help-hint", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Scroll, or leave."""
        page = self.query_one("#help-page", VerticalScroll)
        name = press_name(event.key, event.character)
        half, whole = page.size.height // 2, page.size.height
        steps = {
            "j": 1,
            "k": -1,
            "Down": 1,
            "Up": -1,
            "C-d": half,
            "C-u": -half,
            "Space": whole,
            "C-f": whole,
            "C-b": -whole,
            "PgDn": whole,
            "PgUp": -whole,
        }
        event.stop()
        if name in {"?", "q", "Q", "Escape", "h"}:
            self.dismiss(None)
        elif name in {"G", "End"}:
            page.scroll_end(animate=False)
        elif name in {"g", "Home"}:
            page.scroll_home(animate=False)
        elif name in steps:
            page.scroll_relative(y=steps[name], animate=False)


def help_table(pane: Pane) -> Table:
    """The page: groups of keys and what they do here, then what others do elsewhere."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for name, actions in help_groups(pane):
        _add_group(table, name, actions)
    elsewhere = [
        action for _, actions in help_groups() for action in actions if pane not in action.panes
    ]
    if elsewhere:
        _add_group(table, "Other panes", elsewhere, named=True)
    return table


def _add_group(table: Table, name: str, actions: list[Action], *, named: bool = False) -> None:
    table.add_row(Text(name, "bold"))
    for action in actions:
        panes = f" In {where(action)}." if named else ""
        table.add_row(Text(f"  {'  '.join(action.keys)}"), Text(action.description + panes))
    table.add_row()
