"""What a person has used of the app so far, and the small file that remembers it.

Losing it costs nothing but some hints shown again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reader.tui.state_file import read_state, write_state


@dataclass(frozen=True, slots=True)
class Habits:
    """Ids of actions that were used, and how often the hint about an action was shown."""

    used: frozenset[str] = frozenset()
    shown: Mapping[str, int] = field(default_factory=dict)

    def with_used(self, action: str) -> Habits:
        """The habits after an action was used."""
        return Habits(self.used | {action}, self.shown)

    def with_shown(self, action: str) -> Habits:
        """The habits after the hint about an action was shown once more."""
        return Habits(self.used, {**self.shown, action: self.shown.get(action, 0) + 1})

    def joined(self, other: Habits) -> Habits:
        """What either knows, for two programs that run at once."""
        actions = {*self.shown, *other.shown}
        shown = {a: max(self.shown.get(a, 0), other.shown.get(a, 0)) for a in actions}
        return Habits(self.used | other.used, shown)


class HabitsFile:
    """The file as it was when the program started; `save` writes it anew.

    Both block. `is_new` says that nothing was known: no file, or none that can be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        found = read_habits(path)
        self.is_new: bool = found is None
        self.habits: Habits = found or Habits()

    def save(self, habits: Habits) -> None:
        """Write habits, joined with what another program wrote meanwhile."""
        habits = habits.joined(read_habits(self._path) or Habits())
        content = {"used": sorted(habits.used), "shown": dict(sorted(habits.shown.items()))}
        write_state(self._path, content, "what was used of the hints")


def read_habits(path: Path) -> Habits | None:
    """The habits in a file; None where there is none that can be read. Strange parts are left."""
    content = read_state(path)
    if content is None:
        return None
    used, shown = content.get("used"), content.get("shown")
    return Habits(
        frozenset(a for a in used if isinstance(a, str)) if isinstance(used, list) else frozenset(),
        {a: n for a, n in shown.items() if type(n) is int} if isinstance(shown, dict) else {},
    )
