"""What a refresh has to do about each entry of a feed. Pure: it reads values and returns values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from reader.pipeline.parse import Entry


@dataclass(frozen=True, slots=True)
class Decisions:
    """The entries of a feed, told apart by what the archive knows.

    new: to be read and archived. changed: with the id of the article that they are about.
    adopted: new to this feed, but an article has their address already (another feed brought it,
    or this one under another id). unchanged: nothing to do.
    """

    new: tuple[Entry, ...] = ()
    changed: tuple[tuple[Entry, str], ...] = ()
    unchanged: tuple[Entry, ...] = ()
    adopted: tuple[tuple[Entry, str], ...] = ()


def decide(
    known: Mapping[str, tuple[str, str]],
    entries: Iterable[Entry],
    find_url: Callable[[str], str | None],
) -> Decisions:
    """Compares entries with what is known of their feed.

    `known` has (article_id, entry_hash) by entry_id; `find_url` gives the article that was
    archived from an address.
    """
    new: list[Entry] = []
    changed: list[tuple[Entry, str]] = []
    unchanged: list[Entry] = []
    adopted: list[tuple[Entry, str]] = []
    for entry in entries:
        if entry.entry_id in known:
            article_id, entry_hash = known[entry.entry_id]
            if entry_hash == entry.entry_hash:
                unchanged.append(entry)
            else:
                changed.append((entry, article_id))
        elif entry.url and (found := find_url(entry.url)):
            adopted.append((entry, found))
        else:
            new.append(entry)
    return Decisions(tuple(new), tuple(changed), tuple(unchanged), tuple(adopted))
