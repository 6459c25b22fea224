"""Changes of marks that the screen shows already, while they are on their way to the disk.

A row read from the archive may be older than a change that is still being written, or was being
written when the row was read. So each read takes a number when it begins, and a change is laid
over its rows unless the change was done before the read began.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.characters import clean_line
from archive.models import FeedStatus, MarkChange, Summary
from archive.section_tags import changed_section_tags
from reader.tui.widgets.feed_tree import Counts


def changed(row: Summary, change: MarkChange) -> Summary:
    """The row after a change; tags are added, then taken away."""
    added = {clean_line(tag) for tag in change.add_tags} - {""}
    return replace(
        row,
        read=row.read if change.read is None else change.read,
        starred=row.starred if change.starred is None else change.starred,
        hidden=row.hidden if change.hidden_by is None else bool(change.hidden_by),
        tags=tuple(sorted((set(row.tags) | added) - set(change.remove_tags))),
        section_tags=changed_section_tags(
            row.section_tags,
            change.add_section_tags,
            change.remove_section_tags,
            change.remove_tags,
        ),
    )


@dataclass(slots=True)
class _Change:
    """`unread` says by how many it makes the unread articles of each feed more."""

    article_ids: frozenset[str]
    change: MarkChange
    unread: Counter[str]
    starred: int
    done_at: int | None = None


class PendingMarks:
    """The changes under way, oldest first."""

    def __init__(self) -> None:
        self._changes: dict[int, _Change] = {}
        self._last_ticket = 0
        self._reads_begun = 0

    def add(self, rows: Sequence[Summary], change: MarkChange) -> int:
        """Note a change of these articles that begins; returns its ticket."""
        unread, starred = Counter[str](), 0
        for row in rows:
            after = changed(row, change)
            unread[row.feed_url] += row.read - after.read
            starred += after.starred - row.starred
        ids = frozenset(row.article_id for row in rows)
        self._last_ticket += 1
        self._changes[self._last_ticket] = _Change(ids, change, unread, starred)
        return self._last_ticket

    def done(self, ticket: int) -> None:
        """The change is on disk: reads that begin from now on have it."""
        if ticket in self._changes:
            self._changes[ticket].done_at = self._reads_begun

    def drop(self, ticket: int) -> None:
        """The change was not made."""
        self._changes.pop(ticket, None)

    def begin_read(self) -> int:
        """The number of a read that begins."""
        self._reads_begun += 1
        return self._reads_begun

    def lay_over(self, rows: Iterable[Summary], read: int) -> list[Summary]:
        """The rows of a read with the changes that it may not have seen."""
        return [self._changed(row, read) for row in rows]

    def recounted(
        self, statuses: Iterable[FeedStatus], counts: Counts
    ) -> tuple[list[FeedStatus], Counts]:
        """Counts as they are with the changes that are not on disk.

        Of such an article only the feed that brought it first is counted anew.
        """
        unread, starred = Counter[str](), 0
        for pending in self._changes.values():
            if pending.done_at is None:
                unread.update(pending.unread)
                starred += pending.starred
        return [_recounted(each, unread[each.feed.feed_url]) for each in statuses], replace(
            counts,
            unread_count=max(0, counts.unread_count + unread.total()),
            starred_count=max(0, counts.starred_count + starred),
        )

    def _changed(self, row: Summary, read: int) -> Summary:
        for pending in self._changes.values():
            unseen = pending.done_at is None or read <= pending.done_at
            if unseen and row.article_id in pending.article_ids:
                row = changed(row, pending.change)
        return row

    def forget_settled(self, read: int) -> None:
        """Forget what every read from `read` on has seen, when no older read is under way."""
        settled = [
            ticket
            for ticket, pending in self._changes.items()
            if pending.done_at is not None and pending.done_at < read
        ]
        for ticket in settled:
            del self._changes[ticket]


def _recounted(status: FeedStatus, more: int) -> FeedStatus:
    return replace(status, unread_count=max(0, status.unread_count + more)) if more else status
