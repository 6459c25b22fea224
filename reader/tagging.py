"""What may be asked of tags, for every front end that takes them as words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from archive.characters import clean_line
from archive.errors import NotFound
from archive.models import Article, MarkChange, Section
from archive.section_tags import SectionTag
from archive.tag_colours import COLOURS
from archive.text import tag_key
from reader.errors import UsageProblem

if TYPE_CHECKING:
    from archive.suggesting import Suggestion

NO_COLOUR = "none"
"""What a person says to take a tag's colour away."""


def contradicted_tags(change: MarkChange) -> list[str]:
    """The tags that a change both adds and takes away, as they were written after the plus."""
    removed = {tag_key(tag) for tag in change.remove_tags}
    return [tag for tag in change.add_tags if tag_key(tag) in removed]


def colour_named(text: str) -> str:
    """The colour that a person means, empty for NO_COLOUR. UsageProblem for what is no colour."""
    wanted = text.strip().casefold()
    if wanted in COLOURS:
        return wanted
    if wanted != NO_COLOUR:
        names = f"{', '.join(COLOURS)} or {NO_COLOUR}"
        raise UsageProblem(text.strip() or "the colour", "is no colour of tags", f"Give {names}")
    return ""


def suggested(suggestion: Suggestion) -> str:
    """A suggested tag and why, such as `ai  because: Qwen, Alibaba`."""
    because = ", ".join(map(clean_line, suggestion.because))
    return f"{clean_line(suggestion.tag)}  because: {because}"


def coloured(tag: str, colour: str) -> str:
    """What a tag's colour is now, as a sentence."""
    return f"The tag {tag} is {colour}." if colour else f"The tag {tag} has no colour of its own."


def section_called(article: Article, number: str) -> Section:
    """The section of that number. NotFound."""
    found = (each for each in article.sections if str(each.number) == number)
    section = next(found, None)
    if section is None:
        known = f"It has {len(article.sections)}" if article.sections else "It has none"
        raise NotFound(f"{article.article_id}#{clean_line(number)}", "no such section", known)
    return section


def on_sections(sections: Sequence[Section], change: MarkChange) -> MarkChange:
    """The change of an article's tags as a change of the tags of its sections."""

    def tags(names: Iterable[str]) -> tuple[SectionTag, ...]:
        return tuple(
            SectionTag(section.number, name, section.heading)
            for section in sections
            for name in names
        )

    return MarkChange(
        add_section_tags=tags(change.add_tags), remove_section_tags=tags(change.remove_tags)
    )
