"""Reading the body of an answer under limits, and undoing its compression.

Compression is undone here and not by urllib3, so that a bomb is stopped after its first chunk
and a stream with a wrong length or checksum still gives what it holds.
"""

from __future__ import annotations

import re
import socket
from typing import Protocol

from reader.pipeline.body import Body, BodyBroken
from reader.pipeline.fetch_inflate import Inflater, inflater_for

CHUNK_BYTES = 64 * 1024
# After a whole gzip member: how long a server that stated a greater length may stay silent.
PATIENCE_SECONDS = 1.0
_LONGEST_END = 200
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


def read_body(answer: Answer, encoding: str, limit_bytes: int, *, may_be_cut: bool) -> Body:
    """The body of `answer`, decompressed.

    `encoding` is its Content-Encoding. What is over the limit is left out of a body that
    `may_be_cut`. One that was broken off or is damaged is returned only if it ends as a document
    ends. Raises BodyTooLarge, BodyBroken, and what urllib3 raises.
    """
    with Body.filled(limit_bytes) as body:
        _take(answer, encoding, limit_bytes, body)
        if body.is_cut and not may_be_cut:
            raise BodyTooLarge
    return body


def _take(answer: Answer, encoding: str, limit_bytes: int, body: Body) -> None:
    """Puts what comes into the body, up to the limit."""
    chunk = answer.read1(CHUNK_BYTES, decode_content=False)
    inflater = inflater_for(encoding, chunk)
    end = b""
    while chunk:
        part = inflater.feed(chunk, limit_bytes - body.size + 1)
        body.write(part)
        if body.is_cut:
            return
        end = (end + part)[-_LONGEST_END:]
        if inflater.finished:
            break
        chunk = _next_chunk(answer, inflater)
    problem = inflater.problem(cut=bool(answer.length_remaining))
    if problem and not _END_OF_DOCUMENT.search(end):
        raise BodyBroken(problem)


def _next_chunk(answer: Answer, inflater: Inflater) -> bytes:
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
