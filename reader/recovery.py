"""What a person is told when damage has taken articles, and how many came back."""

from __future__ import annotations

import logging
from collections.abc import Callable

from archive.errors import ArchiveError
from archive.models import Problem
from archive.names import articles_file, parse_article_id
from archive.restoring import Damage
from reader.network import Network

log = logging.getLogger(__name__)


def rebuild_lost(
    network: Network, damage: Damage, progress: Callable[[int, int], None] | None
) -> list[Problem]:
    """One problem that counts what was lost and what is there again.

    A disk that takes nothing more must not keep the archive from being read: what is lost stays
    noted, for the next time.
    """
    where, words = _where(damage), _counted(len(damage.lost), len(damage.altered))
    try:
        done = network.rebuild_lost(progress)
    except ArchiveError as error:
        log.warning("lost articles could not be rebuilt: %s", error)
        ids = tuple(each.article_id for each in (*damage.lost, *damage.altered))
        return [Problem(where, "lost", f"{words}, none rebuilt: {error.why}", ids)]
    words = f"{words}, {len(done.article_ids)} rebuilt from the raw pages"
    if len(done.article_ids) < len(damage.lost) + len(damage.altered):
        words += "; the next refresh asks the feeds for the others"
    return [Problem(where, "rebuilt", words, done.article_ids)]


def _where(damage: Damage) -> str:
    ids = (parse_article_id(each.article_id) for each in (*damage.lost, *damage.altered))
    volumes = {parsed[0] for parsed in ids if parsed}
    return articles_file(volumes.pop()) if len(volumes) == 1 else "volumes"


def _counted(lost_count: int, altered_count: int) -> str:
    counts = ((lost_count, "lost"), (altered_count, "altered"))
    (count, what), *others = [each for each in counts if each[0]]
    words = f"1 article was {what}" if count == 1 else f"{count} articles were {what}"
    return " and ".join((words, *(f"{count} {what}" for count, what in others)))
