"""rule: what is done with articles by itself: listed, added, tried, applied, removed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime

from archive.characters import clean_line
from archive.rule_models import Rule
from reader.cli.hints import note_hints
from reader.cli.listing import lines_of
from reader.cli.marking import agreed
from reader.cli.session import open_library
from reader.cli.table import Cell, Column, table
from reader.cli.terminal import Terminal
from reader.cli.wording import counted
from reader.errors import UsageProblem
from reader.fields import instant, summary_fields
from reader.library import Library
from reader.rule_settings import check, end_of, last_day
from reader.rule_words import doing

_SHOWN = 20


def rule(arguments: Namespace, terminal: Terminal) -> int:
    """Does with rules what the first word says."""
    action, words = arguments.action, arguments.words
    if action == "add":
        return _add(arguments, terminal)
    if action == "list":
        return _list(arguments, terminal)
    if len(words) != 1:
        raise UsageProblem(f"rule {action}", "needs a name", f"For example: rule {action} sports")
    with open_library(arguments, terminal) as library:
        found = library.rules.find(words[0])
        match action:
            case "remove":
                library.rules.remove(found.name)
                terminal.line(f"Removed the rule {clean_line(found.name)}. What it did stays.")
            case "test":
                return _test(library, found, arguments, terminal)
            case "apply":
                return _apply(library, found, arguments, terminal)
            case _:
                library.rules.switch(found.name, on=action == "on")
                terminal.line(f"The rule {clean_line(found.name)} is {action}.")
    return 0


def _list(arguments: Namespace, terminal: Terminal) -> int:
    with open_library(arguments, terminal) as library:
        rules = library.rules.all()
    if arguments.json:
        terminal.json_list(map(rule_fields, rules))
        return 0 if rules else 1
    columns = (Column(), Column(limit=5), Column(limit=10), Column(limit=30), Column(flexible=True))
    now = datetime.now(UTC)
    rows = (
        (
            Cell(each.name, ("accent",)),
            Cell("off" if not each.on else "on" if each.acts(now) else "ended"),
            Cell(f"to {last_day(each)}" if each.ends_at else ""),
            Cell(doing(each)),
            Cell(each.query),
        )
        for each in rules
    )
    if not terminal.lines(table(columns, rows, terminal)):
        terminal.note("No rules yet. For example: newsreader rule add sports football --mute")
        return 1
    return 0


def _add(arguments: Namespace, terminal: Terminal) -> int:
    name, query, tags = _stated(arguments.words)
    if arguments.first and arguments.last:
        raise UsageProblem("--first", "contradicts --last", "Give one of them")
    ends_at = end_of(arguments.until, "--until") if arguments.until else None
    new = Rule(
        name,
        query,
        tags,
        arguments.star,
        arguments.read,
        arguments.mute,
        not arguments.off,
        ends_at,
        arguments.notify,
        arguments.run or "",
        arguments.first - arguments.last,
    )
    check(new)
    note_hints(query, terminal)
    with open_library(arguments, terminal) as library:
        library.rules.put(new)
        tried = library.rules.trial(new)
    terminal.line(f"Added the rule {name}: {doing(new)}.")
    terminal.note(f"Of the last 30 days it would act on {counted(len(tried), 'article')}.")
    return 0


def _stated(words: Sequence[str]) -> tuple[str, str, tuple[str, ...]]:
    """Name, query and tags: the words with + are tags."""
    tags = tuple(clean_line(word[1:]).strip() for word in words if word[:1] == "+")
    rest = [word for word in words if word[:1] != "+"]
    name = clean_line(rest[0]).strip() if rest else ""
    query = clean_line(" ".join(rest[1:])).strip()
    if not name or not query or not all(tags):
        raise UsageProblem(
            "rule add",
            "needs a name and a query, then what to do",
            "For example: newsreader rule add chips 'nvidia OR tsmc' +ai/chips",
        )
    return name, query, tags


def _test(library: Library, found: Rule, arguments: Namespace, terminal: Terminal) -> int:
    rows = library.rules.trial(found, arguments.days)
    if arguments.json:
        terminal.json_list(map(summary_fields, rows))
        return 0 if rows else 1
    terminal.lines(lines_of(iter(rows[:_SHOWN]), terminal))
    more = f"; the first {_SHOWN} are listed" if len(rows) > _SHOWN else ""
    terminal.note(
        f"{clean_line(found.name)} ({doing(found)}) would act on"
        f" {counted(len(rows), 'article')} of the last {arguments.days} days{more}."
    )
    return 0 if rows else 1


def _apply(library: Library, found: Rule, arguments: Namespace, terminal: Terminal) -> int:
    if not agreed(library.count(found.query), arguments, terminal):
        terminal.note("Nothing was changed.")
        return 1
    terminal.line(f"{counted(library.rules.apply(found), 'article')} changed")
    return 0


def rule_fields(each: Rule) -> dict[str, object]:
    """A rule as `rule list --json` gives it."""
    return {
        "name": each.name,
        "query": each.query,
        "tags": list(each.tags),
        "star": each.star,
        "read": each.read,
        "mute": each.mute,
        "on": each.on,
        "ends_at": instant(each.ends_at),
        "notify": each.notify,
        "run": each.command or None,
        "priority": each.priority,
    }
