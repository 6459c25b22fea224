"""The registry with a reader's own keys: what each key does in each pane, and how it is said.

Keys come in three layers, the later before the earlier: the registry's, a preset's, the reader's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from string import Formatter

from reader.config import Keys, Settings, Source
from reader.errors import ConfigError
from reader.settings_checks import nearest
from reader.tui.actions import FOOTERS, PANES, REGISTRY, Action, Pane
from reader.tui.key_spelling import problem_of_key
from reader.tui.keys import presses_of
from reader.tui.presets import NARROWED, PRESETS, Narrowed


class KeyClash(ValueError):
    """Two actions want the same key in the same pane, or one key begins the other's sequence.

    `action`, with its `key`, met `other` in `pane`.
    """

    def __init__(self, action: Action, key: str, other: Action, met: str, pane: Pane) -> None:
        self.action, self.key, self.other, self.met, self.pane = action, key, other, met, pane
        super().__init__(f"{key!r} of {action.id} meets {met!r} of {other.id} in the pane {pane}")


class Keymap:
    """The actions with the keys that they have now; raises KeyClash.

    `narrowed` are keys of actions that work in fewer panes than these.
    """

    def __init__(
        self,
        keys: Mapping[str, tuple[str, ...]] | None = None,
        narrowed: Mapping[str, Narrowed] | None = None,
    ) -> None:
        chosen, fewer = keys or {}, narrowed or {}
        self.actions = tuple(
            replace(
                action,
                keys=chosen.get(action.id, action.keys),
                narrowed=fewer.get(action.id, action.narrowed),
            )
            for action in REGISTRY
        )
        self.by_id = {action.id: action for action in self.actions}
        self.bindings = {pane: bindings(pane, self.actions) for pane in PANES}

    def footer_actions(self, pane: Pane) -> list[Action]:
        """The actions that the footer offers in a pane, most wanted first."""
        offered = [self.by_id[name] for name in FOOTERS[pane].split()]
        return [action for action in offered if action.keys_in(pane)]

    def key_parts(self, words: str) -> list[tuple[str, bool]]:
        """The words in pieces, and whether each is a key: that of the action that `{id}` names.

        Raises KeyError for an action that is not in the registry. Not for foreign text.
        """
        parts: list[tuple[str, bool]] = []
        for text, name, _, _ in Formatter().parse(words):
            parts += [(text, False)] if text else []
            parts += [(self.by_id[name].key, True)] if name is not None else []
        return parts

    def with_keys(self, words: str) -> str:
        """The same as one text."""
        return "".join(text for text, _ in self.key_parts(words))


def bindings(pane: Pane, registry: Iterable[Action]) -> dict[tuple[str, ...], Action]:
    """What each key sequence does in a pane; raises KeyClash."""
    found: dict[tuple[str, ...], Action] = {}
    for action in registry:
        if pane not in action.panes:
            continue
        for key in action.keys_in(pane):
            _refuse_clash(pane, action, key, found)
            found[presses_of(key)] = action
    return found


def _refuse_clash(
    pane: Pane, action: Action, key: str, found: Mapping[tuple[str, ...], Action]
) -> None:
    presses = presses_of(key)
    for known, other in found.items():
        length = min(len(known), len(presses))
        if known[:length] == presses[:length] and other.id != action.id:
            raise KeyClash(action, key, other, "".join(known), pane)


def keymap_of(settings: Settings) -> Keymap:
    """The keys that settings ask for; raises ConfigError, naming file and line."""
    keys, source = settings.keys, settings.source
    if keys.preset and keys.preset not in PRESETS:
        why = f"there is no preset {keys.preset!r}"
        raise ConfigError(source.place("keys", "preset"), why, nearest(keys.preset, PRESETS))
    known = [action.id for action in REGISTRY]
    for name, chosen in keys.chosen.items():
        place = source.place
        if name not in known:
            remedy = nearest(name, known)
            raise ConfigError(place("keys", name), f"there is no action {name!r}", remedy)
        for key in chosen:
            if problem := problem_of_key(key, name):
                raise ConfigError(place("keys", name), f"keys.{name} is {key!r}", problem)
    try:
        return Keymap(layered(keys), NARROWED.get(keys.preset))
    except KeyClash as clash:
        raise _refusal(clash, keys, source) from None


def layered(keys: Keys) -> dict[str, tuple[str, ...]]:
    """The keys of the actions that a preset or the reader gives other ones."""
    return {**PRESETS.get(keys.preset, {}), **keys.chosen}


def _refusal(clash: KeyClash, keys: Keys, source: Source) -> ConfigError:
    """The clash as a person can mend it: at the line of one of the two that the reader chose."""
    ours, others = clash.action.id, clash.other.id
    key, met = clash.key, clash.met
    if ours not in keys.chosen:
        ours, others, key, met = others, ours, met, key
    where = source.place("keys", ours)
    both = (
        f"{key!r}, which {others} has"
        if key == met
        else f"{key!r}, which meets {met!r} of {others}"
    )
    if others in keys.chosen:
        both += f" (line {source.line('keys', others)})"
    why = f"keys.{ours} is {both} in the pane {clash.pane}"
    return ConfigError(where, why, f"Give {others} another key, or [] for none")
