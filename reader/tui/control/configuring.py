"""Settings that change while the app runs: theme, keys and looks show at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.theme import Theme

from reader.config import Settings
from reader.errors import ConfigError
from reader.settings_watch import SettingsWatch
from reader.tui.control.keying import give_keys
from reader.tui.keymap import Keymap, keymap_of
from reader.tui.looks import show_looks
from reader.tui.user_themes import load_themes

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk


@dataclass(frozen=True, slots=True)
class _Found:
    settings: Settings
    keymap: Keymap
    themes: list[Theme]
    problems: list[str]


class Configuring:
    """Looks at the settings' files now and then; without a watch nothing is looked at."""

    def __init__(self, desk: Desk, watch: SettingsWatch | None) -> None:
        self._desk = desk
        self._watch = watch

    def look(self) -> None:
        """Take in what has changed, read in a lane's thread."""
        watch = self._watch
        if watch is None:
            return

        def read() -> _Found | ConfigError | None:
            changed = watch.changed()
            if not isinstance(changed, Settings):
                return changed
            return _Found(changed, keymap_of(changed), *load_themes(watch.themes_folder))

        self._desk.background.ask("watch", read, self._looked)

    def _looked(self, found: _Found | ConfigError | None) -> None:
        if isinstance(found, ConfigError):
            self._desk.say(f"{found} Until then the settings stay as they were.", severity="error")
        elif found is not None:
            self._take(found)

    def _take(self, found: _Found) -> None:
        desk, settings, before = self._desk, found.settings, self._desk.settings
        desk.settings = settings
        give_keys(desk, found.keymap)
        desk.widgets.text.measure = settings.measure
        desk.panes.arrange(desk.screen.size)
        desk.pictures.begin()
        desk.widgets.results.show_snippets = not settings.compact
        if settings.fold_stories != before.fold_stories:
            desk.folding.show(by_story=settings.fold_stories)
        desk.hinting.keys_changed()
        problem = show_looks(desk.screen.app, settings, found.themes)
        desk.title_changed()
        if problems := [*found.problems, *filter(None, [problem])]:
            desk.say(" ".join(problems), severity="warning")
        else:
            desk.status("Settings taken in", 4)
