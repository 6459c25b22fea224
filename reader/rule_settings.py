"""What a person states of a rule: the keys, their values in words, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from archive.characters import clean_line
from archive.rule_models import Rule
from reader.errors import UsageProblem
from reader.switches import switch_words, switched

_PRIORITIES = {1: "first", 0: "", -1: "last"}
"""Where what matches stands in lists with rare voices first."""


def changed(rule: Rule, key: str, value: str) -> Rule:
    """The rule with one of SETTERS as it was typed; raises UsageProblem, which names the value."""
    return SETTERS[key](rule, clean_line(value).strip())


def shown(rule: Rule) -> dict[str, str]:
    """What is stated of a rule as it would be typed, by key."""
    return {
        "name": rule.name,
        "query": rule.query,
        "tags": ", ".join(rule.tags),
        "star": switch_words(rule.star),
        "read": switch_words(rule.read),
        "hide": switch_words(rule.mute),
        "notify": switch_words(rule.notify),
        "run": rule.command,
        "priority": _PRIORITIES[(rule.priority > 0) - (rule.priority < 0)],
        "until": last_day(rule),
    }


def check(rule: Rule) -> None:
    """Raises UsageProblem for a rule that has no name, matches nothing or does nothing."""
    if not rule.name or not rule.query:
        raise UsageProblem("the rule", "needs a name and a query", "Fill both in")
    if rule.does_nothing:
        remedy = "Let it tag, star, read, hide, notify, run or put first or last"
        raise UsageProblem(f"rule {rule.name}", "does nothing", remedy)


def last_day(rule: Rule) -> str:
    """The last day that a rule acts on, in UTC as it was stated; empty for one without an end."""
    # It acts before that instant, the midnight after its last day.
    return f"{rule.ends_at - timedelta(microseconds=1):%Y-%m-%d}" if rule.ends_at else ""


def end_of(day: str, key: str = "until") -> datetime:
    """The end of the day that a rule acts on last, in UTC. UsageProblem, which names `key`."""
    try:
        last = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise UsageProblem(key, f"{clean_line(day)} is no day", "Give 2026-12-31") from error
    return last + timedelta(days=1)


def _priority(value: str) -> int:
    for number, word in _PRIORITIES.items():
        if value.lower() == word:
            return number
    raise UsageProblem("priority", f"{value} is no place", "Say first or last, or leave it empty")


def _tags(value: str) -> tuple[str, ...]:
    tags = (part.strip().removeprefix("+").strip() for part in value.split(","))
    return tuple(dict.fromkeys(filter(None, tags)))


SETTERS: Mapping[str, Callable[[Rule, str], Rule]] = {
    "name": lambda rule, value: replace(rule, name=value),
    "query": lambda rule, value: replace(rule, query=value),
    "tags": lambda rule, value: replace(rule, tags=_tags(value)),
    "star": lambda rule, value: replace(rule, star=switched("star", value)),
    "read": lambda rule, value: replace(rule, read=switched("read", value)),
    "hide": lambda rule, value: replace(rule, mute=switched("hide", value)),
    "notify": lambda rule, value: replace(rule, notify=switched("notify", value)),
    "run": lambda rule, value: replace(rule, command=value),
    "priority": lambda rule, value: replace(rule, priority=_priority(value)),
    "until": lambda rule, value: replace(rule, ends_at=end_of(value) if value else None),
}
"""How each key is set."""
