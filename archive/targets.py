"""Targets: which articles an id, several ids, a query or a tag names, by volume."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.asking import Asking
from archive.errors import DamagedFile, NotFound
from archive.index import Index, Sort
from archive.models import Article, Mark, Section, Summary
from archive.names import parse_article_id
from archive.volumes import Volumes

if TYPE_CHECKING:
    from archive.query_tree import Query

Targets = dict[str, list[int]]
"""Document numbers by volume."""


def find_article(volumes: Volumes, article_id: str) -> Article:
    """The article of an id. NotFound, DamagedFile."""
    parsed = parse_article_id(article_id)
    article = volumes.article(*parsed) if parsed else None
    if article is None:
        raise unknown(article_id)
    return article


def find_mark(volumes: Volumes, article_id: str) -> Mark:
    """What the reader did with the article of an id. NotFound, DamagedFile."""
    parsed = parse_article_id(article_id)
    if parsed is None:
        raise unknown(article_id)
    return volumes.mark(*parsed)


def search(index: Index, volumes: Volumes, query: Query, limit: int, sort: Sort) -> list[Summary]:
    """What matches best, each with a snippet and the section of its match."""
    found = index.search(query, limit=limit, sort=sort)
    return [with_match(volumes, each, query) for each in found]


def with_match(volumes: Volumes, summary: Summary, query: Query) -> Summary:
    """The summary with a piece of the article that shows the match, and the section it lies in.

    With neither where the text cannot be read.
    """
    from archive.snippets import snippet

    try:
        article = find_article(volumes, summary.article_id)
    except (NotFound, DamagedFile):
        return summary
    found = snippet(article.text, query).text
    return replace(summary, snippet=found, section=section_of_match(article, query))


def section_of_match(article: Article, query: Query) -> Section | None:
    """The section in which most of what is asked stands near; None above the first of them."""
    from archive.snippets import best_place

    place = best_place(article.text, query) if article.sections else None
    if place is None:
        return None
    return next((each for each in reversed(article.sections) if each.start <= place), None)


def targets(index: Index, volumes: Volumes, asking: Asking, target: str | Sequence[str]) -> Targets:
    """What is named by an id, several ids or a query. NotFound for an id that is not there."""
    if isinstance(target, str):
        if parse_article_id(target) is None:
            return by_volume(index.article_ids(asking(target)))
        target = [target]
    known = index.known_ids(target)
    for article_id in target:
        if article_id not in known:
            find_article(volumes, article_id)
    return by_volume(target)


def tagged(index: Index, tag: str) -> list[str]:
    """The ids of the articles with exactly that tag, not those with one below it."""
    from archive.query_tree import Query, Tagged
    from archive.text import tag_key

    wanted = tag_key(tag)
    found = index.summaries(index.article_ids(Query(Tagged(tag)), hidden=True))
    return [
        each.article_id
        for each in found
        if wanted in {tag_key(own) for own in (*each.tags, *(of.tag for of in each.section_tags))}
    ]


def by_volume(article_ids: Iterable[str]) -> Targets:
    """Document numbers by volume; what is no id is passed over."""
    found: Targets = {}
    for text in article_ids:
        parsed = parse_article_id(text)
        if parsed:
            found.setdefault(parsed[0], []).append(parsed[1])
    return found


def unknown(article_id: str) -> NotFound:
    """The error for an id that no article has."""
    return NotFound(article_id, "no article has that id", "See `newsreader list`")
