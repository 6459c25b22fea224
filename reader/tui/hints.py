"""The hints of the first days: one sentence about a key at a time, until it is used or was seen.

A pure choice from a table. What is remembered is in `habits`, what is shown in `control.hinting`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from reader.tui.actions import Pane
from reader.tui.habits import Habits

MOST_SHOWN = 5
"""How often a hint that nobody follows is shown at all."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence about an action, which fades when that action is used.

    `words` name keys as `{id}` of the registry. `panes` is where it helps; `after` is the action
    that must have been used before.
    """

    action: str
    panes: tuple[Pane, ...]
    words: str
    after: str = ""


HINTS: tuple[Hint, ...] = (
    Hint(
        "tags",
        ("feeds", "articles", "text"),
        "{tags} shows all tags and their articles.",
        after="tag",
    ),
    Hint("open", ("feeds",), "{open} goes to the articles, {back} back."),
    Hint(
        "read_on",
        ("articles",),
        "{open} opens an article, then {read_on} reads on.",
    ),
    Hint(
        "read_on",
        ("text",),
        "{read_on} turns the page, then opens the next unread.",
    ),
    Hint("star", ("text",), "{star} stars an article; {undo} takes that back."),
    Hint("tag", ("text",), "{tag} tags an article, to find it with others like it."),
    Hint("search", ("articles",), "{search} searches everything, also the texts."),
    Hint(
        "fold_story",
        ("articles",),
        "{fold_story} opens the story in this row: ×3 articles tell it.",
    ),
    Hint("follow", ("text",), "{follow} puts letters on links; a letter opens its link."),
    Hint("refresh_all", ("feeds",), "{refresh_all} asks all feeds for what is new."),
    Hint(
        "select",
        ("articles",),
        "{select} selects articles; {star}, {tag} and {toggle_read} then act on them all.",
    ),
    Hint("palette", ("feeds",), "{palette} finds any action by its words; {help} shows all keys."),
)
"""All hints, those that come first before the others."""

TAUGHT = frozenset(hint.action for hint in HINTS)
"""The actions whose use is remembered: those that hints are about, and no others."""


def has_faded(action: str, habits: Habits) -> bool:
    """Whether the hints about an action are not shown any more."""
    return action in habits.used or habits.shown.get(action, 0) >= MOST_SHOWN


def hint_for(pane: Pane, habits: Habits, can_act: Callable[[str], bool]) -> Hint | None:
    """The hint that helps in a pane now; `can_act` says whether an action would do something."""
    for hint in HINTS:
        is_early = bool(hint.after) and hint.after not in habits.used
        if pane not in hint.panes or is_early or has_faded(hint.action, habits):
            continue
        if can_act(hint.action):
            return hint
    return None


def all_faded(actions: Collection[str] = TAUGHT) -> Habits:
    """The habits of a person who needs no hint."""
    return Habits(shown=dict.fromkeys(actions, MOST_SHOWN))
