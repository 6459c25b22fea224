"""What stays of removed articles: which entries of which feeds they were, so that none comes back.

It is a table of the volume that they were in, written in the write that removes them: one document
a feed, `{"feed_url": ..., "entry_ids": [...]}`. A feed may list an entry for years after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tinydb.table import Document, Table

from archive.errors import DamagedFile
from archive.fields import Fields
from archive.models import Article

REMOVED = "removed"

Entries = dict[str, tuple[str, ...]]
"""Ids of entries by the URL of their feed."""


def entries_of(articles: Iterable[Article]) -> Entries:
    """The entries that articles were made of."""
    found: dict[str, list[str]] = {}
    for article in articles:
        for origin in article.origins:
            if origin.feed_url:
                found.setdefault(origin.feed_url, []).append(origin.entry_id)
    return {feed_url: tuple(entry_ids) for feed_url, entry_ids in found.items()}


def note_removed(table: Table, entries: Mapping[str, Sequence[str]]) -> None:
    """Adds entries to the table."""
    stored = {each["feed_url"]: each for each in table}
    free = max((each.doc_id for each in stored.values()), default=0) + 1
    documents = []
    for feed_url, entry_ids in entries.items():
        known = stored.get(feed_url)
        every = dict.fromkeys([*(known["entry_ids"] if known else ()), *entry_ids])
        document = {"feed_url": feed_url, "entry_ids": list(every)}
        documents.append(Document(document, known.doc_id if known else free))
        free += known is None
    table.remove(doc_ids=[each.doc_id for each in documents])
    table.insert_multiple(documents)


def removed_from(document: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """A feed and its entries of a document. DamagedFile where it is not what was written."""
    read = Fields(document, "removed entries")
    return read.text("feed_url", required=True), read.texts("entry_ids")


def removed_entries(
    table: Mapping[str, Mapping[str, object]], *, tolerant: bool = False
) -> Entries:
    """The entries in a stored table; a `tolerant` reader passes over what is damaged."""
    found: Entries = {}
    for document in table.values():
        try:
            feed_url, entry_ids = removed_from(document)
        except DamagedFile:
            if not tolerant:
                raise
        else:
            found[feed_url] = found.get(feed_url, ()) + entry_ids
    return found
