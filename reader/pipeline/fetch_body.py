"""Reading the body of an answer under limits, and undoing its compression.

Compression is undone here and not by urllib3, so that a bomb is stopped after its first chunk
and a stream with a wrong length or checksum still gives what it holds. gzip and deflate only:
nothing else is asked for.
"""

from __future__ import annotations

import re
import socket
import zlib
from typing import Protocol

CHUNK_BYTES = 64 * 1024
# After a whole gzip member: how long a server that stated a greater length may stay silent.
PATIENCE_SECONDS = 1.0
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP = zlib.MAX_WBITS | 16
_END_OF_DOCUMENT = re.compile(
    rb"(</(rss|feed|rdf:rdf|channel|html|body|opml)\s*>|[}\]])\s*\Z", re.IGNORECASE
)


class Answer(Protocol):
    """The part of `urllib3.HTTPResponse` that is read here."""

    length_remaining: int | None

    @property
    def connection(self) -> object:
        """The connection that is read from; it may have a socket as `sock`."""
        ...

    def read1(self, amt: int, decode_content: bool) -> bytes:
        """At most `amt` bytes, as soon as some have come; empty at the end."""
        ...


class BodyTooLarge(Exception):
    """The body, undone, is larger than it may be."""


class BodyBroken(Exception):
    """The body ended early, or its compression is damaged; `str()` says which, in words."""


def read_body(answer: Answer, encoding: str, limit_bytes: int) -> bytes:
    """The body of `answer`, decompressed.

    `encoding` is its Content-Encoding. A body that was cut or is damaged is returned only if it
    ends as a document ends. Raises BodyTooLarge, BodyBroken, and what urllib3 raises.
    """
    first = answer.read1(CHUNK_BYTES, decode_content=False)
    inflater = _inflater(encoding, first)
    parts: list[bytes] = []
    size = 0
    chunk = first
    while chunk:
        part = inflater.feed(chunk, limit_bytes - size + 1)
        size += len(part)
        if size > limit_bytes:
            raise BodyTooLarge
        parts.append(part)
        if inflater.finished:
            break
        chunk = _next_chunk(answer, inflater)
    body = b"".join(parts)
    problem = inflater.problem(cut=bool(answer.length_remaining))
    if problem and not _END_OF_DOCUMENT.search(body[-200:]):
        raise BodyBroken(problem)
    return body


def _next_chunk(answer: Answer, inflater: _Plain | _Inflater) -> bytes:
    """What comes next; empty at the end, of which a server that states a wrong length says nothing.

    Many state the length of the plain body for a compressed one, and wait for the next request.
    """
    if not inflater.whole or not answer.length_remaining:
        return answer.read1(CHUNK_BYTES, decode_content=False)
    from urllib3.exceptions import HTTPError

    line = getattr(answer.connection, "sock", None)
    if isinstance(line, socket.socket):
        line.settimeout(PATIENCE_SECONDS)
    try:
        return answer.read1(CHUNK_BYTES, decode_content=False)
    except (HTTPError, OSError):
        return b""


def _inflater(encoding: str, first: bytes) -> _Plain | _Inflater:
    """What undoes the compression that the bytes show; headers are often wrong about it."""
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    names = [name for name in names if name not in ("identity", "none", "utf-8")]
    if first.startswith(_GZIP_MAGIC):
        return _Inflater(_GZIP)
    if names == ["deflate"]:
        # RFC 9110, 8.4.1.2: zlib's format is meant, a bare stream is often sent.
        is_zlib = len(first) > 1 and first[0] & 0x0F == 8 and (first[0] << 8 | first[1]) % 31 == 0
        return _Inflater(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
    if names and names[-1] not in ("gzip", "x-gzip", "deflate"):
        raise BodyBroken(f"sent its answer in a compression that was not asked for ({names[-1]})")
    return _Plain()


class _Plain:
    """A body that is not compressed."""

    finished = False
    whole = False

    def feed(self, chunk: bytes, _limit: int) -> bytes:
        return chunk

    def problem(self, *, cut: bool) -> str:
        return "stopped in the middle of its answer" if cut else ""


class _Inflater:
    """A gzip or deflate stream that may be cut, mislabelled or damaged."""

    def __init__(self, window_bits: int) -> None:
        self._window_bits = window_bits
        self._stream = zlib.decompressobj(window_bits)
        self._damaged = False

    @property
    def finished(self) -> bool:
        """Whether nothing that follows can count: it is damaged, or no further member came."""
        if self._damaged or not self._stream.eof:
            return self._damaged
        rest = self._stream.unused_data[: len(_GZIP_MAGIC)]
        return not (self._window_bits == _GZIP and _GZIP_MAGIC.startswith(rest))

    @property
    def whole(self) -> bool:
        """Whether the stream may end here; another gzip member may still follow."""
        return self._stream.eof

    def feed(self, chunk: bytes, limit: int) -> bytes:
        """At most `limit` bytes of what `chunk` holds."""
        out = self._inflate(chunk, limit)
        while self._next_member_has_come():
            # RFC 1952, 2.2: members follow each other and count as one stream.
            rest = self._stream.unused_data
            self._stream = zlib.decompressobj(self._window_bits)
            out += self._inflate(rest, max(limit - len(out), 1))
        return out

    def _next_member_has_come(self) -> bool:
        is_gzip = self._window_bits == _GZIP and not self._damaged
        return is_gzip and self._stream.eof and self._stream.unused_data.startswith(_GZIP_MAGIC)

    def _inflate(self, chunk: bytes, limit: int) -> bytes:
        before = self._stream.copy()
        try:
            return self._stream.decompress(chunk, limit)
        except zlib.error:
            self._damaged = True
            return self._salvage(before, chunk, limit)

    def problem(self, *, cut: bool) -> str:  # noqa: ARG002 - the stream's own end counts, not the length
        if self._damaged:
            return "sent an answer with damaged compression"
        return "" if self._stream.eof else "stopped in the middle of its answer"

    @staticmethod
    def _salvage(stream: zlib._Decompress, chunk: bytes, limit: int) -> bytes:
        """What `chunk` gives before the damage: zlib drops the output of the call that fails."""
        out = bytearray()
        for index in range(len(chunk)):
            try:
                out += stream.decompress(chunk[index : index + 1], max(limit - len(out), 1))
            except zlib.error:
                break
        return bytes(out)
