"""Rules: the list of them, where each is switched on and off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from archive.rule_models import Rule
from reader.tui.screens.rules import RulesScreen

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk


class RuleSwitching:
    """What is done with rules in the app; they are written on the command line."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open(self) -> None:
        """List all rules."""
        self._desk.background.ask("tags", self._desk.library.rules.all, self._listed)

    def _listed(self, rules: tuple[Rule, ...]) -> None:
        if not rules:
            self._desk.say("No rules yet. `newsreader rule add --help` tells how to make one.")
            return
        self._desk.open(RulesScreen(rules, self._switch))

    def _switch(self, screen: RulesScreen, rule: Rule) -> None:
        rules = self._desk.library.rules

        def switch() -> tuple[Rule, ...]:
            rules.switch(rule.name, on=not rule.on)
            return rules.all()

        self._desk.background.ask("write", switch, partial(_show, screen))


def _show(screen: RulesScreen, rules: tuple[Rule, ...]) -> None:
    screen.show(rules)
