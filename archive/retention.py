"""What may be removed, as a value: a rule of the reader's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """What may be removed: read articles that came `keep_days` days ago or earlier.

    Only of those that match `query`. With `unread` those that nobody read may go too. Starred,
    tagged, noted and highlighted articles never may.
    """

    keep_days: int = 0
    query: str = ""
    unread: bool = False
