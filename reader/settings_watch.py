"""The settings of a program that runs for long: read again when their file has changed."""

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

    `check` looks at more than their shape; it raises ConfigError.
    """

    def __init__(self, path: Path | None, check: Callable[[Settings], object]) -> None:
        self._path = path
        self._check = check
        self._stamp = self._look()

    def changed(self) -> Settings | ConfigError | None:
        """The settings as they are now, or what is wrong with them; None if they did not change."""
        stamp = self._look()
        if stamp == self._stamp:
            return None
        self._stamp = stamp
        try:
            settings = load_settings(self._path)
            self._check(settings)
        except ConfigError as error:
            return error
        return settings

    def _look(self) -> Stamp:
        try:
            found = (self._path or config_path()).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size
