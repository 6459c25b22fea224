"""The two themes of our own: deep neutral or paper, with one calm accent.

Text has a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3) wherever it stands: what is muted is less so on
the bars of cursor and selection, which are seen by a contrast of about 1.5 to 1.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="newsreader-dark",
    dark=True,
    primary="#8ab4c9",
    secondary="#a3a9b8",
    accent="#8ab4c9",
    warning="#d9b26f",
    error="#e39a92",
    success="#9ebd8f",
    foreground="#d5d3cd",
    background="#15171b",
    surface="#1a1d22",
    panel="#2d343d",
    boost="#343b45",
    variables={
        "rule": "#2e333b",
        "text-muted": "#868c96",
        "text-disabled": "#5c626c",
        "cursor-bar": "#2b4250",
        "cursor-bar-blurred": "#343a44",
        "text-read-on-bar": "#c0bfbb",
        "text-muted-on-bar": "#a9b0ba",
        "star": "#d9b26f",
        "hit": "#e3c077",
        "input-selection-background": "#2b4250",
        "block-cursor-foreground": "#15171b",
        "block-cursor-background": "#8ab4c9",
        "scrollbar": "#2e333b",
        "scrollbar-hover": "#444b56",
        "scrollbar-active": "#8ab4c9",
        "scrollbar-background": "#15171b",
        "scrollbar-background-hover": "#15171b",
        "scrollbar-background-active": "#15171b",
        "scrollbar-corner-color": "#15171b",
    },
)

LIGHT = Theme(
    name="newsreader-light",
    dark=False,
    primary="#1a5a76",
    secondary="#555c68",
    accent="#1a5a76",
    warning="#7a5000",
    error="#98291f",
    success="#3d6b2c",
    foreground="#24262a",
    background="#faf8f4",
    surface="#f3f0ea",
    panel="#d7d2c8",
    boost="#d2ccc1",
    variables={
        "rule": "#d8d3c9",
        "text-muted": "#65686e",
        "text-disabled": "#a3a29d",
        "cursor-bar": "#b9d4e2",
        "cursor-bar-blurred": "#d3cec3",
        "text-read-on-bar": "#44474c",
        "text-muted-on-bar": "#53565c",
        "star": "#744c00",
        "hit": "#744c00",
        "input-selection-background": "#b9d4e2",
        "block-cursor-foreground": "#faf8f4",
        "block-cursor-background": "#1a5a76",
        "scrollbar": "#d8d3c9",
        "scrollbar-hover": "#bcb6aa",
        "scrollbar-active": "#1a5a76",
        "scrollbar-background": "#faf8f4",
        "scrollbar-background-hover": "#faf8f4",
        "scrollbar-background-active": "#faf8f4",
        "scrollbar-corner-color": "#faf8f4",
    },
)

THEMES = (DARK, LIGHT)

FALLBACK_VARIABLES = {
    "rule": "ansi_bright_black",
    "cursor-bar": "ansi_blue",
    "cursor-bar-blurred": "ansi_bright_black",
    "text-read-on-bar": "auto 90%",
    "text-muted-on-bar": "auto 80%",
    "star": "ansi_yellow",
    "hit": "ansi_yellow",
}
"""Our own variables for a theme that lacks them (Textual's themes)."""
