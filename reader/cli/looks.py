"""Whether the theme of the settings is one: what the app says as it starts, for config and doctor.

Textual's themes are Textual's to know, so this loads it, which takes a third of a second, where
the theme is another than the one that everybody has.
"""

from __future__ import annotations

from argparse import Namespace

from reader.cli.session import config_file
from reader.config import Settings
from reader.errors import ConfigError
from reader.paths import config_path
from reader.settings_checks import nearest


def check_theme(arguments: Namespace, settings: Settings) -> list[str]:
    """What is wrong with the files of the reader's own themes, a line each.

    Raises ConfigError where there is no theme of the name that the settings have.
    """
    folder = (config_file(arguments) or config_path()).with_name("themes")
    if settings.theme == Settings().theme and not folder.exists():
        return []
    from textual.theme import BUILTIN_THEMES

    from reader.tui.themes import THEMES
    from reader.tui.user_themes import load_themes

    own, problems = load_themes(folder)
    known = sorted({*BUILTIN_THEMES, *(theme.name for theme in (*THEMES, *own))})
    if settings.theme not in known:
        why = f"there is no theme {settings.theme!r}"
        raise ConfigError(settings.source.place("theme"), why, nearest(settings.theme, known))
    return problems
