"""What became known of a story when, and by which outlet: articles as they came, and their changes.

An article is read as it first was, so that what an outlet stated only later counts from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from archive.aliases import NO_ALIASES, Aliases
from archive.claims import claims_of
from archive.errors import ArchiveError
from archive.models import Article
from archive.number_words import DURATIONS
from archive.story_models import Claim, Member, Story
from archive.story_texts import originals, story_text
from reader.difference import callouts, steps

MOST_MEMBERS = 100
"""Members of a story that are looked into, the latest."""
_MOST_TOLD = 4
"""Things that one event names."""
AS_KNOWN = "nothing that was not known"
GONE = "the page was deleted"


@dataclass(frozen=True, slots=True)
class Event:
    """At an instant an outlet told `what`, in the article of that id."""

    at: datetime
    outlet: str
    article_id: str
    what: str


def timeline(
    story: Story, get: Callable[[str], Article], aliases: Aliases = NO_ALIASES
) -> list[Event]:
    """The events of a story, the first one first; `get` gives an article by id."""
    members = story.members[-MOST_MEMBERS:]
    articles = {each.article_id: found for each in members if (found := _article(get, each))}
    present = [each for each in members if each.article_id in articles]
    telling = originals(present)
    first = [story_text(_as_it_was(articles[each.article_id]), each) for each in telling]
    told = _first_told(claims_of(first, aliases), [each.article_id for each in telling])
    events = [
        Event(
            each.at, each.outlet, each.article_id,
            _what(told.get(each.article_id, ())) if each in telling
            else f"a copy of {each.copy_of}",
        )
        for each in present
    ]  # fmt: skip
    for each in present:
        events += _later(articles[each.article_id], each)
    return sorted(events, key=lambda each: each.at)


def _article(get: Callable[[str], Article], member: Member) -> Article | None:
    try:
        return get(member.article_id)
    except ArchiveError:  # removed meanwhile, or damaged, which opening tells of
        return None


def _as_it_was(article: Article) -> Article:
    """The article with its first text; its sections are those of the present one."""
    if not article.revisions:
        return article
    return replace(article, text=article.revisions[0].text)


def _first_told(claims: Sequence[Claim], ids: Sequence[str]) -> dict[str, list[str]]:
    """What each article was the first to tell, but for quotes and how long things take.

    `ids` are the articles in order of publication.
    """
    place = {article_id: at for at, article_id in enumerate(ids)}
    found: dict[str, list[str]] = {}
    for claim in claims:
        if claim.kind == "quote" or claim.what in DURATIONS.values():
            continue
        known: list[str] = []
        stated = chain.from_iterable(claim.cells.values())
        for each in sorted(stated, key=lambda one: place[one.article_id]):
            what = f"{claim.what}: {each.value}" if claim.kind == "quantity" else claim.what
            if what not in known:
                found.setdefault(each.article_id, []).append(what)
                known.append(what)
    return found


def _what(told: Sequence[str]) -> str:
    shown = "; ".join(told[:_MOST_TOLD])
    more = len(told) - _MOST_TOLD
    return f"{shown}; {more} more" if more > 0 else shown or AS_KNOWN


def _later(article: Article, member: Member) -> Iterator[Event]:
    """How its text changed since, and that its page went."""
    for at, _, changes in steps(article):
        figures = callouts(changes)
        count = len(changes)
        what = "; ".join(figures) or f"{count} passage{'s' if count != 1 else ''} of the text"
        yield Event(at, member.outlet, member.article_id, f"changed: {what}")
    if article.gone_at:
        yield Event(article.gone_at, member.outlet, member.article_id, GONE)
