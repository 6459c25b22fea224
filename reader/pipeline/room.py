"""How much of large feeds may be in memory at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Held:
    """A part of a room."""

    def __init__(self, room: Room, size: int) -> None:
        self._room = room
        self.size = size

    def shrink(self, size: int) -> None:
        """Give back all but so many bytes; a part never grows."""
        self._room.give_back(max(0, self.size - size))
        self.size = min(self.size, size)


class Room:
    """Bytes that the threads of a run share: who needs more than is left waits for the others.

    Whoever needs more than there is at all has the room alone.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._used = 0
        self._changed = threading.Condition()

    @contextmanager
    def held(self, size: int) -> Iterator[Held]:
        """So many bytes are held inside, once they are free. Not to be nested."""
        size = min(size, self._most)
        with self._changed:
            self._changed.wait_for(lambda: self._used + size <= self._most)
            self._used += size
        held = Held(self, size)
        try:
            yield held
        finally:
            held.shrink(0)

    def give_back(self, size: int) -> None:
        """So many bytes of a held part are free again."""
        with self._changed:
            self._used -= size
            self._changed.notify_all()
