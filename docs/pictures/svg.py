"""A screenshot of Textual made fit for a README.

As exported (by Rich) it loads its font from a host, gives wide letters half their room, leaves gaps
between the blocks of a line, cuts the last row, and has ids that change with its content. Here
letters keep to their cells whatever the font is, blocks are boxes, and the file needs no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Any

from lxml import etree
from rich.cells import cell_len

CELL, LINE, ASCENT = 12.2, 24.4, 18.5
"""Of the drawing: a cell's width and height, and how far below its top a letter stands."""
MARGIN = 10
SCALE = 0.6
"""How much smaller all pictures are shown: 120 columns fit a page, and all letters are alike."""
FONTS = 'ui-monospace, "Cascadia Mono", Menlo, "DejaVu Sans Mono", Consolas, monospace'
STYLE = f"""
.screen {{ font: 20px {FONTS} }}
.screen rect {{ shape-rendering: crispEdges }}
.screen .thin {{ shape-rendering: auto }}
.wide {{ font-size: 22px }}
""".strip()
PICTURE = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" \
width="{shown_width:.0f}" height="{shown_height:.0f}">
<style>
{rules}
</style>
<rect x="1" y="1" width="{inner_width:g}" height="{inner_height:g}" rx="8" fill="{background}" \
stroke="#888" stroke-opacity="0.6"/>
<g class="screen" transform="translate({margin} {margin})">
{drawn}
</g>
</svg>
""".lstrip()

_RULE = re.compile(r"\.terminal-\d+-(r\d+ \{[^}]*\})")
_LOWER, _LEFT, _RIGHT = "▁▂▃▄▅▆▇█", "▏▎▍▌▋▊▉", "▕"
_LINES = {
    "─": "left right",
    "│": "up down",
    "┌": "right down",
    "┐": "left down",
    "└": "right up",
    "┘": "left up",
    "├": "right up down",
    "┤": "left up down",
    "┬": "left right down",
    "┴": "left right up",
    "┼": "left right up down",
}
_DRAWN = {*_LOWER, *_LEFT, *_RIGHT, *_LINES}
_STROKE, _CRISP, _OVERLAP = 1.2, 2, 0.4


def redrawn(exported: str, size: tuple[int, int], background: str) -> str:
    """The SVG of `App.export_screenshot`, drawn anew.

    size: columns and rows. background: the theme's, which frames the screen too.
    """
    root = etree.fromstring(exported, etree.XMLParser(remove_comments=True))
    # The parts that Rich writes: should they be others one day, this must be looked at.
    style, _clips, _frame, _title, _buttons, screen = root
    *boxes, texts = screen
    rules = [STYLE, *(f".{rule}" for rule in _RULE.findall(style.text))]
    drawn = [_filled(box) for box in boxes if box.get("fill") != background]
    drawn += [piece for text in texts for piece in _pieces(text)]
    width, height = size[0] * CELL + 2 * MARGIN, size[1] * LINE + 2 * MARGIN
    return PICTURE.format(
        width=width,
        height=height,
        inner_width=width - 2,
        inner_height=height - 2,
        shown_width=width * SCALE,
        shown_height=height * SCALE,
        margin=MARGIN,
        background=background,
        rules="\n".join(rules),
        drawn="\n".join(drawn),
    )


def _filled(box: Any) -> str:
    """The background of a run of cells; Rich begins its rows a little below their top."""
    x, y, width = (float(box.get(name)) for name in ("x", "y", "width"))
    return _box(f'fill="{box.get("fill")}"', x, y - 1.5, width, LINE)


def _pieces(text: Any) -> Iterator[str]:
    """A text in runs of letters of one width, each as long as its cells; lines as boxes."""
    look = text.get("class").rpartition("-")[2]
    x, baseline = float(text.get("x")), float(text.get("y")) - 1.5
    for (cells, is_drawn), run in groupby(text.text, _kind):
        letters = "".join(run)
        length = len(letters) * cells * CELL
        if is_drawn:
            for at, letter in enumerate(letters):
                yield from _boxes(letter, look, x + at * CELL, baseline - ASCENT)
        elif letters.strip():
            yield (
                f'<text class="{look}{" wide" if cells > 1 else ""}" x="{x:g}" y="{baseline:g}"'
                f' textLength="{length:g}">{escape(letters)}</text>'
            )
        x += length


def _kind(letter: str) -> tuple[int, bool]:
    """How many cells a letter takes, and whether it is drawn as boxes."""
    return cell_len(letter), letter in _DRAWN


def _boxes(letter: str, look: str, x: float, y: float) -> Iterator[str]:
    """A block or line in the cell at a place."""
    for left, top, wide, high in _shares(letter):
        width, height, classes = wide * CELL, high * LINE, look
        # What is thin would vanish if set on whole pixels; it reaches into the next for no seam.
        if width < _CRISP:
            classes, height = f"{look} thin", height + _OVERLAP
        elif height < _CRISP:
            classes, width = f"{look} thin", width + _OVERLAP
        yield _box(f'class="{classes}"', x + left * CELL, y + top * LINE, width, height)


def _shares(letter: str) -> Iterator[tuple[float, float, float, float]]:
    """The boxes of a block or line in parts of its cell: left, top, width and height."""
    if letter in _LOWER:
        height = (_LOWER.index(letter) + 1) / 8
        yield 0, 1 - height, 1, height
    elif letter in _LEFT:
        yield 0, 0, (_LEFT.index(letter) + 1) / 8, 1
    elif letter in _RIGHT:
        yield 7 / 8, 0, 1 / 8, 1
    else:
        arms = _LINES[letter]
        wide, high = _STROKE / CELL, _STROKE / LINE
        if "left" in arms or "right" in arms:
            start, end = 0 if "left" in arms else 0.5, 1 if "right" in arms else 0.5
            yield start, 0.5, end - start, high
        if "up" in arms or "down" in arms:
            start, end = 0 if "up" in arms else 0.5, 1 if "down" in arms else 0.5
            yield 0.5, start, wide, end - start


def _box(look: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect {look} x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"/>'
