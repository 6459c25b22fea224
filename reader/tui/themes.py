"""The two themes of our own: deep neutral or paper, with one calm accent."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="newsreader-dark",
    dark=True,
    primary="#8ab4c9",
    secondary="#a3a9b8",
    accent="#8ab4c9",
    warning="#d9b26f",
    error="#d98880",
    success="#9ebd8f",
    foreground="#d5d3cd",
    background="#15171b",
    surface="#1a1d22",
    panel="#262a31",
    boost="#2d323a",
    variables={
        "rule": "#2e333b",
        "text-muted": "#868c96",
        "text-disabled": "#5c626c",
        "cursor-bar": "#2b4250",
        "cursor-bar-blurred": "#242830",
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
    primary="#1f6583",
    secondary="#5d6470",
    accent="#1f6583",
    warning="#8a5a00",
    error="#a8372d",
    success="#3d6b2c",
    foreground="#24262a",
    background="#faf8f4",
    surface="#f3f0ea",
    panel="#e8e4dc",
    boost="#e0dbd1",
    variables={
        "rule": "#d8d3c9",
        "text-muted": "#6c6f75",
        "text-disabled": "#a3a29d",
        "cursor-bar": "#cfe0e8",
        "cursor-bar-blurred": "#e9e5dd",
        "star": "#a06a00",
        "hit": "#8a5a00",
        "input-selection-background": "#cfe0e8",
        "block-cursor-foreground": "#faf8f4",
        "block-cursor-background": "#1f6583",
        "scrollbar": "#d8d3c9",
        "scrollbar-hover": "#bcb6aa",
        "scrollbar-active": "#1f6583",
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
    "star": "ansi_yellow",
    "hit": "ansi_yellow",
}
"""Our own variables for a theme that lacks them (Textual's themes)."""
