"""Our two themes for terminals of 16 colours, in colours that such a terminal has.

The ones of `themes` would come down to black, white and greys there: neither focus nor hits would
be seen. These are the sixteen that Rich reduces all others to (VGA's); the terminal draws its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rich.console import Console
from textual.constants import COLOR_SYSTEM

from reader.tui.themes import DARK, LIGHT

_BLACK, _GREY, _SILVER, _WHITE = "#000000", "#555555", "#aaaaaa", "#ffffff"
_RED, _GREEN, _BROWN, _BLUE = "#aa0000", "#00aa00", "#aa5500", "#0000aa"
_BRIGHT_RED, _BRIGHT_GREEN, _YELLOW, _BRIGHT_CYAN = "#ff5555", "#55ff55", "#ffff55", "#55ffff"


def _scrollbar(bar: str, accent: str, ground: str) -> Mapping[str, str]:
    return {
        "scrollbar": bar,
        "scrollbar-hover": bar,
        "scrollbar-active": accent,
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
        "scrollbar-corner-color": ground,
    }


DARK_OF_16 = replace(
    DARK,
    primary=_BRIGHT_CYAN,
    secondary=_SILVER,
    accent=_BRIGHT_CYAN,
    warning=_YELLOW,
    error=_BRIGHT_RED,
    success=_BRIGHT_GREEN,
    foreground=_WHITE,
    background=_BLACK,
    surface=_BLACK,
    panel=_GREY,
    boost=_GREY,
    variables={
        "rule": _GREY,
        "text-muted": _SILVER,
        "text-disabled": _GREY,
        "cursor-bar": _BLUE,
        "cursor-bar-blurred": _GREY,
        "text-read-on-bar": _WHITE,
        "text-muted-on-bar": _WHITE,
        "star": _YELLOW,
        "hit": _YELLOW,
        "input-selection-background": _BLUE,
        "block-cursor-foreground": _BLACK,
        "block-cursor-background": _BRIGHT_CYAN,
        **_scrollbar(_GREY, _BRIGHT_CYAN, _BLACK),
    },
)
LIGHT_OF_16 = replace(
    LIGHT,
    primary=_BLUE,
    secondary=_GREY,
    accent=_BLUE,
    warning=_BROWN,
    error=_RED,
    success=_GREEN,
    foreground=_BLACK,
    background=_WHITE,
    surface=_WHITE,
    panel=_SILVER,
    boost=_SILVER,
    variables={
        "rule": _SILVER,
        "text-muted": _GREY,
        "text-disabled": _SILVER,
        "cursor-bar": _BRIGHT_CYAN,
        "cursor-bar-blurred": _SILVER,
        "text-read-on-bar": _BLACK,
        "text-muted-on-bar": _BLACK,
        "star": _BROWN,
        "hit": _RED,
        "input-selection-background": _BRIGHT_CYAN,
        "block-cursor-foreground": _WHITE,
        "block-cursor-background": _BLUE,
        **_scrollbar(_SILVER, _BLUE, _WHITE),
    },
)


OF_16 = (DARK_OF_16, LIGHT_OF_16)
"""What stands for our themes, under their names."""


def shows_few_colours() -> bool:
    """Whether the terminal has 16 colours, by what Rich and Textual make of its name."""
    return Console(color_system=COLOR_SYSTEM).color_system == "standard"  # type: ignore[arg-type]
