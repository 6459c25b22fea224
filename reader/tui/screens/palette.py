"""The command palette: every action of the registry by its words, with its key.

Only actions are in it, never articles: what is listed is looked through at each letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from reader.tui.actions import GROUPS, Action
from reader.tui.key_tables import where
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.typing_ahead import hand_on
from reader.tui.widgets.clean_input import CleanInput
from reader.tui.widgets.key_hints import KeyHints
from reader.tui.widgets.pick_list import PickList

_KEYS_CELLS = 12
_ELSEWHERE = {
    "theme themes colour color colours colors dark light": (
        "The theme is a setting: theme in config.toml; newsreader config says where that is."
    ),
    "setting settings config configure configuration options preferences": (
        "Settings are in config.toml; newsreader config prints them and says where that is."
    ),
    "export backup": "On the command line: newsreader export --format opml (or jsonl).",
}
"""What people look for here that is no action, and where it is."""


class PaletteScreen(Dialog[Action | None]):
    """Its answer is the action to run; None when it was left.

    `idle` are the ids of those that cannot act now: they are listed after the others, dimmed, with
    the panes where they work. `none` is said where nothing fits.
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

    def __init__(self, actions: Sequence[Action], idle: frozenset[str], none: str) -> None:
        super().__init__()
        self._none = none
        # Who looks for an action by its words wants no key that moves, least of all the first.
        self._actions = sorted(actions, key=lambda a: (a.id in idle, a.group == GROUPS[0]))
        self._idle = idle
        self._early: list[events.Key] = []

    def compose(self) -> ComposeResult:
        """The line, and what fits it."""
        with Vertical(id="palette", classes="page"):
            yield CleanInput(
                id="palette-line", compact=True, select_on_focus=False, placeholder="What to do"
            )
            yield PickList(id="palette-list", markup=False)
            yield KeyHints("Enter runs   Down Up choose   Escape leaves", classes="page-hint")

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
            rows.add_option(Option(Text(elsewhere(typed) or self._none), disabled=True))


def fitting_actions(typed: str, actions: Iterable[Action]) -> list[Action]:
    """The actions that have every typed word in what they are called by, or as their key.

    Those come first whose key it is, then by how well their label fits, then their description.
    """
    wanted = typed.casefold().split()
    key = typed.strip()
    fitting = [
        action
        for action in actions
        if key in action.keys or all(word in _searched(action) for word in wanted)
    ]
    return sorted(fitting, key=lambda action: _distance(key, wanted, action))


def _distance(key: str, wanted: Sequence[str], action: Action) -> tuple[bool, ...]:
    """What sorts the actions: False comes first."""
    start = " ".join(wanted)
    label, description = action.label.casefold(), action.description.casefold()
    called = _plain_words(f"{description} {action.words}")
    return (
        key not in action.keys,
        label != start,
        not set(wanted) <= _plain_words(label),
        not label.startswith(start),
        not set(wanted) <= called,
        not description.startswith(start),
    )


def _plain_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _searched(action: Action) -> str:
    return f"{action.label} {action.description} {action.group} {action.words}".casefold()


def elsewhere(typed: str) -> str:
    """What to try for words that no action has: what is no key may be a command or a setting."""
    for words, remedy in _ELSEWHERE.items():
        if set(typed.casefold().split()) & set(words.split()):
            return remedy
    return ""


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
