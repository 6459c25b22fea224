"""The line that runs an action by its name: `:star`, a beginning of it, `:12` for a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.settings_checks import nearest
from reader.tui.actions import Action
from reader.tui.control.offers import may_run
from reader.tui.key_tables import where
from reader.tui.screens.prompts import LinePrompt

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

MOST_REMEMBERED = 100
Run = Callable[[Action, int | None], None]

WITH_WORDS: Mapping[str, Callable[[Desk, str], None]] = {
    "search": lambda desk, words: desk.finding.open(words),
    "pipe": lambda desk, words: desk.piping.run(words),
    "save": lambda desk, words: desk.saving.save(words),
    "filter": lambda desk, words: desk.listing.set_filter(words),
}
"""Actions that take words after their name, in place of asking for them."""


class CommandLine:
    """Its prompt, and what was typed in it since the start, the latest last."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self._desk = desk
        self._run = run
        self._history: list[str] = []

    def open(self) -> None:
        """Ask for a name."""
        names = [action.id for action in self._desk.keymap.actions]
        prompt = LinePrompt(
            "Run an action by its name",
            hint="Tab completes, Up and Down go through what was typed before, Escape leaves.",
            candidates=[name for name in names if name != "command_line"],
            history=self._history,
            submit=self._entered,
        )
        self._desk.open(prompt)

    def _entered(self, prompt: LinePrompt, line: str) -> None:
        name, _, words = line.strip().removeprefix(":").strip().partition(" ")
        if not name:
            prompt.leave()
            return
        if name.isdecimal():
            self._leave(prompt, line)
            self._run(self._desk.keymap.by_id["bottom"], max(1, int(name[:6])))
            return
        found = named(name, self._desk.keymap.actions)
        if isinstance(found, str):
            prompt.refuse(found)
        elif problem := self._problem(found, words):
            prompt.refuse(problem)
        else:
            self._leave(prompt, line)
            if words.strip():
                WITH_WORDS[found.id](self._desk, words.strip())
            else:
                self._run(found, None)

    def _leave(self, prompt: LinePrompt, line: str) -> None:
        self._history[:] = [each for each in self._history if each != line.strip()]
        self._history.append(line.strip())
        del self._history[:-MOST_REMEMBERED]
        prompt.leave()

    def _problem(self, action: Action, words: str) -> str:
        pane = self._desk.panes.current
        if words.strip() and action.id not in WITH_WORDS:
            return f"{action.id} takes no words after it."
        if pane not in action.panes:
            return f"{action.id} does nothing in the pane {pane}, but in {where(action)}."
        if not may_run(self._desk, action):
            return f"{action.id} has nothing to act on here."
        return ""


def named(name: str, actions: Sequence[Action]) -> Action | str:
    """The action of that name, or the only one whose name begins so; else what to say."""
    fitting = [action for action in actions if action.id.startswith(name)]
    exact = [action for action in fitting if action.id == name]
    if exact or len(fitting) == 1:
        return (exact or fitting)[0]
    if fitting:
        return f"{name} may be {', '.join(action.id for action in fitting)}."
    remedy = nearest(name, [action.id for action in actions])
    remedy = remedy if remedy.startswith("Did") else "Tab goes through all names."
    return f"There is no action {name!r}. {remedy}"
