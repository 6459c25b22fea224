"""Settings that change while the app runs: theme, keys and looks show at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.config import Settings
from reader.errors import ConfigError
from reader.settings_watch import SettingsWatch
from reader.tui.control.keying import give_keys
from reader.tui.keymap import keymap_of
from reader.tui.looks import show_looks

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk


class Configuring:
    """Looks at the settings' file now and then; without a watch nothing is looked at."""

    def __init__(self, desk: Desk, watch: SettingsWatch | None) -> None:
        self._desk = desk
        self._watch = watch

    def look(self) -> None:
        """Take in what has changed, read in a lane's thread."""
        if self._watch is not None:
            self._desk.background.ask("watch", self._watch.changed, self._looked)

    def _looked(self, found: Settings | ConfigError | None) -> None:
        if isinstance(found, ConfigError):
            self._desk.say(f"{found} Until then the settings stay as they were.", severity="error")
        elif found is not None:
            self._take(found)

    def _take(self, settings: Settings) -> None:
        self._desk.settings = settings
        give_keys(self._desk, keymap_of(settings))
        self._desk.widgets.text.measure = settings.measure
        if problem := show_looks(self._desk.screen.app, settings):
            self._desk.say(problem, severity="warning")
        self._desk.title_changed()
        self._desk.status("Settings taken in", 4)
