"""An app whose keys act in the order they were typed in, also while a screen opens over another.

A key goes to the widget that has the focus when it arrives, and from there up to the screen. What
is typed right after `+` is on its way to the list below while the prompt opens, and later keys
would overtake it. So from the opening on keys wait, until those that were under way have come to
the screen below, and the new one can take them.
"""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

PATIENCE = 1.0
"""Seconds after which keys wait no longer, whatever became of the screen that opened."""


class KeysInOrder(App[str]):
    """Keys typed ahead go to the screen that opens, before all later ones."""

    _under_way: list[events.Key]
    _later: list[events.Key]
    _opening = False

    def push_screen(self, screen: Any, *options: Any, **named: Any) -> Any:
        """Open a screen; keys wait until it can take them."""
        below = self.screen if self._screen_stack else None
        opened = super().push_screen(screen, *options, **named)
        if below is not None and isinstance(screen, Screen) and not self._opening:
            self._opening = True
            self._under_way, self._later = [], []
            self._follow(below.focused or below, below, screen)
            self.set_timer(PATIENCE, self._hand_over)
        return opened

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait while a screen opens."""
        if self._opening and isinstance(event, events.Key) and not event.is_forwarded:
            self._later.append(event)
            return
        await super().on_event(event)

    def take_key(self, event: events.Key) -> None:
        """Take a key that came to a screen that another one covers by now."""
        event.stop()
        event.prevent_default()
        again = events.Key(event.key, event.character)
        if self._opening:
            self._under_way.append(again)
        else:
            self.post_message(again)

    def _follow(self, node: DOMNode, below: Screen[Any], opened: Screen[Any]) -> None:
        """Go the way of the keys that are under way: what goes it later comes after them."""
        if node is below or node.parent is None:
            below.call_later(opened.call_after_refresh, self._hand_over)
        else:
            node.call_later(self._follow, node.parent, below, opened)

    async def _hand_over(self) -> None:
        """Give the keys that waited to the screen that is open now."""
        if not self._opening:
            return
        while waiting := [*self._under_way, *self._later]:
            self._under_way, self._later = [], []
            for event in waiting:
                await super().on_event(event)
        self._opening = False


def type_again(event: events.Key, app: App[Any]) -> None:
    """Let a key be taken by the screen that is open by now."""
    if isinstance(app, KeysInOrder):
        app.take_key(event)


def is_covered(screen: Screen[Any]) -> bool:
    """Whether another screen lies over this one; one that was left is not covered."""
    return screen.app.screen is not screen and screen in screen.app.screen_stack
