"""outline: the sections of the open article, from which reading goes on."""

from __future__ import annotations

from reader.errors import UsageProblem
from reader.plain.desk import Desk
from reader.plain.reading import open_article, read_from
from reader.plain.typed import number_of
from reader.plain.wording import UNTITLED, counted

NO_SECTIONS = "This text has no sections."


def outline(desk: Desk, words: str) -> None:
    """Lists the sections, or reads from the one of a number."""
    reading = open_article(desk)
    sections = reading.article.sections
    if words:
        number = number_of(words)
        if not 1 <= number <= len(sections):
            size = counted(len(sections), "section")
            raise UsageProblem(words, f"the text has {size}", "Type outline to hear them")
        read_from(desk, reading, sections[number - 1].start)
        return
    desk.shown = "outline"
    if not sections:
        desk.console.line(NO_SECTIONS)
        return
    desk.numbered = "sections"
    highest = min(section.level for section in sections)
    for number, section in enumerate(sections, start=1):
        depth = section.level - highest
        inside = f", level {depth + 1}" if depth else ""
        desk.console.say(f"{number}. {section.heading or UNTITLED}{inside}", "   ")
    desk.console.line("A number reads from there.")
