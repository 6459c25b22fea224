"""What can go wrong with an archive, as types a caller can tell apart.

ArchiveError                the base: `what`, `why` and `remedy`, a line each
├── ArchiveUnusable         the archive as a whole cannot be opened
│   └── ArchiveTooNew       a newer program wrote it
├── ArchiveReadOnly         it can be read, this write cannot be done
├── WriteFailed             disk full, I/O error: what was to be written may be lost
├── DamagedFile             a file's content is not what was written
├── NotFound                no article, feed or tag of that name
└── AmbiguousName           several match what was named
"""

from __future__ import annotations


class ArchiveError(Exception):
    """A failure that a person can act on.

    `what` names the file, URL or thing; `why` gives the reason; `remedy` says what to do.
    `str()` of it is the one line `WHAT: WHY. REMEDY.` that front ends print.
    """

    def __init__(self, what: str, why: str, remedy: str = "") -> None:
        self.what = what
        self.why = why
        self.remedy = remedy
        super().__init__(what, why, remedy)

    def __str__(self) -> str:
        parts = [f"{self.what}: {self.why.rstrip('.')}."]
        if self.remedy:
            parts.append(f"{self.remedy.rstrip('.')}.")
        return " ".join(parts)


class ArchiveUnusable(ArchiveError):
    """The archive as a whole cannot be opened: no folder, no permission, or not an archive."""


class ArchiveTooNew(ArchiveUnusable):
    """A newer program wrote this archive; this one would misread it, so it leaves it alone."""


class ArchiveReadOnly(ArchiveError):
    """The archive was opened, but its folder cannot be written to."""


class WriteFailed(ArchiveError):
    """A write did not surely reach the disk (full, I/O error).

    No file is half written: it has its old content, or the new one where the disk failed only
    after the new file had taken the old one's place, and a power cut may then still bring back the
    old one. Of a write to several files, those before may have been written.
    """


class DamagedFile(ArchiveError):
    """A file is cut, altered or not of its format."""


class NotFound(ArchiveError):
    """Nothing in the archive has that id, address or name."""


class AmbiguousName(ArchiveError):
    """Several things match a name that must mean one."""
