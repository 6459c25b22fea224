"""Tags on sections of an article, as its mark keeps them. Pure.

A section is known by its heading, which outlives a new text; its number tells sections of one
heading apart. So a tag is at its section as long as there is one of that heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from archive.characters import clean_line
from archive.fields import Fields
from archive.text import fold_tokens, tag_key

if TYPE_CHECKING:
    from archive.models import Mark, Section


@dataclass(frozen=True, slots=True, order=True)
class SectionTag:
    """A tag on the section that had this number and heading when it was tagged."""

    number: int
    tag: str
    heading: str = ""


SectionTags = tuple[SectionTag, ...]


def all_tags(mark: Mark) -> tuple[str, ...]:
    """The tags of an article and those of its sections, each once."""
    own = {tag_key(tag): tag for tag in mark.tags}
    for each in mark.section_tags:
        own.setdefault(tag_key(each.tag), each.tag)
    return tuple(own.values())


def section_of(tagged: SectionTag, sections: Sequence[Section]) -> Section | None:
    """The section that a tag is on; None where the text has none of that heading any more."""
    words = fold_tokens(tagged.heading)
    alike = [each for each in sections if fold_tokens(each.heading) == words]
    there = (each for each in alike if each.number == tagged.number)
    return next(there, alike[0] if alike else None)


def tags_by_section(section_tags: SectionTags, sections: Sequence[Section]) -> dict[int, list[str]]:
    """The tags by the number of the section that they are on now."""
    found: dict[int, list[str]] = {}
    for each in section_tags:
        if section := section_of(each, sections):
            found.setdefault(section.number, []).append(each.tag)
    return found


def changed_section_tags(
    tags: SectionTags, add: SectionTags, remove: SectionTags, everywhere: Iterable[str]
) -> SectionTags:
    """The tags after a change: some are put on, some taken off, some off every section.

    Spellings that differ in case only are one tag, as those of articles are.
    """
    gone = {tag_key(tag) for tag in everywhere}
    taken = {_key(each) for each in remove}
    kept = {
        _key(each): each
        for each in tags
        if tag_key(each.tag) not in gone and _key(each) not in taken
    }
    for each in map(_cleaned, add):
        if each.tag:
            kept.setdefault(_key(each), each)
    return tuple(sorted(kept.values()))


def renamed_section_tags(tags: SectionTags, names: Mapping[str, str]) -> SectionTags:
    """The tags with other names for some, by what they were called; each section has one once."""
    renamed: dict[tuple[str, object], SectionTag] = {}
    for each in tags:
        after = replace(each, tag=names.get(each.tag, each.tag))
        renamed.setdefault(_key(after), after)
    return tuple(sorted(renamed.values()))


def clean_tag(tag: str) -> str:
    """A tag as it is kept: one line, with a name on each side of every slash."""
    return "/".join(part for part in clean_line(tag).strip().split("/") if part.strip())


def section_tag_documents(tags: SectionTags) -> list[dict[str, Any]]:
    """The JSON of section tags."""
    return [{"tag": each.tag, "number": each.number, "heading": each.heading} for each in tags]


def section_tags_from(children: Iterable[Fields]) -> SectionTags:
    """The tags that `section_tag_documents` wrote. DamagedFile where a field is another."""
    return tuple(
        SectionTag(read.number("number"), read.text("tag", required=True), read.text("heading"))
        for read in children
    )


def _key(each: SectionTag) -> tuple[str, object]:
    words = " ".join(fold_tokens(each.heading))
    return tag_key(each.tag), (each.number, words)


def _cleaned(each: SectionTag) -> SectionTag:
    return SectionTag(each.number, clean_tag(each.tag), clean_line(each.heading))
