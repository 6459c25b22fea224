"""The outline of the text being read: its sections in a list, from which one is gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.models import Section
from reader.tui.screens.pick import PickScreen, line

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

NO_SECTIONS = "This text has no sections."


def show_outline(desk: Desk) -> None:
    """Show the sections of the text; the one that is picked comes to the top."""
    text = desk.widgets.text
    article = text.article
    sections = article.sections if article else ()
    if not sections:
        desk.say(NO_SECTIONS)
        return
    highest = min(section.level for section in sections)
    rows = [line(f"{'  ' * (section.level - highest)}{section.heading}") for section in sections]
    passed = [at for at, section in enumerate(sections) if section.start <= text.position]

    def picked(section: Section | None) -> None:
        layout = text.finish()
        if section is not None and layout is not None:
            desk.links.remember()
            start = layout.line_of(section.start)
            # A heading has blank lines above it, which belong to its place in the text.
            text.go_to_line(next((at for at in sorted(layout.heading_lines) if at >= start), start))

    count = f"{len(sections):,} section{'s' if len(sections) > 1 else ''}"
    desk.open(PickScreen(count, rows, sections, passed[-1] if passed else 0), picked)
