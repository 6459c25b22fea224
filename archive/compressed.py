"""The compressed form of an archive's file: gzip (RFC 1952), one member for some lines each.

Any gzip program makes the plain file of it. Members hold whole lines, so one article is read by
inflating 64 kB, and damage costs the lines of one member. Each member's header has an extra field
`NR`: the member's length in the file, and the number of the first document of the articles in it
(0: none begins there). Without these, as after `gzip FILE`, a file is inflated whole.
"""

from __future__ import annotations

import re
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

MEMBER_BYTES = 64 << 10
"""Plain bytes of a member: 2 % larger files than with twice as many, read in half the time."""

_LEVEL = 6  # 9 saves a thousandth
_HEADER = struct.Struct("<4sLBBH2sHLL")  # RFC 1952, section 2.3.1, up to the end of the extra field
_START = b"\x1f\x8b\x08\x04"
_NO_TIME, _NO_HINT, _UNKNOWN_SYSTEM = 0, 0, 255
_FIELD, _FIELD_BYTES, _EXTRA_BYTES = b"NR", 8, 12
_TRAILER = struct.Struct("<LL")
_SIGNATURE = _HEADER.pack(
    _START, _NO_TIME, _NO_HINT, _UNKNOWN_SYSTEM, _EXTRA_BYTES, _FIELD, _FIELD_BYTES, 0, 0
)[:-8]
_GZIP = zlib.MAX_WBITS + 16
_NUMBER = re.compile(rb'"(\d{1,9})": ')
_ARTICLES = b'"articles": {\n'
_CAREFULLY = 64


class Member(NamedTuple):
    """A member: the first document in it, where it begins in the file, its length there."""

    first: int
    start: int
    size: int


def compress(plain: bytes) -> bytes:
    """The compressed form of a laid out file's bytes."""
    return b"".join(_member(lines, first) for lines, first in _groups(plain))


def inflate(data: bytes) -> bytes:
    """The plain bytes, or of damaged data all that can be had, which then fails its checksum."""
    pieces: list[bytes] = []
    position = 0
    while position < len(data):
        inflater = zlib.decompressobj(_GZIP)
        try:
            piece = inflater.decompress(data[position:])
        except zlib.error:
            piece = b""
        if inflater.eof:
            pieces.append(piece)
            position = len(data) - len(inflater.unused_data)
            continue
        piece = _beginning(data, position) + b"\n"
        if position == 0 and _ARTICLES not in piece:
            piece += _ARTICLES  # the head is lost, which says what the lines after it are
        pieces.append(piece)
        following = data.find(_SIGNATURE, position + 1)
        position = following if following >= 0 else len(data)
    return b"".join(pieces)


def beginning(data: bytes, size: int) -> bytes:
    """The first plain bytes, `size` at most; empty where the data does not begin as gzip does."""
    try:
        return zlib.decompressobj(_GZIP).decompress(data, size)
    except zlib.error:
        return b""


def members(data: bytes) -> list[Member] | None:
    """Where the members lie, found without inflating; None where they do not say it."""
    found: list[Member] = []
    position = 0
    while position < len(data):
        if len(data) < position + _HEADER.size:
            return None
        start, *_, extra, field, length, size, first = _HEADER.unpack_from(data, position)
        ours = (start, extra, field, length) == (_START, _EXTRA_BYTES, _FIELD, _FIELD_BYTES)
        if not ours or not size:
            return None
        found.append(Member(first, position, size))
        position += size
    return found if position == len(data) else None


def member_with(found: list[Member], number: int) -> Member | None:
    """The member that has the article of that number, if there is one."""
    with_articles = [each for each in found if each.first]
    place = bisect_right(with_articles, number, key=lambda each: each.first)
    return with_articles[place - 1] if place else None


def article_lines(member: bytes) -> bytes:
    """The plain lines of a member from its first article on. zlib.error if it is damaged."""
    inflater = zlib.decompressobj(_GZIP)
    plain = inflater.decompress(member)
    if not inflater.eof:
        raise zlib.error("it is cut")
    return plain[max(0, plain.find(b"\n" + _ARTICLES) + 1) :].removeprefix(_ARTICLES)


def _groups(plain: bytes) -> Iterator[tuple[bytes, int]]:
    """Lines for one member each, with the number of the first article in them."""
    lines: list[bytes] = []
    size = first = 0
    inside = False
    for line in plain.splitlines(keepends=True):
        if line.endswith(b"{\n"):  # a table begins
            inside = line == _ARTICLES
        elif inside and not first and (number := _NUMBER.match(line)):
            first = int(number[1])
        lines.append(line)
        size += len(line)
        if size >= MEMBER_BYTES:
            yield b"".join(lines), first
            lines, size, first = [], 0, 0
    if lines:
        yield b"".join(lines), first


def _member(lines: bytes, first: int) -> bytes:
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflater.compress(lines) + deflater.flush()
    size = _HEADER.size + len(body) + _TRAILER.size
    header = _HEADER.pack(
        _START, _NO_TIME, _NO_HINT, _UNKNOWN_SYSTEM, _EXTRA_BYTES, _FIELD, _FIELD_BYTES, size, first
    )
    return header + body + _TRAILER.pack(zlib.crc32(lines), len(lines) & 0xFFFFFFFF)


def _beginning(data: bytes, position: int) -> bytes:
    """What a damaged member gives before the damage: zlib keeps nothing of a call that fails."""
    inflater = zlib.decompressobj(_GZIP)
    plain = b""
    with suppress(zlib.error):
        for start in range(position, len(data), _CAREFULLY):
            plain += inflater.decompress(data[start : start + _CAREFULLY])
    return plain
