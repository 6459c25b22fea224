"""How tags with a colour look: the colour's name as a shade that can be read on what it lies on.

Text has a contrast of at least 4.5 to 1 in every theme (WCAG 2.2, 1.4.3): a shade is blended with
white or black as far as that takes. A theme that leaves its colours to the terminal has the
terminal's own, as nobody knows how they look, and none on a bar, which is of such a colour itself.
"""

from __future__ import annotations

from rich.color import Color as TerminalColor
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.color import BLACK, WHITE, Color

_LEAST_CONTRAST = 4.5
_STEPS = 20
_MARK = "tag:"

_SHADES = {
    "red": ("#d9534f", "red"),
    "orange": ("#d9822b", "bright_red"),
    "yellow": ("#c9a227", "yellow"),
    "green": ("#4f9d4f", "green"),
    "cyan": ("#2f9e9e", "cyan"),
    "blue": ("#4a86d9", "blue"),
    "purple": ("#9a63d0", "magenta"),
    "pink": ("#d9609a", "bright_magenta"),
}
"""A shade of each colour of `archive.tag_colours`, and its next of kin among the terminal's own."""


def tag_look(tag: str) -> str:
    """The name of a tag's look, which stands among those of the style sheets' components."""
    return _MARK + tag


def tag_of(name: str) -> str:
    """The tag that a name of a look is about; empty for one of a style sheet."""
    return name.removeprefix(_MARK) if name.startswith(_MARK) else ""


def in_colour(style: Style, colour: str, terminal: TerminalTheme | None) -> Style:
    """The style with its text in a colour of tags, as bright or dark as its ground wants it.

    `terminal` says how the terminal's own colours are drawn; None leaves them to it.
    """
    shade, own = _SHADES[colour]
    ground = style.bgcolor or TerminalColor.default()
    if ground.triplet is not None:
        drawn = ground.triplet
    elif terminal is not None:
        drawn = ground.get_truecolor(terminal, foreground=False)
    else:
        return style + Style(color=TerminalColor.parse(own)) if ground.is_default else style
    return style + Style(color=_legible(Color.parse(shade), Color(*drawn)).rich_color)


def _legible(shade: Color, ground: Color) -> Color:
    """The shade, blended with black or white until it is told from its ground."""
    towards = max((WHITE, BLACK), key=lambda end: contrast(end, ground))
    steps = (shade.blend(towards, step / _STEPS) for step in range(_STEPS))
    return next((each for each in steps if contrast(each, ground) >= _LEAST_CONTRAST), towards)


def contrast(one: Color, other: Color) -> float:
    """The ratio of two colours' luminances, from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
