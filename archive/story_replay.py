"""Whether units make one story when they come in order of publication, whatever order they came in.

What a term weighs hangs on what was there before: the third report of an event has its names for
less rare than the first had. So units that came in another order are weighed again as if they had
come last of all, each in its turn, where their kept weights nearly make one story of them.

On the tables of `archive.story_tables`, inside a transaction.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from archive.story_scores import JOIN, Member, Members
from archive.story_vectors import COUNTED_TERMS, packed, unpacked, vector_of
from archive.story_words import Terms
from archive.term_counts import TermCounts

TermsOf = Callable[[str, int], Terms | None]
"""The terms of an article, or of a section of it; None where it is gone."""

REPLAYED = 12
"""Members of two stories together up to which they are tried so."""
_NEARLY = 0.95
"""Part of the bar from which on the kept weights nearly make one story."""

_Row = tuple[int, bytes, str, int, int]


def are_one(
    db: sqlite3.Connection,
    stories: tuple[int, int],
    counts: TermCounts,
    terms_of: TermsOf,
    join: float = JOIN,
) -> bool:
    """Whether two stories make one so; those that came in order of publication were asked then.

    Each joins from the score `join` on.
    """
    # Their weights are read of few: most stories are larger, or came in order.
    arrived = db.execute(
        "SELECT unit, at FROM story_units JOIN story_vectors USING (unit)"
        " WHERE story IN (?, ?) LIMIT ?",
        (*stories, REPLAYED + 1),
    ).fetchall()
    if len(arrived) > REPLAYED or _is_in_order(arrived):
        return False
    rows = db.execute(
        "SELECT at, weights, article_id, section, story"
        " FROM story_units JOIN story_vectors USING (unit)"
        " WHERE story IN (?, ?) ORDER BY unit",
        stories,
    ).fetchall()
    published = sorted(rows, key=lambda row: row[0])
    kept = Members((at, weights) for at, weights, *_ in published)
    if kept.make_one(join):
        return True
    is_one_alone = min(Counter(story for *_, story in rows).values()) == 1
    return (
        is_one_alone
        and kept.make_one(_NEARLY * join)
        and Members(_weighed(db, published, counts, terms_of)).make_one(join)
    )


def _is_in_order(arrived: Iterable[tuple[int, int]]) -> bool:
    """Whether units, each with its instant, came in order of publication."""
    instants = [at for _, at in sorted(arrived)]
    return instants == sorted(instants)


def _weighed(
    db: sqlite3.Connection, published: Sequence[_Row], counts: TermCounts, terms_of: TermsOf
) -> Iterator[Member]:
    """The members with the weights that they have when they come one after the other now."""
    (total,) = db.execute("SELECT value FROM story_meta WHERE name = 'unit_count'").fetchone()
    total -= len(published)
    to_come = Counter(
        term for _, weights, *_ in published for term in list(unpacked(weights))[:COUNTED_TERMS]
    )

    def having(numbers: Iterable[int]) -> dict[int, int]:
        known = counts(numbers)
        return {number: known[number] - to_come[number] for number in numbers}

    for at, weights, article_id, section, _ in published:
        total += 1
        terms = terms_of(article_id, section)
        if terms is None:
            yield at, weights
            continue
        vector = vector_of(terms, having, total)
        to_come.subtract(vector.heaviest[:COUNTED_TERMS])
        yield at, packed(vector.weights)
