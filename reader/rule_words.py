"""What a rule does, in words for every front end."""

from __future__ import annotations

from archive.characters import clean_line
from archive.rule_models import Rule

BY_HAND = "you"
"""The name in `hidden_by` of what the reader hid, not a rule."""


def doing(rule: Rule) -> str:
    """What a rule does with an article, such as `+ai, star, hide`."""
    words = [f"+{clean_line(tag)}" for tag in rule.tags]
    words += ["star"] * rule.star + ["mark as read"] * rule.read + ["hide"] * rule.mute
    words += ["put first"] * (rule.priority > 0) + ["put last"] * (rule.priority < 0)
    words += ["notify"] * rule.notify
    words += [f"run {clean_line(rule.command)}"] if rule.command else []
    return ", ".join(words)


def hidden_words(hidden_by: str) -> str:
    """Why an article is in no list."""
    if hidden_by == BY_HAND:
        return "Hidden by you."
    return f"Hidden by the rule {clean_line(hidden_by)}."
