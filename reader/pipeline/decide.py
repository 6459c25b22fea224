"""What a refresh has to do about each entry of a feed. Pure: it reads values and returns values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.models import Article
from archive.text import fold_tokens
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
    feed_url: str,
    known: Mapping[str, tuple[str, str]],
    entries: Iterable[Entry],
    find_articles: Callable[[str], Sequence[Article]],
) -> Decisions:
    """Compares entries of a feed with what is known.

    `known` has (article_id, entry_hash) by entry_id, with no id for one whose article was removed,
    which is never taken in again; `find_articles` gives what was archived from an address.
    """
    new: list[Entry] = []
    changed: list[tuple[Entry, str]] = []
    unchanged: list[Entry] = []
    adopted: list[tuple[Entry, str]] = []
    for entry in entries:
        if entry.entry_id in known:
            article_id, entry_hash = known[entry.entry_id]
            if not article_id or entry_hash == entry.entry_hash:
                unchanged.append(entry)
            else:
                changed.append((entry, article_id))
        elif entry.url and (found := same_article(find_articles(entry.url), feed_url, entry.title)):
            adopted.append((entry, found))
        else:
            new.append(entry)
    return Decisions(tuple(new), tuple(changed), tuple(unchanged), tuple(adopted))


def same_article(archived: Iterable[Article], feed_url: str, title: str) -> str:
    """The id of the article, of those archived from an entry's address, that the entry is about.

    Another feed's article of that address is: one page is one article. One of the same feed is
    only under the same title, since changelogs and notes give one address to many entries. Empty
    when none is.
    """
    for article in archived:
        stated_here = any(origin.feed_url == feed_url for origin in article.origins)
        if not stated_here or fold_tokens(article.title) == fold_tokens(title):
            return article.article_id
    return ""
