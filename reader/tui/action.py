"""One thing that a person can do in the app, with the keys for it and the panes where they work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from reader.tui.action_words import WORDS

Pane = Literal["feeds", "tags", "articles", "search", "text"]
PANES: tuple[Pane, ...] = get_args(Pane)
LEFT: tuple[Pane, ...] = ("feeds", "tags")
LISTS: tuple[Pane, ...] = ("articles", "search")
ARTICLE: tuple[Pane, ...] = ("articles", "search", "text")

GROUPS = ("Move", "Read", "Mark", "Find", "Feeds", "Program")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do.

    `label` is for the footer (a word or two), `description` for help and README (a sentence).
    `panes` is where its keys work.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    description: str
    group: str
    panes: tuple[Pane, ...] = PANES
    narrowed: tuple[tuple[str, tuple[Pane, ...]], ...] = ()
    """Keys that work in fewer panes than the action, each with those."""

    def keys_in(self, pane: Pane) -> tuple[str, ...]:
        """The keys that it has in a pane."""
        narrowed = dict(self.narrowed)
        return tuple(key for key in self.keys if pane in narrowed.get(key, self.panes))

    @property
    def key(self) -> str:
        """The key that it is called by; for one without a key, its name on the command line."""
        return self.keys[0] if self.keys else f":{self.id}"

    @property
    def words(self) -> str:
        """Further words that the palette finds it by, and shows nowhere."""
        return WORDS.get(self.id, "")
