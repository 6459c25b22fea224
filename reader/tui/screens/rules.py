"""All rules: what each does and when, switched on and off by Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from archive.characters import clean_line
from archive.rule_models import Rule
from reader.rule_words import doing
from reader.tui.keys import press_name
from reader.tui.widgets.pick_list import PickList

_LONGEST = 300


class RulesScreen(ModalScreen[None]):
    """A list of rules; `switch` is told which one Enter was pressed on."""

    AUTO_FOCUS = "#rules-list"

    def __init__(self, rules: Sequence[Rule], switch: Callable[[RulesScreen, Rule], None]) -> None:
        super().__init__()
        self._rules = tuple(rules)
        self._switch = switch

    def compose(self) -> ComposeResult:
        """A title, the rules in their order, and what can be done."""
        with Vertical(id="rules", classes="page"):
            yield Static("Rules, in the order they act in", classes="page-title", markup=False)
            yield PickList(*map(_row, self._rules), id="rules-list", markup=False)
            yield Static("Enter switches on or off   q leaves", classes="page-hint", markup=False)

    def on_mount(self) -> None:
        """Begin at the first."""
        self.query_one(PickList).highlighted = 0

    def show(self, rules: Sequence[Rule]) -> None:
        """Show the rules as they are now; the cursor stays."""
        self._rules = tuple(rules)
        options = self.query_one(PickList)
        at = options.highlighted
        options.clear_options()
        options.add_options(map(_row, self._rules))
        options.highlighted = at

    def on_key(self, event: events.Key) -> None:
        """Leave."""
        if press_name(event.key, event.character) in {"q", "Escape", "h"}:
            event.stop()
            self.dismiss(None)

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Switch the rule."""
        self._switch(self, self._rules[event.option_index])


def _row(rule: Rule) -> Option:
    """State, name, what it does, and to what; an end that has come is said."""
    ended = rule.on and not rule.acts(datetime.now(UTC))
    state = "ended" if ended else "on" if rule.on else "off"
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(no_wrap=True, width=len("ended"))
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=2)
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=2)
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=3)
    row.add_row(
        Text(state, "" if state == "on" else "dim"),
        Text(clean_line(rule.name[:_LONGEST])),
        Text(doing(rule)),
        Text(clean_line(rule.query[:_LONGEST]), "dim"),
    )
    return Option(row)
