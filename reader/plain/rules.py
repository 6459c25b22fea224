"""rules: what is done with articles by itself, listed, tried, switched on and off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archive.characters import clean_line
from archive.rule_models import Rule
from archive.rules import TRIED_DAYS
from reader.plain.articles import INDENT, begin_with
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk
from reader.plain.names import called, first_name, whole_name
from reader.plain.wording import counted, day
from reader.rule_words import doing


def rules(desk: Desk, words: str) -> None:
    """Lists the rules, or what one of them would act on; switches one on or off."""
    act, rest = first_name(words)
    match act.casefold():
        case "":
            _list(desk)
        case "on" | "off" as state:
            name = called(desk.rules, whole_name(rest, f"rules {state}"), "rules")
            with held_interrupts():
                rule = desk.library.rules.switch(name, on=state == "on")
            desk.console.say(f"The rule {clean_line(rule.name)} is {state}.")
        case _:
            trial(desk, called(desk.rules, whole_name(words, "rules"), "rules"))


def trial(desk: Desk, name: str) -> None:
    """Lists the articles of the last days that a rule would act on; changes nothing."""
    rule = desk.library.rules.find(name)
    rows = desk.library.rules.trial(rule)
    said = f"What the rule {rule.name} would act on in the last {TRIED_DAYS} days"
    if rows:
        begin_with(desk, said, "newest first", rows, {})
    else:
        desk.console.say(f"{clean_line(said)}: nothing.")


def _list(desk: Desk) -> None:
    found = desk.library.rules.all()
    desk.rules = [rule.name for rule in found]
    desk.shown = desk.numbered = "rules"
    if not found:
        desk.console.say("No rules yet. The command newsreader rule add makes one.")
        return
    desk.console.line(f"{counted(len(found), 'rule').capitalize()}.")
    now = datetime.now(UTC)
    for number, rule in enumerate(found, start=1):
        state = f"{number}. {clean_line(rule.name)}, {_state(rule, now)}: {doing(rule)}."
        desk.console.say(f"{state} For what matches {clean_line(rule.query)}", INDENT)
    desk.console.say(
        f"A number lists what that rule would act on in the last {TRIED_DAYS} days;"
        " rules off NUMBER lets it rest."
    )


def _state(rule: Rule, now: datetime) -> str:
    if not rule.on:
        return "off"
    if rule.ends_at is None:
        return "on"
    # It acts before that instant, the midnight after its last day.
    last = day(rule.ends_at - timedelta(microseconds=1))
    return f"on until {last}" if rule.acts(now) else f"ended on {last}"
