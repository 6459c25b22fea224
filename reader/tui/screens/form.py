"""A small form at the lower edge: what a person may set of one thing, a line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from reader.errors import UsageProblem
from reader.tui.keys_in_order import type_again
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.prompts import plain
from reader.tui.widgets.clean_input import CleanInput

KEYS = "Tab next line, Enter keeps, Escape leaves."

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """What stands before a line of a form, what it holds at first, and what it means."""

    label: str
    text: str
    meaning: str


class Form(Dialog[T | None], Generic[T]):
    """Asks for the settings of a thing; its answer is the changed thing, None when it was left.

    `change` gives the thing with one setting as it was typed, `check` looks at the whole; both
    raise UsageProblem for what cannot be.
    """

    AUTO_FOCUS = "CleanInput"
    # Before the line sees them, at once: the key that is typed after must find the next line.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down", "app.focus_next", show=False, priority=True),
        Binding("shift+tab,up", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        thing: T,
        lines: Mapping[str, Line],
        change: Callable[[T, str, str], T],
        check: Callable[[T], None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._title = title
        self._thing = thing
        self._lines = lines
        self._change = change
        self._check = check
        self._early: list[events.Key] = []

    def compose(self) -> ComposeResult:
        """The parts, from above."""
        with Vertical(id="prompt"):
            yield Static(plain(self._title), id="prompt-title", markup=False)
            for key, line in self._lines.items():
                with Horizontal(classes="form-row"):
                    yield Static(plain(line.label), classes="form-label", markup=False)
                    yield CleanInput(
                        line.text, id=f"set-{key}", compact=True, select_on_focus=False
                    )
            yield from self.compose_more()
            yield Static("", id="prompt-hint", markup=False)

    def compose_more(self) -> ComposeResult:
        """What stands below the lines: nothing."""
        yield from ()

    def on_key(self, event: events.Key) -> None:
        """Leave by Escape; keep what is typed before a line can take it."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif self.focused is None:
            event.stop()
            self._early.append(event)

    def on_descendant_focus(self) -> None:
        """Say what the line means; let it have what was typed before, as if typed now."""
        early, self._early = self._early, []
        for event in early:
            type_again(event, self.app)
        if self.focused is not None and self.focused.id:
            key = self.focused.id.removeprefix("set-")
            self._say(f"{self._lines[key].meaning}  {KEYS}")

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Hand over the thing as it is set, or say what cannot be set so."""
        event.stop()
        thing = self._thing
        for key, line in self._lines.items():
            typed = self.query_one(f"#set-{key}", CleanInput)
            if typed.value == line.text:
                continue
            try:
                thing = self._change(thing, key, typed.value)
            except UsageProblem as problem:
                typed.focus()
                self.call_after_refresh(self._say, str(problem), refused=True)
                return
        try:
            self._check(thing)
        except UsageProblem as problem:
            self._say(str(problem), refused=True)
            return
        self.dismiss(thing)

    def _say(self, text: str, *, refused: bool = False) -> None:
        hint = self.query_one("#prompt-hint", Static)
        hint.update(plain(text))
        hint.set_class(refused, "-refused")
