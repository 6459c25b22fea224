"""What can go wrong outside the archive, as types a front end can tell apart.

ReaderError               the base: `what`, `why` and `remedy`, a line each
├── UsageProblem          what was typed cannot be done as typed (exit 2)
│   └── ConfigError       the configuration file is wrong
├── FeedUnusable          an address answers nothing that can be subscribed to
└── ImportProblem         a file cannot be imported at all
"""

from __future__ import annotations


class ReaderError(Exception):
    """A failure that a person can act on, in the shape of `archive.errors.ArchiveError`.

    `what` names the file, address or word; `why` gives the reason; `remedy` says what to do.
    `str()` of it is the one line `WHAT: WHY. REMEDY.` that front ends print.
    """

    def __init__(self, what: str, why: str, remedy: str = "") -> None:
        self.what = what
        self.why = why
        self.remedy = remedy
        super().__init__(what, why, remedy)

    def __str__(self) -> str:
        return " ".join(
            part if part.endswith("?") else part.rstrip(".") + "."
            for part in (f"{self.what}: {self.why}", self.remedy)
            if part
        )


class UsageProblem(ReaderError):
    """A command, option or word that does not fit; nothing was done."""


class ConfigError(UsageProblem):
    """The configuration file cannot be read, or says something that means nothing here."""


class FeedUnusable(ReaderError):
    """An address that is no feed and announces none, or does not answer."""


class ImportProblem(ReaderError):
    """A file that is missing, unreadable or of no format that can be imported."""
