"""What every screen over the panes is: it leaves once, however often its leaving key is pressed."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from reader.tui.keys_in_order import is_covered, type_again

T = TypeVar("T")


class Dialog(ModalScreen[T], Generic[T]):
    """A modal screen; keys that were pressed ahead still reach it when it has left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "redraw", show=False, priority=True)]

    def action_redraw(self) -> None:
        """Draw the whole terminal anew."""
        self.refresh()

    async def on_event(self, event: events.Event) -> None:
        """Leave keys that were pressed ahead to a dialog that opened over this one."""
        if isinstance(event, events.Key) and is_covered(self):
            type_again(event, self.app)
            return
        await super().on_event(event)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leaves with a result. Nothing where it left already: the screen below would go too."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
