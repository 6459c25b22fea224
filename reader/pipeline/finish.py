"""What holds for the entries of every format: text stated once, ids that tell them apart, hashes.

Runs in worker processes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import repeat, starmap

from archive.urls import url_key
from reader.pipeline.parse import (
    ENTRY_LIMIT,
    LONG_DESCRIPTION,
    Entry,
    ParsedFeed,
    cut_note,
    plain_text,
)
from reader.pipeline.traces import id_trace


class IdTaken(Exception):
    """An entry would get the id of one that was cut out: only the whole document tells them."""


def finish(
    feed: ParsedFeed, taken: AbstractSet[bytes] = frozenset(), traces: Sequence[bytes] = ()
) -> ParsedFeed:
    """The feed with entries that say something, each with a hash and an id of its own.

    `taken` has the traces of the ids of entries that were cut out of the document; `traces` are
    those of the elements of the entries, if they have any. Raises IdTaken.
    """
    traced = zip(feed.entries, traces or repeat(b""), strict=False)
    entries = [entry for entry in starmap(_with_hash, traced) if _says_something(entry)]
    stated = entries[:ENTRY_LIMIT]
    notes = feed.notes
    if len(entries) > ENTRY_LIMIT:
        notes = (*notes, cut_note(len(entries)))
    finished = _told_apart(stated)
    if taken and any(id_trace(each) in taken for each in _claimed(stated, finished)):
        raise IdTaken
    return replace(feed, entries=tuple(finished.values()), notes=notes)


def _told_apart(entries: list[Entry]) -> dict[str, Entry]:
    """The entries by ids of their own; what stands twice is one.

    The id is what the feed states, else its link, else title and date, or the text where there is
    no title. A stated id that several share is one only with the link, and an id that several
    still share only with the words.
    """
    by_statement = {(entry.entry_id, entry.entry_hash): entry for entry in entries}
    shared = Counter(entry.entry_id for entry in by_statement.values())
    with_place = [
        (entry, entry.entry_id if shared[entry.entry_id] == 1 and entry.entry_id else _place(entry))
        for entry in by_statement.values()
    ]
    still_shared = Counter(entry_id for _, entry_id in with_place)
    finished: dict[str, Entry] = {}
    for entry, entry_id in with_place:
        alone = still_shared[entry_id] == 1
        own_id = entry_id if alone else f"{entry_id} {_digest(entry.title, _texts(entry))}"
        # An id that depends on the other entries must be found among all of them every time.
        depends = not alone or (entry.entry_id and shared[entry.entry_id] > 1)
        trace = b"" if depends else entry.trace
        if (own_id, trace) != (entry.entry_id, entry.trace):
            entry = replace(entry, entry_id=own_id, trace=trace)
        finished.setdefault(own_id, entry)
    return finished


def _claimed(stated: list[Entry], finished: dict[str, Entry]) -> AbstractSet[str]:
    """Every id that the entries have or would have alone."""
    return {*finished, *(entry.entry_id or _place(entry) for entry in stated)}


def _with_hash(entry: Entry, trace: bytes) -> Entry:
    """The entry with its trace, its text once, a hash that changes with its words and dates.

    Once: a long description is the text, a summary equal to the text is dropped. The hash does not
    change with the attributes of the markup, nor with what links vary for one page, such as a
    tracking parameter of the day.
    """
    summary, content = plain_text(entry.summary_html), plain_text(entry.content_html)
    if not entry.content_html and len(summary) > LONG_DESCRIPTION:
        entry = replace(entry, content_html=entry.summary_html, summary_html="")
    elif entry.content_html and entry.summary_html == entry.content_html:
        entry, summary = replace(entry, summary_html=""), ""
    entry_hash = _digest(
        url_key(entry.url), entry.title, entry.author,
        str(entry.published_at), str(entry.updated_at), f"{summary} {content}".strip(),
    )  # fmt: skip
    return replace(entry, entry_hash=entry_hash, trace=trace)


def _says_something(entry: Entry) -> bool:
    return bool(entry.title or entry.url or _texts(entry))


def _place(entry: Entry) -> str:
    """An id for an entry whose feed gives none, or gives several entries the same."""
    words = entry.title or _texts(entry)
    place = url_key(entry.url) if entry.url else _digest(words, str(entry.published_at))
    return f"{entry.entry_id} {place}".strip()


def _texts(entry: Entry) -> str:
    return plain_text(f"{entry.summary_html} {entry.content_html}")


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(joined, digest_size=12).hexdigest()
