"""Key presses by the names that people use, and sequences of them such as `gg` and `]s`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")

NAMED = {
    "enter": "Enter",
    "escape": "Escape",
    "tab": "Tab",
    "shift+tab": "S-Tab",
    "space": "Space",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}
"""Textual's names of keys without a character, and ours."""


def press_name(key: str, character: str | None) -> str:
    """Our name of a press that Textual calls `key`: `j`, `C-d`, `Enter`; a character as itself."""
    if key in NAMED:
        return NAMED[key]
    if key.startswith("ctrl+"):
        return f"C-{key.removeprefix('ctrl+')}"
    if character is not None and character.isprintable():
        return character
    return key


def presses_of(key: str) -> tuple[str, ...]:
    """The presses that a key of the registry stands for: `gg` is two, `C-d` and `Enter` one."""
    if key in NAMED.values() or key.startswith("C-"):
        return (key,)
    return tuple(key)


class Sequence(Generic[T]):
    """Presses so far, matched against key sequences; a press that fits nothing starts over."""

    def __init__(self) -> None:
        self.pending: tuple[str, ...] = ()

    def press(self, name: str, bindings: Mapping[tuple[str, ...], T]) -> T | None:
        """What the presses so far mean; None while they mean nothing (`pending` tells if yet)."""
        for presses in ((*self.pending, name), (name,)):
            self.pending = ()
            if presses in bindings:
                return bindings[presses]
            if any(_begins(presses, known) for known in bindings):
                self.pending = presses
                return None
        return None

    def continuations(self, bindings: Mapping[tuple[str, ...], T]) -> Iterable[tuple[str, T]]:
        """What may follow the pending presses: the remaining keys and what they would do."""
        for known, value in bindings.items():
            if _begins(self.pending, known):
                yield "".join(known[len(self.pending) :]), value


def _begins(start: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return bool(start) and len(start) < len(whole) and whole[: len(start)] == start
