"""What a refresh has to do about each entry of a feed. Pure: it reads values and returns values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from archive.models import Article
from archive.removed import day_mark, place_trace
from reader.pipeline.parse import Entry
from reader.pipeline.recognise import ids_of, is_stated_by, moved_article, same_article, same_words

# A feed that gives its entries new ids at every fetch makes an article so many, and no more.
MOST_IDS = 4

Find = Callable[[str], Sequence[Article]]


@dataclass(frozen=True, slots=True)
class Decisions:
    """The entries of a feed, told apart by what the archive knows.

    new: to be read and archived. changed: with the id of the article that they are about.
    adopted: new to this feed, but an article of another feed is about the same page. renamed: what
    the feed has stated before, under another id. unchanged: nothing to do.
    """

    new: tuple[Entry, ...] = ()
    changed: tuple[tuple[Entry, str], ...] = ()
    unchanged: tuple[Entry, ...] = ()
    adopted: tuple[tuple[Entry, str], ...] = ()
    renamed: tuple[tuple[Entry, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows of a feed.

    `entries` has (article_id, entry_hash) by entry_id, with no id for one whose article was
    removed, which is never taken in again, and in place of the hash its trace
    (`archive.removed`). `from_address` finds what was archived from an address,
    by any feed; `under_title` the articles of this feed that are called so. `is_present` says of an
    entry_id whether the feed states it now.
    """

    entries: Mapping[str, tuple[str, str]]
    from_address: Find
    under_title: Find
    is_present: Callable[[str], bool]
    by_hash: dict[str, str] = field(init=False, default_factory=dict)
    id_count: Counter[str] = field(init=False, default_factory=Counter)
    removed: dict[str, tuple[str, str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_hash.update({each: one for one, each in self.entries.values() if one and each})
        self.id_count.update(article_id for article_id, _ in self.entries.values())
        for entry_id, (article_id, trace) in self.entries.items():
            if not article_id:
                mark, _, day = trace.partition(" ")
                self.removed[mark] = entry_id, day


def decide(feed_url: str, known: Known, entries: Iterable[Entry]) -> Decisions:
    """Compares entries of a feed with what is known."""
    new: list[Entry] = []
    changed: list[tuple[Entry, str]] = []
    unchanged: list[Entry] = []
    adopted: list[tuple[Entry, str]] = []
    renamed: list[tuple[Entry, str]] = []
    for entry in entries:
        if entry.entry_id in known.entries:
            article_id, entry_hash = known.entries[entry.entry_id]
            if not article_id or entry_hash == entry.entry_hash:
                unchanged.append(entry)
            else:
                changed.append((entry, article_id))
        elif article_id := known.by_hash.get(entry.entry_hash, ""):
            if known.id_count[article_id] < MOST_IDS:
                renamed.append((entry, article_id))
            else:
                unchanged.append(entry)
        elif article := find_article(feed_url, known, entry):
            if not is_stated_by(article, feed_url):
                adopted.append((entry, article.article_id))
            elif entry.url or not same_words(article, entry):
                changed.append((entry, article.article_id))
            else:
                renamed.append((entry, article.article_id))
        elif was_removed(known, entry):
            unchanged.append(entry)
        else:
            new.append(entry)
    return Decisions(tuple(new), tuple(changed), tuple(unchanged), tuple(adopted), tuple(renamed))


def find_article(feed_url: str, known: Known, entry: Entry) -> Article | None:
    """The article that an entry with an unknown id is about: by its address, else by its title."""
    if entry.url and (found := same_article(known.from_address(entry.url), feed_url, entry.title)):
        return found
    titled = known.under_title(entry.title) if entry.title else ()
    gone = [one for one in titled if not any(map(known.is_present, ids_of(one, feed_url)))]
    return moved_article(gone, entry)


def was_removed(known: Known, entry: Entry) -> bool:
    """Whether an entry with an unknown id is one whose article was removed.

    Not one that the feed states beside it, nor one that was published after the other had come:
    several may share an address and a title, as the parts of a column do.
    """
    mark = place_trace(entry.url, entry.title) or entry.entry_hash
    if not mark or mark not in known.removed:
        return False
    former, day = known.removed[mark]
    is_later = bool(day and entry.published_at and day_mark(entry.published_at) > day)
    return not is_later and not known.is_present(former)
