"""Key presses by the names that people use, and sequences of them such as `gg` and `]s`."""

from __future__ import annotations

from collections.abc import Mapping
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
    "backspace": "Backspace",
    "delete": "Delete",
    "insert": "Insert",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}
"""Textual's names of keys without a character, and ours."""
_NAMES = frozenset(NAMED.values())
_DIGITS = frozenset("0123456789")
MOST_COUNTED = 9_999
"""The largest count; further digits are passed over."""


def press_name(key: str, character: str | None) -> str:
    """Our name of a press that Textual calls `key`: `j`, `C-d`, `Enter`; a character as itself."""
    if key in NAMED:
        return NAMED[key]
    for theirs, ours in (("ctrl+", "C-"), ("alt+", "A-")):
        if key.startswith(theirs):
            return f"{ours}{key.removeprefix(theirs)}"
    if character is not None and character.isprintable():
        return character
    return key


def presses_of(key: str) -> tuple[str, ...]:
    """The presses that a key of the registry stands for: `gg` is two, `C-d` and `Enter` one.

    With spaces between them all presses can be told: `C-x s`.
    """
    if len(parts := key.split()) > 1:
        return tuple(press for part in parts for press in presses_of(part))
    if key in _NAMES or (len(key) == len("C-x") and key.startswith(("C-", "A-"))):
        return (key,)
    return tuple(key)


class Sequence(Generic[T]):
    """Presses so far, matched against key sequences; a press that fits nothing starts over.

    Digits before a sequence are its count, as in `5j`; a digit that is a key is its own count, and
    0 is ten.
    """

    def __init__(self) -> None:
        self.pending: tuple[str, ...] = ()
        self.digits = ""
        """The count so far; empty without one."""

    def press(self, name: str, bindings: Mapping[tuple[str, ...], T]) -> T | None:
        """What the presses so far mean; None while they mean nothing (`pending` tells if yet)."""
        if not self.pending and (name,) in bindings and name in _DIGITS:
            self.digits = "10" if name == "0" else name
            return bindings[name,]
        if self._counts(name):
            return None
        for presses in ((*self.pending, name), (name,)):
            self.pending = ()
            if presses in bindings:
                return bindings[presses]
            if any(_begins(presses, known) for known in bindings):
                self.pending = presses
                return None
        self.digits = ""
        return None

    def take_count(self) -> int | None:
        """The count that was typed before the sequence, None without one; it is used up by this."""
        digits, self.digits = self.digits, ""
        return int(digits) if digits else None

    def _counts(self, name: str) -> bool:
        if self.pending or name not in _DIGITS or (name == "0" and not self.digits):
            return False
        if int(self.digits + name) <= MOST_COUNTED:
            self.digits += name
        return True


def _begins(start: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return bool(start) and len(start) < len(whole) and whole[: len(start)] == start
