"""Keys that are typed faster than a prompt can open.

Textual hands a key to the widget that has the focus when the key arrives. What is typed right
after `+` or `/` therefore reaches the list that had it, and must be handed on to the line.
"""

from __future__ import annotations

from copy import copy

from textual import events
from textual.widget import Widget


def hand_on(event: events.Key, target: Widget) -> None:
    """Give a key to another widget instead."""
    again = copy(event)
    event.stop()
    event.prevent_default()
    target.post_message(again)
