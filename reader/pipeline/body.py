"""The body of an answer: its bytes in memory while they are few, else in a file without a name.

So a run over many large feeds needs no memory for those that wait to be parsed, and whatever ends
the program leaves nothing behind.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile, gettempdir
from typing import IO, Self

IN_MEMORY_BYTES = 1 << 20
_PIECE_BYTES = 1 << 18


class BodyBroken(Exception):
    """The body ended early, is damaged or found no room; `str()` says which, as a clause."""


class Body:
    """What came so far of a document, decompressed. For one thread at a time; to be closed.

    What is over `limit_bytes` is left out; then `is_cut` is set.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._file: IO[bytes] = io.BytesIO()
        self._digest = hashlib.blake2b(digest_size=16)
        self.size = 0
        self.is_cut = False

    @classmethod
    @contextmanager
    def filled(cls, limit_bytes: int) -> Iterator[Self]:
        """A body to be filled inside, and kept; it is closed if that fails."""
        body = cls(limit_bytes)
        try:
            yield body
        except BaseException:
            body.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def hash(self) -> str:
        """A hash over all bytes."""
        return self._digest.hexdigest()

    def write(self, piece: bytes) -> None:
        """Put more bytes to the end; raises BodyBroken where the disk has no room for them."""
        left = self._limit_bytes - self.size
        if len(piece) > left:
            self.is_cut = True
            piece = piece[:left]
        try:
            if self.size <= IN_MEMORY_BYTES < self.size + len(piece):
                self._go_to_disk()
            self._file.write(piece)
        except OSError as error:
            reason = error.strerror or str(error)
            raise BodyBroken(f"could not be kept in {gettempdir()} ({reason})") from error
        self._digest.update(piece)
        self.size += len(piece)

    def _go_to_disk(self) -> None:
        begun = self.read()
        self._file = TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._file.write(begun)

    def read(self) -> bytes:
        """All bytes."""
        return b"".join(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """The bytes one piece after the other, none of them large."""
        self._file.seek(0)
        while piece := self._file.read(_PIECE_BYTES):
            yield piece

    def close(self) -> None:
        """Give the memory or the file back; there is nothing to be read any more."""
        self._file.close()
