"""The settings of a program that runs for long: read again when their files have changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reader.config import Settings, load_settings
from reader.errors import ConfigError
from reader.paths import config_path

Stamp = tuple[int, int] | None
"""Time of change and size of a file; None for one that is not there."""


class SettingsWatch:
    """Tells of settings that have changed. `path` is the file named, None for the user's own.

    `check` looks at more than their shape; it raises ConfigError. All of this blocks.
    """

    def __init__(self, path: Path | None, check: Callable[[Settings], object]) -> None:
        self._path = path
        self._check = check
        self._stamps = self._look()

    @property
    def themes_folder(self) -> Path:
        """Where the reader's own themes are: beside the settings."""
        return (self._path or config_path()).with_name("themes")

    def changed(self) -> Settings | ConfigError | None:
        """The settings as they are now, or what is wrong with them; None if nothing changed.

        A theme that changed counts as a change.
        """
        stamps = self._look()
        if stamps == self._stamps:
            return None
        self._stamps = stamps
        try:
            settings = load_settings(self._path)
            self._check(settings)
        except ConfigError as error:
            return error
        return settings

    def _look(self) -> dict[Path, Stamp]:
        try:
            themes = list(self.themes_folder.glob("*.toml"))
        except OSError:
            themes = []
        return {path: _stamp(path) for path in (self._path or config_path(), *themes)}


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
