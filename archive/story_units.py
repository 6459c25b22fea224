"""What is grouped of an article: itself, or each section of one that tells many things. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from archive.aliases import NO_ALIASES, Aliases
from archive.models import Article
from archive.story_names import unit_name
from archive.story_stems import main_language
from archive.story_words import Terms, terms_of
from archive.text import count_words

_FEWEST_SECTIONS = 4
_SECTION_WORDS = 25
"""Shorter ones are left out: a heading with a line below tells no event."""
_MOST_COMPARED = 20
_MOST_SHARED = 0.2
"""Share of their names that two sections of a roundup have in common on average at most;
those of an article on one subject name it again and again."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to be grouped; `section` 0 is the whole article.

    `at` is when it was published, or fetched where that is not stated. Without `terms` it belongs
    to no story but its own: what its sections tell is grouped in its place.
    """

    article_id: str
    section: int
    at: datetime
    text: str = ""
    terms: Terms = field(default_factory=Terms)

    @property
    def name(self) -> str:
        """The id that names it: `261122a17`, or `261122a17#3` for a section."""
        return unit_name(self.article_id, self.section)


def units_of(article: Article, aliases: Aliases = NO_ALIASES) -> list[Unit]:
    """The units of an article; a roundup comes first itself, without terms, then its sections.

    Each name counts as its first spelling.
    """
    spelled, language = aliases.spelled, main_language(article.language)
    at = article.published_at or article.archived_at
    parts = [each for each in _sections(article) if count_words(each[2]) >= _SECTION_WORDS]
    if len(parts) >= _FEWEST_SECTIONS:
        sections = [
            Unit(
                article.article_id,
                number,
                at,
                text,
                terms_of(spelled(heading), spelled(text), language),
            )
            for number, heading, text in parts
        ]
        if _is_roundup(sections):
            return [Unit(article.article_id, 0, at), *sections]
    terms = terms_of(spelled(article.title), spelled(article.text), language)
    return [Unit(article.article_id, 0, at, article.text, terms)]


def section_span(article: Article, number: int) -> tuple[int, int]:
    """Where the text below a section's heading starts and ends; nothing for an unknown one."""
    starts = [each.start for each in article.sections]
    for place, section in enumerate(article.sections):
        if section.number == number:
            end = starts[place + 1] if place + 1 < len(starts) else len(article.text)
            heading = article.text.find("\n", section.start, end)
            return (heading + 1 if heading >= 0 else end), end
    return 0, 0


def _sections(article: Article) -> Iterator[tuple[int, str, str]]:
    """Number, heading and text below it, of each section."""
    for each in article.sections:
        start, end = section_span(article, each.number)
        yield each.number, each.heading, article.text[start:end]


def _is_roundup(sections: list[Unit]) -> bool:
    """Whether the sections have so little in common that each tells something else."""
    names = [each.terms.names for each in sections[:_MOST_COMPARED]]
    shared = [
        len(one & other) / min(len(one), len(other))
        for one, other in combinations(names, 2)
        if one and other
    ]
    return bool(shared) and sum(shared) / len(shared) <= _MOST_SHARED
