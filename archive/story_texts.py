"""The texts of a story's members, for what is read out of them: claims, and what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.models import Article
from archive.sentences import Sentence, sentences_of
from archive.story_models import Member
from archive.story_stems import main_language
from archive.story_units import section_span

ArticleOf = Callable[[str], Article | None]
"""An article by id; None for one that is gone."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """A member's text and the language that it is in; `offset` is where a section begins."""

    outlet: str
    article_id: str
    text: str
    language: str | None = None
    section: int = 0
    offset: int = 0

    @property
    def name(self) -> tuple[str, int]:
        """The article and the section of it, which tell it from all others."""
        return self.article_id, self.section

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, at their places in the article's text."""
        found = sentences_of(self.text)
        if not self.offset:
            return found
        return tuple(
            replace(each, start=each.start + self.offset, end=each.end + self.offset)
            for each in found
        )


def originals(members: Sequence[Member]) -> list[Member]:
    """The members that are no near copies of another member, in their order.

    Of copies of one article that is no member the earliest stands for all.
    """
    told = {each.article_id for each in members if not each.section}
    found = []
    for each in members:
        if each.copy_of is None or each.copy_of not in told:
            found.append(each)
            told.add(each.copy_of or each.article_id)
    return found


def story_texts(members: Iterable[Member], article_of: ArticleOf) -> Iterator[StoryText]:
    """The texts of members, in their order; those that are gone are left out."""
    for member in members:
        if article := article_of(member.article_id):
            yield story_text(article, member)


def story_text(article: Article, member: Member) -> StoryText:
    """The text of a member: its article's, or that of the section that it is."""
    start, end = section_span(article, member.section) if member.section else (0, None)
    return StoryText(
        member.outlet, article.article_id, article.text[start:end],
        main_language(article.language), member.section, start,
    )  # fmt: skip
