"""What a person may state of one rule."""

from __future__ import annotations

from archive.rule_models import Rule
from reader.rule_settings import changed, check, shown
from reader.tui.screens.form import Form, Line

LINES = {
    "name": ("Name", "What the rule is called; hidden articles say it."),
    "query": ("Query", "What it acts on: the language of the search."),
    "tags": ("Tags", "It gives them, with commas between them."),
    "star": ("Star", "on: it stars."),
    "read": ("Read", "on: it marks as read."),
    "hide": ("Hide", "on: in no list and no count, but under is:hidden."),
    "notify": ("Notify", "on: each refresh tells of it."),
    "run": ("Run", "A line of the shell that gets it as Markdown, e.g. tee -a ~/chips.md."),
    "priority": ("Priority", "first or last: where it stands with rare voices first (S)."),
    "until": ("Until", "The last day that it acts on, such as 2026-12-31; empty: for ever."),
}
"""What a form asks of a rule: labels and meanings."""


class RuleForm(Form[Rule]):
    """Asks for a rule. One that has a name keeps it: articles say which rule hid them."""

    def __init__(self, rule: Rule) -> None:
        before = shown(rule)
        lines = {
            key: Line(label, before[key], meaning)
            for key, (label, meaning) in LINES.items()
            if key != "name" or not rule.name
        }
        title = f"Rule {rule.name}" if rule.name else "A new rule"
        super().__init__(title, rule, lines, changed, check)
