"""Themes of the reader's own: TOML files in a folder, each some colours over one of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from textual.color import Color, ColorParseError
from textual.theme import Theme

from reader.config import Source
from reader.errors import ConfigError
from reader.settings_checks import nearest
from reader.tui.themes import DARK, LIGHT

COLOURS = (
    "primary",
    "secondary",
    "accent",
    "warning",
    "error",
    "success",
    "foreground",
    "background",
    "surface",
    "panel",
    "boost",
)
LARGEST = 64 * 1024
"""Bytes of a file; a theme with every colour has two thousand."""
MOST_FILES = 200


def load_themes(folder: Path) -> tuple[list[Theme], list[str]]:
    """The themes in a folder, by name, and what is wrong with others, a line each; blocks.

    No folder is no fault.
    """
    themes, problems = [], []
    try:
        files = sorted(folder.glob("*.toml"))[:MOST_FILES]
    except OSError as error:
        return [], [str(ConfigError(str(folder), f"cannot be read ({error.strerror})"))]
    for file in files:
        try:
            themes.append(read_theme(file))
        except ConfigError as error:
            problems.append(str(error))
    return themes, problems


def read_theme(file: Path) -> Theme:
    """The theme in a file, which is called as the file is; raises ConfigError with its line."""
    import tomllib  # no part of a start without such themes

    try:
        with file.open("rb") as stream:
            text = stream.read(LARGEST).decode("utf-8-sig")
        values = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(str(file), f"cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(str(file), f"is not TOML ({error})", "Mend that line") from None
    source = Source(str(file), text)
    dark = values.pop("dark", True)
    if type(dark) is not bool:
        raise ConfigError(source.place("dark"), f"dark is true or false, not {dark!r}")
    variables = values.pop("variables", {})
    if not isinstance(variables, dict):
        raise ConfigError(source.place("variables"), "variables is a table", "Write [variables]")
    base = DARK if dark else LIGHT
    return replace(
        base,
        name=file.stem,
        **cast("dict[str, Any]", _colours(values, COLOURS, source)),
        variables={**base.variables, **_colours(variables, base.variables, source, "variables")},
    )


def _colours(
    values: Mapping[str, object],
    known: Mapping[str, str] | tuple[str, ...],
    source: Source,
    *table: str,
) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in values.items():
        place = source.place(*table, name)
        if name not in known:
            what = ("dark", "variables", *known) if not table else known
            raise ConfigError(place, f"there is no colour {name!r}", nearest(name, what))
        if not _is_colour(value):
            remedy = 'Give one such as "#8ab4c9" or "red"'
            raise ConfigError(place, f"{name} is no colour: {value!r}", remedy)
        found[name] = str(value)
    return found


def _is_colour(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        Color.parse(value)
    except ColorParseError:
        return False
    return True
