"""Claims on feeds: while one refresh has a feed, no other one takes it up, of whatever process.

A claim is a lock on a file of the feed's own in the folder `claims`, which is removed with it. The
kernel frees the lock when its process ends, however it ends; what that leaves is an empty file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.locks import WriterLock

FOLDER = "claims"


@contextmanager
def claim(root: Path, feed_id: str) -> Iterator[bool]:
    """Whether nobody else has the feed; nobody else gets it inside.

    WriteFailed, ArchiveReadOnly where the claim's file cannot be made.
    """
    path = root / FOLDER / feed_id
    lock = WriterLock(path)
    try:
        with lock.attempt() as held:
            try:
                yield held
            finally:
                if held:
                    # Whoever waits to lock this very file sees that it is gone, and makes another.
                    with suppress(OSError):
                        path.unlink()
    finally:
        lock.close()
