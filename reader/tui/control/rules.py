"""Rules: listed, made, changed, switched, tried, applied and removed.

Screens are loaded when they are asked for, so that the app starts sooner.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from archive.models import Summary
from archive.rule_models import Rule
from archive.rules import TRIED_DAYS
from reader.errors import UsageProblem
from reader.rule_words import doing
from reader.tui.screens.prompts import Confirm

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk
    from reader.tui.screens.rules import Act, RulesScreen

_TITLES_TOLD = 3


class RuleWriting:
    """What is done with rules in the app, in one screen at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._screen: RulesScreen | None = None

    def open(self) -> None:
        """List all rules."""
        self._desk.background.ask("tags", self._desk.library.rules.all, self._listed)

    def _listed(self, rules: tuple[Rule, ...]) -> None:
        from reader.tui.screens.rules import RulesScreen

        self._screen = RulesScreen(rules, self._act)
        self._desk.open(self._screen, self._closed)

    def _closed(self, _: None) -> None:
        self._screen = None

    def _tell(self, text: str, *, refused: bool = False) -> None:
        if self._screen is not None and self._screen.is_running:
            self._screen.tell(text, refused=refused)
        else:
            self._desk.say(text, severity="error" if refused else "information")

    def _act(self, act: Act, rule: Rule | None) -> None:
        if act == "add":
            # What is being searched is what one wants a rule for.
            self._ask(Rule("", self._desk.finding.text.strip()))
        elif act == "undo":
            self._undo()
        elif rule is not None:
            acts: dict[Act, Callable[[Rule], None]] = {
                "change": self._ask,
                "switch": self._switch,
                "try": self._try,
                "apply": self._confirm_applying,
                "remove": self._confirm_removing,
            }
            acts[act](rule)

    def _ask(self, rule: Rule) -> None:
        from reader.tui.screens.rule_form import RuleForm

        self._desk.open(RuleForm(rule), partial(self._stated, rule))

    def _stated(self, before: Rule, rule: Rule | None) -> None:
        if rule is None or rule == before:
            return
        rules = self._desk.library.rules

        def put() -> None:
            if not before.name and rule.name in {each.name for each in rules.all()}:
                raise UsageProblem(f"rule {rule.name}", "is there already", "e changes it")
            rules.put(rule)

        self._write(put, then=partial(self._try, rule))

    def _switch(self, rule: Rule) -> None:
        self._write(partial(self._desk.library.rules.switch, rule.name, on=not rule.on))

    def _write(self, write: Callable[[], object], then: Callable[[], None] = lambda: None) -> None:
        """Change the rules, and show them as they are then."""

        def written(_: object) -> None:
            self._desk.marking.undoable = True
            self._reread(then)

        self._desk.background.ask("write", write, written, failed=self._failed)

    def _reread(self, then: Callable[[], None]) -> None:
        """Show the rules as they are now."""

        def show(rules: tuple[Rule, ...]) -> None:
            if self._screen is not None and self._screen.is_running:
                self._screen.show(rules)
            then()

        self._desk.background.ask("write", self._desk.library.rules.all, show, failed=self._failed)

    def _undo(self) -> None:
        """Take back what was changed last, a rule or something else."""
        self._desk.marking.undo(lambda told: self._reread(partial(self._tell, told)))

    def _try(self, rule: Rule) -> None:
        trial = partial(self._desk.library.rules.trial, rule)
        self._desk.background.ask("tags", trial, partial(self._tried, rule), failed=self._failed)

    def _tried(self, rule: Rule, rows: list[Summary]) -> None:
        told = f"{rule.name} ({doing(rule)}) would act on {len(rows):,} of the articles"
        told += f" of the last {TRIED_DAYS} days"
        titles = "; ".join(row.title for row in rows[:_TITLES_TOLD])
        more = " …" if len(rows) > _TITLES_TOLD else ""
        self._tell(f"{told}: {titles}{more}" if rows else f"{told}.")

    def _confirm_applying(self, rule: Rule) -> None:
        question = f"Apply the rule {rule.name} ({doing(rule)}) to all articles?"
        self._desk.open(Confirm(question, "u takes it back."), partial(self._apply, rule))

    def _apply(self, rule: Rule, yes: bool | None) -> None:
        if yes:
            apply = partial(self._desk.library.rules.apply, rule)
            self._desk.background.ask("write", apply, self._applied, failed=self._failed)

    def _applied(self, count: int) -> None:
        if count:
            self._desk.marking.undoable = True
            self._desk.archive_changed()
        self._tell(f"{count:,} article{'' if count == 1 else 's'} changed.")

    def _confirm_removing(self, rule: Rule) -> None:
        detail = "What it did stays; u brings the rule back."
        confirm = Confirm(f"Remove the rule {rule.name}?", detail)
        self._desk.open(confirm, partial(self._remove, rule))

    def _remove(self, rule: Rule, yes: bool | None) -> None:
        if yes:
            self._write(partial(self._desk.library.rules.remove, rule.name))

    def _failed(self, error: Exception) -> None:
        self._tell(str(error), refused=True)
