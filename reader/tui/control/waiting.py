"""The end of a wait that the status tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk


def give_up(desk: Desk, error: Exception) -> None:
    """Wait no longer for what the status told of, and tell why."""
    desk.status("")
    desk.warn(error)
