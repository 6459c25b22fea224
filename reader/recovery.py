"""What a person is told when damage has taken articles, and how many came back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from archive.errors import ArchiveError
from archive.models import Article, Problem
from archive.names import articles_file, parse_article_id
from reader.network import Network

log = logging.getLogger(__name__)


def rebuild_lost(
    network: Network, lost: Sequence[Article], progress: Callable[[int, int], None] | None
) -> list[Problem]:
    """One problem that counts what was lost and what is there again.

    A disk that takes nothing more must not keep the archive from being read: what is lost stays
    noted, for the next time.
    """
    where = _where(lost)
    try:
        done = network.rebuild_lost(progress)
    except ArchiveError as error:
        log.warning("lost articles could not be rebuilt: %s", error)
        ids = tuple(each.article_id for each in lost)
        return [Problem(where, "lost", f"{_lost(len(ids))}, none rebuilt: {error.why}", ids)]
    missing = done.lost_count - len(done.article_ids)
    rest = "; the next refresh asks the feeds for the others" if missing else ""
    words = f"{_lost(done.lost_count)}, {len(done.article_ids)} rebuilt from the raw pages{rest}"
    return [Problem(where, "rebuilt", words, done.article_ids)]


def _where(lost: Sequence[Article]) -> str:
    volumes = {parsed[0] for each in lost if (parsed := parse_article_id(each.article_id))}
    return articles_file(volumes.pop()) if len(volumes) == 1 else "volumes"


def _lost(count: int) -> str:
    return "1 article was lost" if count == 1 else f"{count} articles were lost"
