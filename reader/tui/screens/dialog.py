"""What every screen over the panes is: it leaves once, however often its leaving key is pressed."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

T = TypeVar("T")


class Dialog(ModalScreen[T], Generic[T]):
    """A modal screen; keys that were pressed ahead still reach it when it has left."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leaves with a result. Nothing where it left already: the screen below would go too."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
