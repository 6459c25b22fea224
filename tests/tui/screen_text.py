"""What a widget shows, as lines of text: for tests of what a person would read on the screen."""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Region
from textual.widget import Widget


def screen_lines(widget: Widget) -> list[str]:
    """The lines that a widget draws inside its borders, without trailing spaces."""
    return [line.rstrip() for line in full_lines(widget)]


def full_lines(widget: Widget) -> list[str]:
    """The same with trailing spaces, so that widths can be measured."""
    return ["".join(segment.text for segment in line) for line in styled_lines(widget)]


def styled_lines(widget: Widget) -> list[list[Segment]]:
    """The lines as styled segments."""
    size = widget.size
    strips = widget.render_lines(Region(0, 0, size.width, size.height))
    return [list(strip) for strip in strips]


def style_of(widget: Widget, text: str) -> Segment:
    """The first segment on screen that contains a text; fails when there is none."""
    for line in styled_lines(widget):
        for segment in line:
            if text in segment.text:
                return segment
    raise AssertionError(f"{text!r} is not on the screen: {screen_lines(widget)}")
