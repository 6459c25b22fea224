"""All keys, made from the registry: those of the pane in use first, then the others."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from reader.tui.actions import Action, Pane
from reader.tui.cells import cell_len
from reader.tui.key_tables import help_groups, where
from reader.tui.keys import press_name
from reader.tui.passage_actions import ChoosingKey
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.scrolling import scroll_page
from reader.tui.screens.typing_ahead import hand_on
from reader.tui.widgets.clean_input import CleanInput

NARROW = 60
"""Columns of a terminal below which the keys get less room."""
_NARROW_KEYS = 10
_HINT = "j k scroll   / finds   q leaves"


class HelpScreen(Dialog[None]):
    """A page to scroll, narrowed by the words typed after `/`; `?`, `q` and Escape leave it.

    `choosing` are the keys that choose a passage, while one is chosen: they stand first.
    """

    AUTO_FOCUS = "#help-page"

    def __init__(
        self, pane: Pane, actions: Sequence[Action], choosing: Sequence[ChoosingKey] = ()
    ) -> None:
        super().__init__()
        self._pane = pane
        self._actions = actions
        self._choosing = choosing

    def compose(self) -> ComposeResult:
        """A title, the page and how to leave it."""
        with Vertical(id="help"):
            yield Static(f"Keys in the pane: {self._pane}", id="help-title", markup=False)
            yield CleanInput(id="help-line", compact=True, placeholder="A key, or words")
            with VerticalScroll(id="help-page"):
                yield Static(id="help-table", markup=False)
            yield Static(_HINT, id="help-hint", markup=False)

    def on_mount(self) -> None:
        """All keys at first, and no line."""
        self.query_one("#help-line").display = False
        self._show("")

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Keep what fits."""
        self._show(event.value)

    @on(Input.Submitted)
    def entered(self) -> None:
        """Leave the line for the page, which stays as it is."""
        self.set_focus(self.query_one("#help-page"))

    def on_key(self, event: events.Key) -> None:
        """Scroll, find, or leave."""
        line = self.query_one("#help-line", CleanInput)
        page = self.query_one("#help-page", VerticalScroll)
        name = press_name(event.key, event.character)
        if line.display and self.focused is not page:
            if name in {"Escape", "Down"}:
                event.stop()
                self.set_focus(page)
                self._end_search(line, name == "Escape")
            elif event.is_printable:
                hand_on(event, line)
            return
        event.stop()
        if name == "/":
            line.display = True
            self.set_focus(line)  # at once: what is typed next is for it
        elif name == "Escape" and line.display:
            self._end_search(line, True)
        elif name in {"?", "q", "Q", "Escape", "h"}:
            self.dismiss(None)
        else:
            scroll_page(page, name)

    def _end_search(self, line: CleanInput, forget: bool) -> None:
        if forget:
            line.value = ""
            line.display = False

    def _show(self, words: str) -> None:
        narrow = self.app.size.width < NARROW
        choosing = [each for each in self._choosing if _has(" ".join(each), words)]
        table = help_table(self._pane, self._actions, words, choosing=choosing, narrow=narrow)
        self.query_one("#help-table", Static).update(table)
        self.query_one("#help-page", VerticalScroll).scroll_home(animate=False)


def help_table(
    pane: Pane,
    actions: Sequence[Action],
    words: str = "",
    *,
    choosing: Sequence[ChoosingKey] = (),
    narrow: bool = False,
) -> Table:
    """The page: groups of keys and what they do here, then what others do elsewhere.

    Of the actions only what has all `words` in what it is called by, or has them as its key. Where
    it is `narrow`, several keys stand below one another.
    """
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=not narrow, max_width=_NARROW_KEYS if narrow else None)
    table.add_column(ratio=1)
    fitting = [action for action in actions if _fits(action, words)]
    if choosing:
        _add_rows(table, "Choosing a passage", [(each.key, each.description) for each in choosing])
    for name, here in help_groups(pane, fitting):
        _add_group(table, name, here)
    elsewhere = [action for action in fitting if pane not in action.panes]
    if elsewhere:
        _add_group(table, "Other panes", elsewhere, named=True)
    if not fitting and not choosing:
        table.add_row("", Text("No key has these words. Try fewer of them."))
    return table


def _fits(action: Action, words: str) -> bool:
    called = f"{action.id} {action.label} {action.description} {action.group} {action.words}"
    return words.strip() in action.keys or _has(called, words)


def _has(called: str, words: str) -> bool:
    return all(word in called.casefold() for word in words.casefold().split())


def _add_group(table: Table, name: str, actions: Sequence[Action], *, named: bool = False) -> None:
    rows = [
        ("  ".join(action.keys) or action.key,
         action.description + (f" In {where(action)}." if named else ""))
        for action in actions
    ]  # fmt: skip
    _add_rows(table, name, rows)


def _add_rows(table: Table, name: str, rows: Sequence[tuple[str, str]]) -> None:
    """Keys and what they do, under a name."""
    table.add_row(Text(name, "bold"))
    for keys, does in rows:
        table.add_row(Text(_hanging(keys, table.columns[0].max_width)), Text(does))
    table.add_row()


def _hanging(keys: str, width: int | None) -> str:
    """The keys, indented also where they need several lines of a width."""
    lines = [""]
    for key in keys.split("  "):
        longer = f"{lines[-1]}  {key}"
        if width is not None and lines[-1] and cell_len(longer) > width:
            lines.append(f"  {key}")
        else:
            lines[-1] = longer
    return "\n".join(lines)
