"""How the app looks, by the settings: its theme, and what is drawn in place of other signs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.app import App

from reader.config import Settings
from reader.settings_checks import nearest
from reader.tui.themes import THEMES


def theme_for(settings: Settings, known: Iterable[str]) -> str:
    """The theme that is asked for; the first of ours if there is none of that name."""
    return settings.theme if settings.theme in known else THEMES[0].name


def theme_problem(settings: Settings, known: Iterable[str]) -> str:
    """What to say of a theme that there is not; empty for one that there is."""
    names = sorted(known)
    if settings.theme in names:
        return ""
    source = settings.source
    start = f"{source.place('theme')}: there" if source.path else "There"
    near = nearest(settings.theme, names).rstrip(".")
    return f"{start} is no theme {settings.theme!r}. {near}{'' if near.endswith('?') else '.'}"


def show_looks(app: App[Any], settings: Settings) -> str:
    """Show the looks of these settings at once; what is wrong with them in words, or nothing."""
    app.theme = theme_for(settings, app.available_themes)
    return theme_problem(settings, app.available_themes)
