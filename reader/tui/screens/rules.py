"""All rules: what each does and when; made, changed, tried and applied here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Literal

from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from archive.characters import clean_line
from archive.rule_models import Rule
from reader.rule_words import doing
from reader.tui.keys import press_name
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.key_hints import KeyHints
from reader.tui.widgets.pick_list import PickList

_LONGEST = 300


HINT = "a add   e edit   Enter on/off   t try   A apply   d drop   u undo   q leave"
EMPTY = "No rules yet: they tag, star, mark as read or hide what comes in. a adds one."

Act = Literal["add", "change", "switch", "try", "apply", "remove", "undo"]
_ACTS: dict[str, Act] = {
    "a": "add",
    "e": "change",
    "t": "try",
    "A": "apply",
    "d": "remove",
    "u": "undo",
}


class RulesScreen(Dialog[None]):
    """A list of rules; `act` is told what to do, with the rule under the cursor if there is one."""

    AUTO_FOCUS = "#rules-list"

    def __init__(self, rules: Sequence[Rule], act: Callable[[Act, Rule | None], None]) -> None:
        super().__init__()
        self._rules = tuple(rules)
        self._act = act

    def compose(self) -> ComposeResult:
        """A title, the rules in their order, and what can be done."""
        with Vertical(id="rules", classes="page"):
            yield Static("Rules, in the order they act in", classes="page-title", markup=False)
            yield PickList(*map(_row, self._rules), id="rules-list", markup=False)
            yield Static(EMPTY, id="rules-empty", markup=False)
            yield KeyHints(HINT, id="rules-hint", classes="page-hint")

    def on_mount(self) -> None:
        """Begin at the first."""
        self.show(self._rules)

    def show(self, rules: Sequence[Rule]) -> None:
        """Show the rules as they are now; the cursor stays."""
        self._rules = tuple(rules)
        options = self.query_one(PickList)
        at = options.highlighted or 0
        options.clear_options()
        options.add_options(map(_row, self._rules))
        options.highlighted = min(at, len(rules) - 1) if rules else None
        self.query_one("#rules-empty").display = not rules

    def tell(self, text: str, *, refused: bool = False) -> None:
        """Say what came of an act, in place of the keys; an empty text shows those again."""
        hint = self.query_one("#rules-hint", KeyHints)
        hint.text = text.strip() or HINT
        hint.set_class(refused, "-refused")

    def on_key(self, event: events.Key) -> None:
        """Act on the rule under the cursor, or leave."""
        name = press_name(event.key, event.character)
        self.tell("")
        if name in {"q", "Escape", "h", "w"}:
            event.stop()
            self.dismiss(None)
        elif name in _ACTS:
            event.stop()
            self._act(_ACTS[name], self._current)

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Switch the rule."""
        self._act("switch", self._rules[event.option_index])

    @property
    def _current(self) -> Rule | None:
        at = self.query_one(PickList).highlighted
        return None if at is None else self._rules[at]


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
