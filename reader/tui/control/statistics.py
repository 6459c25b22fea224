"""The figures of one's reading, counted in a lane and shown over the panes."""

from __future__ import annotations

from os import environ
from typing import TYPE_CHECKING

from reader.locales import shows_unicode

if TYPE_CHECKING:
    from archive.index_statistics import Statistics
    from reader.tui.control.desk import Desk


def show_statistics(desk: Desk) -> None:
    """Open the screen at once; its figures come when they are counted."""
    from reader.tui.screens.statistics import StatisticsScreen

    plain = desk.settings.ascii or not shows_unicode(environ)
    screen = StatisticsScreen(ascii_only=plain)

    def show(found: Statistics) -> None:
        if screen.is_running:
            screen.show(found)

    desk.open(screen)
    desk.background.ask("counts", desk.library.subscriptions.statistics, show)
