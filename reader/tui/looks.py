"""How the app looks, by the settings: its theme, and what is drawn in place of other signs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.app import App
from textual.theme import Theme

from reader.config import Settings
from reader.settings_checks import nearest
from reader.tui.themes import THEMES

COMPACT = "-compact"
"""The class of an app that leaves out frames and gaps."""
LEAST_LINES = 16
"""Lines of a terminal from which there is room for them."""


def show_frames(app: App[Any], settings: Settings, lines: int) -> None:
    """Leave out frames and gaps where the settings say so, or a terminal has few lines."""
    app.set_class(settings.compact or lines < LEAST_LINES, COMPACT)


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


def show_looks(app: App[Any], settings: Settings, themes: Iterable[Theme]) -> str:
    """Show the looks of these settings at once; what is wrong with them in words, or nothing.

    `themes` are the reader's own.
    """
    before = app.current_theme
    for theme in themes:
        app.register_theme(theme)
    app.theme = theme_for(settings, app.available_themes)
    if app.current_theme != before and app.theme == before.name:
        app.refresh_css(animate=False)  # its name is the same: nobody else would notice
    show_frames(app, settings, app.size.height)
    return theme_problem(settings, app.available_themes)
