"""Making one story of two, at the cost of the smaller one.

A story is called by the unit in it that came to the archive first. To call it anew takes as long as
it is large, and where the newest came first every member has it called anew: so while a transaction
lasts a story keeps the number of its larger part, and is called at the end. On the table
`story_units`, inside a transaction.
"""

from __future__ import annotations

import sqlite3

from archive.story_names import arrival


class Merging:
    """The stories that were made one in a transaction; `finish` comes before its end."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._called: dict[int, int] = {}

    def called(self, story: int) -> int:
        """The unit that a story is to be called by."""
        return self._called.get(story, story)

    def merge(self, smaller: int, larger: int) -> None:
        """Makes one of two stories, which has the number of the larger one until the end."""
        calling = self.called(smaller), self.called(larger)
        self._called[larger] = min(calling, key=lambda unit: arrival_of(self._db, unit))
        self._called.pop(smaller, None)
        self._move(smaller, larger)

    def finish(self) -> None:
        """Calls each story by what came first."""
        for story, first in self._called.items():
            if story != first:
                self._move(story, first)
        self._called.clear()

    def _move(self, story: int, to: int) -> None:
        self._db.execute("UPDATE story_units SET story = ? WHERE story = ?", (to, story))


def arrival_of(db: sqlite3.Connection, unit: int) -> tuple[tuple[str, int], int, int]:
    """What units are sorted by for the order in which they came to the archive."""
    found = db.execute("SELECT article_id, section FROM story_units WHERE unit = ?", (unit,))
    return arrival(*found.fetchone())
