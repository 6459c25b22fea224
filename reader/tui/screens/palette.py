"""The command palette: every action of the registry by its words, with its key.

Only actions are in it, never articles: what is listed is looked through at each letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reader.tui.actions import Action, where, with_keys
from reader.tui.screens.typing_ahead import hand_on
from reader.tui.widgets.clean_input import CleanInput
from reader.tui.widgets.pick_list import PickList

_KEYS_CELLS = 12
NO_ACTION = with_keys("No action has these words. Try fewer; {help} alone finds all keys.")


class PaletteScreen(ModalScreen[Action | None]):
    """Its answer is the action to run; None when it was left.

    `idle` are the ids of those that cannot act now: they are listed after the others, dimmed, with
    the panes where they work.
    """

    AUTO_FOCUS = "#palette-line"
    MOVES: ClassVar[dict[str, str]] = {
        "down": "cursor_down",
        "ctrl+n": "cursor_down",
        "up": "cursor_up",
        "ctrl+p": "cursor_up",
        "pagedown": "page_down",
        "pageup": "page_up",
    }

    def __init__(self, actions: Sequence[Action], idle: frozenset[str]) -> None:
        super().__init__()
        self._actions = sorted(actions, key=lambda action: action.id in idle)
        self._idle = idle
        self._early: list[events.Key] = []

    def compose(self) -> ComposeResult:
        """The line, and what fits it."""
        with Vertical(id="palette", classes="page"):
            yield CleanInput(
                id="palette-line", compact=True, select_on_focus=False, placeholder="What to do"
            )
            yield PickList(id="palette-list", markup=False)
            yield Static(
                "Enter runs   Down Up choose   Escape leaves", classes="page-hint", markup=False
            )

    def on_mount(self) -> None:
        """List all; the line keeps the focus when a row is clicked on."""
        self.query_one(PickList).can_focus = False
        self._offer("")

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """List what fits."""
        self._offer(event.value)

    @on(Input.Submitted)
    def entered(self) -> None:
        """Run the action under the cursor."""
        self.query_one(PickList).action_select()

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Run the action that was chosen."""
        self.dismiss(next(a for a in self._actions if a.id == event.option_id))

    def on_key(self, event: events.Key) -> None:
        """Move in the list, or leave; keep what is typed before the line can take it."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key in self.MOVES:
            event.stop()
            event.prevent_default()
            getattr(self.query_one(PickList), f"action_{self.MOVES[event.key]}")()
        elif self.focused is None and (event.is_printable or event.key == "enter"):
            event.stop()
            self._early.append(copy(event))

    def on_descendant_focus(self) -> None:
        """The line is ready: give it what was typed before."""
        early, self._early = self._early, []
        for event in early:
            hand_on(event, self.query_one(CleanInput))

    def _offer(self, typed: str) -> None:
        rows = self.query_one(PickList)
        rows.clear_options()
        fitting = sorted(
            fitting_actions(typed, self._actions), key=lambda action: action.id in self._idle
        )
        rows.add_options(
            Option(_row(action, dim), id=action.id, disabled=dim)
            for action in fitting
            for dim in [action.id in self._idle]
        )
        rows.highlighted = 0 if fitting and fitting[0].id not in self._idle else None
        if not fitting:
            rows.add_option(Option(Text(NO_ACTION), disabled=True))


def fitting_actions(typed: str, actions: Iterable[Action]) -> list[Action]:
    """The actions that have every typed word in label, description or group, or as their key.

    Those come first whose key it is, or whose label or description begins with what was typed.
    """
    wanted = typed.casefold().split()
    key = typed.strip()
    fitting = [
        action
        for action in actions
        if key in action.keys or all(word in _searched(action) for word in wanted)
    ]
    start = " ".join(wanted)
    return sorted(
        fitting,
        key=lambda action: (
            key not in action.keys,
            not action.label.casefold().startswith(start),
            not action.description.casefold().startswith(start),
        ),
    )


def _searched(action: Action) -> str:
    return f"{action.label} {action.description} {action.group}".casefold()


def _row(action: Action, dim: bool) -> Table:
    """Keys and what they do; of what cannot act now also where it works."""
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(no_wrap=True, width=_KEYS_CELLS, overflow="ellipsis")
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    row.add_column(no_wrap=True, overflow="ellipsis", justify="right")
    row.add_row(
        Text("  ".join(action.keys), "" if dim else "bold"),
        Text(action.description),
        Text(where(action) if dim else "", "italic"),
    )
    return row
