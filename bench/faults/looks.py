"""How an archive looks: what it holds, and what its index says of that, as values to compare."""

from __future__ import annotations

from dataclasses import replace

from archive import Archive, Mark
from bench.faults.operations import FEED

QUERIES = (
    "",
    "harvest",
    "barley",
    "wheat",
    "is:unread",
    "is:starred",
    "tag:rye",
    "tag:oats",
    "tag:in",
)
ALL = 100_000

Look = dict[str, str]


def holdings(archive: Archive) -> Look:
    """Each article, each mark, each feed and what its last refresh learned, by a name."""
    ids = sorted(each.article_id for each in archive.list(limit=ALL))
    look = {each: repr(archive.get(each)) for each in ids}
    look |= {
        f"mark {each}": repr(mark) for each in ids if (mark := archive.mark_of(each)) != Mark()
    }
    look |= {status.feed.feed_url: repr(status.feed) for status in archive.feeds()}
    return look | {f"fetch {url}": repr(state) for url, state in archive.fetch_states().items()}


def listing(archive: Archive) -> Look:
    """Lists, searches and counts; but not the order of articles of one minute.

    That is one of the order of indexing: a text that changes goes behind those of its minute. What
    an interruption left to be grouped into stories is grouped first, as the next run would do it.
    """
    archive.stories.group()
    look = {}
    for query in QUERIES:
        rows = [replace(row, row_id=0) for row in archive.list(query, limit=ALL)]
        look[f"list {query}"] = repr(sorted(rows, key=lambda row: row.article_id))
    look |= {f"count {query}": str(archive.count(query)) for query in QUERIES}
    look["totals"] = repr(archive.totals())
    look["tags"] = repr(archive.tags())
    look["feeds"] = repr([(each.article_count, each.unread_count) for each in archive.feeds()])
    look["entries"] = repr(sorted(archive.known_entries(FEED).items()))
    return look


def differing(one: Look, other: Look) -> list[str]:
    """The names of what is not the same in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
