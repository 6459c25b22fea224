"""How keys are written in the settings, and what to say of one that is written otherwise."""

from __future__ import annotations

import difflib

from reader.tui.keys import NAMED, presses_of

MOST_PRESSES = 3
"""The longest sequence without spaces: longer ones are names of keys, misspelled."""
_NAMES = tuple(NAMED.values())
# What a terminal sends for them is another key, or the program cannot be without them.
_TAKEN = {
    "C-i": "A terminal sends Tab for it: write Tab",
    "C-m": "A terminal sends Enter for it: write Enter",
    "C-[": "A terminal sends Escape for it: write Escape",
    "C-h": "Many terminals send Backspace for it: write Backspace",
    "C-c": "It breaks off; choose another key",
    "C-q": "It always quits; choose another key",
}


NUMBERED = "open_link"
"""The action that digits may be keys of: each is the number of a link."""


def problem_of_key(key: str, action: str = "") -> str:
    """What to do about a key that an action cannot have; empty for one that it can."""
    if not key.strip():
        return "Name a key, or write [] for none"
    for part in key.split():
        if problem := _problem_of_part(part):
            return problem
    if presses_of(key)[0] in tuple("123456789") and not (action == NUMBERED and len(key) == 1):
        return "Digits are counts, as in 5j; choose another key"
    return ""


def _problem_of_part(part: str) -> str:
    if part in _NAMES:
        return ""
    if part in _TAKEN:
        return _TAKEN[part]
    if part.startswith(("C-", "A-")) and len(part) > len("C-"):
        modifier, letter = part[:2], part[2:]
        if len(letter) > 1 or not letter.isascii() or not letter.isalnum() or letter.isupper():
            return f"After {modifier} comes one small letter or a digit"
        return ""
    meant = next((name for name in _NAMES if name.casefold() == part.casefold()), "")
    near = difflib.get_close_matches(part.capitalize(), _NAMES, n=1) if len(part) > 1 else []
    if meant or (near and part[0].isupper() and part[1:].islower()):
        return f"Did you mean {meant or near[0]}?"
    if len(part) > MOST_PRESSES:
        return f"Keys are single signs, C-x, A-x, {', '.join(_NAMES[:16])} and F1 to F12"
    if not part.isprintable():
        return "It cannot be typed; choose another key"
    return ""
