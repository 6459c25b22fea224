"""Instants, counts and states in words that can be read aloud; instants in local time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from archive.characters import clean_line
from archive.models import Summary
from archive.section_tags import SectionTag
from reader.reading_time import reading_minutes

UNTITLED = "Without a title"


def day(at: datetime) -> str:
    """`4 March 2026`."""
    at = _local(at)
    return f"{at.day} {at:%B} {at.year}"


def minute(at: datetime) -> str:
    """`4 March 2026 at 11:10`."""
    return f"{day(at)} at {_local(at):%H:%M}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """`no articles`, `1 article`, `1,204 articles`; `plural` where it is not the noun with an s."""
    return f"{f'{count:,}' if count else 'no'} {noun if count == 1 else plural or f'{noun}s'}"


def reading_time(word_count: int, language: str | None) -> str:
    """`about 3 minutes to read`; empty without words."""
    if not word_count:
        return ""
    return f"about {counted(reading_minutes(word_count, language), 'minute')} to read"


def sentence(text: str) -> str:
    """The text with a full stop, unless it has an end of its own."""
    return text if text[-1:] in ".?!。？！…" else f"{text}."


def tag_words(tags: Sequence[str], section_tags: Sequence[SectionTag] = ()) -> str:
    """`tagged ai, sea, crabs on section 2`; empty without tags."""
    on_sections = (f"{each.tag} on section {each.number}" for each in section_tags)
    words = ", ".join(map(clean_line, (*tags, *on_sections)))
    return f"tagged {words}" if words else ""


def article_line(number: int, row: Summary, remark: str = "") -> str:
    """An article as a list says it: number, title, outlet, day, states, and a remark on it."""
    facts = (
        clean_line(row.outlet),
        day(row.published_at or row.archived_at),
        "its own date not believed" if row.claimed_at else "",
        "" if row.read else "unread",
        "starred" if row.starred else "",
        "deleted from its site" if row.gone_at else "",
        "hidden" if row.hidden else "",
        tag_words(row.tags, row.section_tags),
        clean_line(remark),
    )
    title = sentence(clean_line(row.title) or UNTITLED)
    return f"{number}. {title} {', '.join(fact for fact in facts if fact)}."


def _local(at: datetime) -> datetime:
    try:
        return at.astimezone()
    except (OverflowError, OSError):
        # The years 1 and 9999 have no local time everywhere.
        return at
