"""What stays of removed articles: which entries of which feeds they were, so that none comes back.

It is a table of the volume that they were in, written in the write that removes them: one document
a feed, `{"feed_url": ..., "entry_ids": [...], "traces": [...]}`. A feed may list an entry for years
after, and under another id: the trace of each, at the same place, is what tells it then. Neither
words nor addresses can be had from a trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import zip_longest

from tinydb.table import Document, Table

from archive.errors import DamagedFile
from archive.fields import Fields
from archive.models import Article, Origin
from archive.names import day_of
from archive.text import fold_tokens
from archive.urls import url_key

REMOVED = "removed"

Entries = Mapping[str, Mapping[str, str]]
"""By the URL of a feed its entries: their traces by their ids."""


def entries_of(articles: Iterable[Article]) -> Entries:
    """The entries that articles were made of."""
    found: dict[str, dict[str, str]] = {}
    for article in articles:
        for origin in article.origins:
            if origin.feed_url:
                entries = found.setdefault(origin.feed_url, {})
                entries[origin.entry_id] = _trace(origin, article)
    return found


def place_trace(url: str, title: str) -> str:
    """What tells an entry without its id: where it lies on its host, and what it is called.

    So it is the same on a site's next domain. 12 hexadecimal digits; empty without an address.
    """
    from hashlib import blake2b  # loads OpenSSL, which listings do without

    if not url:
        return ""
    key = url_key(url)
    words = " ".join(fold_tokens(title))
    named = f"{key.partition('/')[2] or key}\0{words}"
    return blake2b(named.encode("utf-8", "replace"), digest_size=6).hexdigest()


def day_mark(at: datetime) -> str:
    """The day of an instant as article ids have it, `261122`: later ones are greater."""
    return f"{day_of(at):%y%m%d}"


def note_removed(table: Table, entries: Entries) -> None:
    """Adds entries to the table."""
    stored = {each["feed_url"]: each for each in table}
    free = max((each.doc_id for each in stored.values()), default=0) + 1
    documents = []
    for feed_url, added in entries.items():
        known = stored.get(feed_url)
        every = {**(removed_from(known)[1] if known else {}), **added}
        document = {"feed_url": feed_url, "entry_ids": list(every), "traces": list(every.values())}
        documents.append(Document(document, known.doc_id if known else free))
        free += known is None
    table.remove(doc_ids=[each.doc_id for each in documents])
    table.insert_multiple(documents)


def rename_feed(table: Table, feed_url: str, new_url: str) -> None:
    """Gives the entries of a feed to another address of it."""
    former = [each for each in table if each["feed_url"] == feed_url]
    if former:
        table.remove(doc_ids=[each.doc_id for each in former])
        for each in former:
            note_removed(table, {new_url: removed_from(each)[1]})


def removed_from(document: Mapping[str, object]) -> tuple[str, dict[str, str]]:
    """A feed and its entries of a document. DamagedFile where it is not what was written."""
    read = Fields(document, "removed entries")
    entry_ids, traces = read.texts("entry_ids"), read.texts("traces")
    pairs = zip_longest(entry_ids, traces[: len(entry_ids)], fillvalue="")
    return read.text("feed_url", required=True), dict(pairs)


def removed_entries(
    table: Mapping[str, Mapping[str, object]], *, tolerant: bool = False
) -> Entries:
    """The entries in a stored table; a `tolerant` reader passes over what is damaged."""
    found: dict[str, dict[str, str]] = {}
    for document in table.values():
        try:
            feed_url, entries = removed_from(document)
        except DamagedFile:
            if not tolerant:
                raise
        else:
            found.setdefault(feed_url, {}).update(entries)
    return found


def _trace(origin: Origin, article: Article) -> str:
    """By its place, with the day it came on: what is published later there is another entry.

    Without a link by its words and dates, which the hash of what was stated has.
    """
    place = place_trace(origin.link, article.title)
    return f"{place} {day_mark(article.archived_at)}" if place else origin.entry_hash
