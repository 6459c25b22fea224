"""Where the articles of a story come from: the originals that they cite, and what wrote them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.errors import ArchiveError
from archive.models import Article
from archive.story_models import Story

MOST_MEMBERS = 100
"""Members of a story that are looked into, the latest."""
_BY_MACHINE = "A machine wrote it"
"""How the note begins that the pipeline makes where a page says so."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """`cited` has the addresses of originals with the ids of the articles that cite them.

    What most cite comes first. `by_machine` are the ids of articles that say a machine wrote them.
    """

    cited: Mapping[str, Sequence[str]]
    by_machine: frozenset[str]

    @property
    def original(self) -> str:
        """The host of the original that most articles cite; empty without any."""
        return next((urlsplit(url).hostname or "" for url in self.cited), "")


def provenance(story: Story, get: Callable[[str], Article]) -> Provenance:
    """Where the members of a story come from; `get` gives an article by id."""
    cited: dict[str, list[str]] = {}
    by_machine = set()
    for member in story.members[-MOST_MEMBERS:]:
        try:
            article = get(member.article_id)
        except ArchiveError:  # removed meanwhile, or damaged, which opening tells of
            continue
        if article.source_url:
            cited.setdefault(article.source_url, []).append(article.article_id)
        if any(note.startswith(_BY_MACHINE) for note in article.notes):
            by_machine.add(article.article_id)
    most = sorted(cited, key=lambda url: -len(cited[url]))
    return Provenance({url: cited[url] for url in most}, frozenset(by_machine))
