"""A removal as a value: which articles go, as it stands in the journal until all are gone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archive.changes import Alteration
from archive.errors import DamagedFile
from archive.models import Mark


@dataclass(frozen=True, slots=True)
class Removal:
    """Document numbers to be removed, by volume.

    `pages` are the WARC files that the articles' raw pages lie in. `unread` lets unread ones go.
    """

    volumes: Mapping[str, tuple[int, ...]]
    pages: tuple[str, ...] = ()
    unread: bool = False

    @property
    def article_count(self) -> int:
        """How many articles it names."""
        return sum(map(len, self.volumes.values()))


def may_go(mark: Mark, *, unread: bool) -> bool:
    """Whether nothing that the reader did holds an article back."""
    kept = mark.starred or mark.tags or mark.section_tags or mark.note or mark.highlights
    return not kept and (mark.read or unread)


def without(alterations: Iterable[Alteration], doc_ids: Iterable[int]) -> tuple[Alteration, ...]:
    """The alterations of other articles than these, which can be taken back no more."""
    gone = set(doc_ids)
    left = (
        replace(each, doc_ids=tuple(one for one in each.doc_ids if one not in gone))
        for each in alterations
    )
    return tuple(each for each in left if each.doc_ids)


def removal_document(removal: Removal) -> dict[str, Any]:
    """The JSON of a removal."""
    return {
        "volumes": {volume: list(doc_ids) for volume, doc_ids in removal.volumes.items()},
        "pages": list(removal.pages),
        "unread": removal.unread,
    }


def removal_from(document: Mapping[str, Any]) -> Removal:
    """The removal that `removal_document` wrote. DamagedFile where it is not."""
    try:
        return Removal(
            volumes={
                volume: tuple(map(int, doc_ids)) for volume, doc_ids in document["volumes"].items()
            },
            pages=tuple(map(str, document["pages"])),
            unread=bool(document["unread"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedFile("removal", "it is not what was written") from error
