"""A digest: the stories of some days by weight, each told once, with what others add.

Of each story the fullest text stands for all; from the other members come the sentences that it
does not have. What only one outlet told is listed by title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.models import Summary
from archive.story_models import Member, Story
from archive.story_texts import originals, story_text
from archive.story_told import Reader
from reader.errors import UsageProblem
from reader.library import Library

MOST_STORIES, MOST_SINGLES = 40, 200
"""Stories that are told in full, and articles and further stories that are listed by title."""
_MOST_WEIGHED = 1_000
"""Stories of which the heaviest are told, the latest: a second of work."""
_MOST_ADDED, _MOST_MEMBERS = 6, 20
"""Sentences of another member, and members that are looked into, the latest."""
_SINCE = re.compile(r"[1-9]\d{0,3}[hdwmy]")


@dataclass(frozen=True, slots=True)
class Added:
    """What a member says beyond the text that stands for its story."""

    member: Member
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A story with its fullest text (Markdown), what others add, and all members as rows."""

    story: Story
    text: str
    added: tuple[Added, ...]
    articles: tuple[Summary, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """Stories, those that most outlets tell first, and articles of no story, newest first.

    `others` are the stories behind those that are told in full, each with its first article.
    """

    told: tuple[Told, ...]
    others: tuple[tuple[Story, Summary], ...]
    singles: tuple[Summary, ...]


def digest(library: Library, query: str, since: str) -> Digest:
    """The digest of what matches and came since: `12h`, `1d`, `2w`. UsageProblem for another one.

    A story is in it if one of its articles matches. Hidden articles are in it only if they match.
    """
    if not _SINCE.fullmatch(since):
        raise UsageProblem("--since", f"{since} is no time", "Give hours, days or weeks as in 1d")
    wanted = f"age:<{since}" + (f" ({query})" if query.strip() else "")
    stories = library.stories.list(wanted, limit=_MOST_WEIGHED)
    stories.sort(key=lambda each: (-each.outlet_count, -each.article_count))
    in_stories = {member.article_id for each in stories for member in each.members}
    found = library.list(wanted, limit=MOST_SINGLES + len(in_stories))
    listed = in_stories | {each.article_id for each in found}
    singles = [
        each for each in found if each.article_id not in in_stories and each.copy_of not in listed
    ]
    told, others = stories[:MOST_STORIES], stories[MOST_STORIES:][:MOST_SINGLES]
    rows = library.summaries([each.members[0].article_id for each in others])
    firsts = {each.article_id: each for each in rows}
    return Digest(
        tuple(_told(library, each) for each in told),
        tuple(
            (each, first)
            for each in others
            if (first := firsts.get(each.members[0].article_id)) is not None
        ),
        tuple(singles[:MOST_SINGLES]),
    )


def _told(library: Library, story: Story) -> Told:
    members = originals(story.members)[-_MOST_MEMBERS:]
    texts = [(each, story_text(library.get(each.article_id), each)) for each in members]
    fullest, text = max(texts, key=lambda each: len(each[1].text))
    reader = Reader([text], [text for _, text in texts])
    added = []
    for member, other in texts:
        told = {each.start for each in reader.novelty(other).told}
        new = [each.text for each in other.sentences if each.start not in told]
        if member is not fullest and new:
            added.append(Added(member, tuple(new[:_MOST_ADDED])))
    articles = library.summaries([each.article_id for each in story.members])
    return Told(story, text.text, tuple(added), tuple(articles))
