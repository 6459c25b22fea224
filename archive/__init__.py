"""The archive: what is kept and how it is found.

    >>> from archive import Archive
    >>> with Archive.open("news") as archive:
    ...     archive.list("is:unread", limit=10)

The names below are the package's public ones. They load at first use, so that a program that needs
only the values of `archive.models` does not load a database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.archive import Archive
    from archive.errors import (
        AmbiguousName,
        ArchiveError,
        ArchiveReadOnly,
        ArchiveTooNew,
        ArchiveUnusable,
        DamagedFile,
        NotFound,
        WriteFailed,
    )
    from archive.feed_models import FetchState
    from archive.models import (
        Article,
        Feed,
        FeedStatus,
        Mark,
        MarkChange,
        Origin,
        PageRef,
        Problem,
        Revision,
        Section,
        Summary,
        TagCount,
        Undone,
    )
    from archive.retention import Retention

__all__ = [
    "AmbiguousName",
    "Archive",
    "ArchiveError",
    "ArchiveReadOnly",
    "ArchiveTooNew",
    "ArchiveUnusable",
    "Article",
    "DamagedFile",
    "Feed",
    "FeedStatus",
    "FetchState",
    "Mark",
    "MarkChange",
    "NotFound",
    "Origin",
    "PageRef",
    "Problem",
    "Retention",
    "Revision",
    "Section",
    "Summary",
    "TagCount",
    "Undone",
    "WriteFailed",
]


def __getattr__(name: str) -> object:
    """A public name, loaded from the module that has it."""
    if name in __all__:
        for module in (
            "archive.models",
            "archive.feed_models",
            "archive.errors",
            "archive.retention",
            "archive.archive",
        ):
            found = getattr(import_module(module), name, None)
            if found is not None:
                return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
