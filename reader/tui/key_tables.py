"""The registry as tables: for the help page, and for the README."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.tui.actions import GROUPS, PANES, REGISTRY, Action, Pane
from reader.tui.presets import NARROWED, PRESETS


def help_groups(
    pane: Pane | None = None, registry: Sequence[Action] = REGISTRY
) -> list[tuple[str, list[Action]]]:
    """Actions by group in the registry's order: those of one pane, or all."""
    chosen = [action for action in registry if pane is None or pane in action.panes]
    if pane is not None:
        chosen = [replace(action, keys=action.keys_in(pane)) for action in chosen]
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


def presets_table() -> str:
    """What each preset does by which keys, where that is not the registry's, as Markdown."""
    lines = ["| does | " + " | ".join(PRESETS) + " |", "|---|" + "---|" * len(PRESETS)]
    for action in REGISTRY:
        if any(action.id in chosen for chosen in PRESETS.values()):
            cells = " | ".join(_cell(preset_keys(name, action)) for name in PRESETS)
            lines.append(f"| `{action.id}` | {cells} |")
    return "\n".join(lines) + "\n"


def preset_keys(preset: str, action: Action) -> list[str]:
    """The keys that an action has in a preset, `n (not in text)`; none if the registry's hold."""
    narrowed = dict(NARROWED.get(preset, {}).get(action.id, ()))
    return [
        key + (f" (not in {_others(narrowed[key])})" if key in narrowed else "")
        for key in PRESETS[preset].get(action.id, ())
    ]


def _others(panes: Sequence[Pane]) -> str:
    return ", ".join(pane for pane in PANES if pane not in panes)


def _cell(keys: Sequence[str]) -> str:
    parts = (key.partition(" ") for key in keys)
    return " ".join(f"`{key}`{space}{rest}" for key, space, rest in parts)
