"""A short list to pick from, in prompts of their own: Textual's option list with this app's keys.

For some hundred rows; what may hold thousands is drawn by article_list.py and side_list.py.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from reader.tui.keys_in_order import is_covered, type_again


class PickList(OptionList):
    """Enter or a click picks; j k, arrows, g G and half pages move."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
        Binding("ctrl+d,ctrl+f,space", "page_down", show=False),
        Binding("ctrl+u,ctrl+b", "page_up", show=False),
        Binding("l", "select", show=False),
    ]
    DEFAULT_CSS = """
    PickList {
        height: auto;
        padding: 0;
        border: none;
        background: $surface;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: $foreground 0%; }
        & > .option-list--option { padding: 0; }
        & > .option-list--option-highlighted {
            color: auto 100%; background: $cursor-bar-blurred; text-style: none;
        }
        &:focus > .option-list--option-highlighted {
            color: auto 100%; background: $cursor-bar; text-style: none;
        }
        & > .option-list--option-disabled { color: $text-muted; }
        & > .option-list--option-hover { background: $panel; }
    }
    """

    async def on_event(self, event: events.Event) -> None:
        """Leave keys that were pressed ahead to a dialog that opened over this list."""
        if isinstance(event, events.Key) and is_covered(self.screen):
            type_again(event, self.app)
            return
        await super().on_event(event)
