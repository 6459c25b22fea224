"""The registry as tables: for the help page, and for the README."""

from __future__ import annotations

from collections.abc import Sequence

from reader.tui.actions import GROUPS, PANES, REGISTRY, Action, Pane


def help_groups(
    pane: Pane | None = None, registry: Sequence[Action] = REGISTRY
) -> list[tuple[str, list[Action]]]:
    """Actions by group in the registry's order: those of one pane, or all."""
    chosen = [action for action in registry if pane is None or pane in action.panes]
    groups = [(name, [action for action in chosen if action.group == name]) for name in GROUPS]
    return [(name, actions) for name, actions in groups if actions]


def where(action: Action) -> str:
    """The panes of an action in words; empty when it works in all."""
    return "" if set(action.panes) == set(PANES) else ", ".join(action.panes)


def readme_table() -> str:
    """The table of keys as Markdown, for the README; a test holds the two together."""
    lines = ["| keys | does | panes |", "|---|---|---|"]
    for _, actions in help_groups():
        for action in actions:
            keys = " ".join(f"`{key}`" for key in action.keys)
            lines.append(f"| {keys} | {action.description} | {where(action) or 'all'} |")
    return "\n".join(lines) + "\n"
