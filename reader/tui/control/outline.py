"""The outline of the text being read: its sections in a list, from which one is picked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archive.models import Section
from archive.section_tags import tags_by_section
from reader.tui.screens.pick import PickScreen, line

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

NO_SECTIONS = "This text has no sections."


def show_outline(desk: Desk) -> None:
    """Show the sections of the text; the one that is picked comes to the top."""

    def go(section: Section) -> None:
        text = desk.widgets.text
        layout = text.finish()
        if layout is not None:
            desk.links.remember()
            start = layout.line_of(section.start)
            # A heading has blank lines above it, which belong to its place in the text.
            text.go_to_line(next((at for at in sorted(layout.heading_lines) if at >= start), start))

    pick_section(desk, "", go)


def pick_section(desk: Desk, purpose: str, then: Callable[[Section], None]) -> None:
    """List the sections of the text with their tags; `then` gets the one that is picked.

    The list is headed by what is done with it, and begins at the section that is in sight.
    """
    text = desk.widgets.text
    article = text.article
    sections = article.sections if article else ()
    if not sections:
        desk.say(NO_SECTIONS)
        return
    highest = min(section.level for section in sections)
    tags = tags_by_section(desk.reading.mark.section_tags, sections)
    rows = [
        line(
            f"{'  ' * (section.level - highest)}{section.heading}"
            + "".join(f" #{tag}" for tag in tags.get(section.number, ()))
        )
        for section in sections
    ]
    passed = [at for at, section in enumerate(sections) if section.start <= text.position]

    def picked(section: Section | None) -> None:
        if section is not None:
            then(section)

    count = f"{len(sections):,} section{'s' if len(sections) > 1 else ''}"
    title = purpose or count
    desk.open(PickScreen(title, rows, sections, passed[-1] if passed else 0), picked)
