"""The compressed form of an archive's file: bzip2, one stream for some lines each.

Any bzip2 program makes the plain file of it. The first stream holds the first line, in which
`members` says with which article each of the others begins (0: with none), so one article is read
by inflating 32 kB, and damage costs the lines of one stream. A file without that, as `bzip2 FILE`
makes it, is inflated whole.

Measured over news, as ratio and milliseconds to inflate one stream: bzip2 2.9 and 1.1, gzip 2.6
and 0.2, xz 2.8 and 0.8. With twice as many lines in a stream bzip2 gives 3.2 and 2.0.
"""

from __future__ import annotations

import bz2
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import orjson

MEMBER_BYTES = 32 << 10
"""Plain bytes of a stream."""

_LEVEL = 1  # blocks of 100 kB, more than a stream has: the larger ones take longer to set up
_SIGNATURE = re.compile(rb"BZh[1-9]\x31\x41\x59\x26\x53\x59")
_NUMBER = re.compile(rb'"(\d{1,9})": ')
_ARTICLES = b'"articles": {\n'


class Member(NamedTuple):
    """A stream: the first article in it, where it begins in the file, where it ends."""

    first: int
    start: int
    end: int


def compress(plain: bytes) -> bytes:
    """The compressed form of a laid out file's bytes, which `has_same_lines` when inflated."""
    head, newline, body = plain.partition(b"\n")
    groups = list(_groups(body))
    first_line = _with_members(head, [first for _, first in groups]) + newline
    pieces = [first_line, *(lines for lines, _ in groups)]
    return b"".join(bz2.compress(each, _LEVEL) for each in pieces)


def has_same_lines(packed: bytes, plain: bytes) -> bool:
    """Whether compressed bytes are of that file: all but the first line, which says more."""
    return inflate(packed).partition(b"\n")[2] == plain.partition(b"\n")[2]


def inflate(data: bytes) -> bytes:
    """The plain bytes, or of damaged data all that can be had, which then fails its checksum."""
    pieces: list[bytes] = []
    begun = False  # whether it was read what the lines are
    starts = _starts(data)
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        piece = inflate_member(data[start:end])
        if piece is None:
            piece = b"\n" if begun else b"\n" + _ARTICLES
        begun = begun or _ARTICLES in piece
        pieces.append(piece)
    return b"".join(pieces)


def inflate_member(data: bytes) -> bytes | None:
    """The plain bytes of one stream; None where it is cut or altered."""
    try:
        return bz2.decompress(data)
    except (OSError, ValueError):
        return None


def beginning(data: bytes, size: int) -> bytes:
    """The first plain bytes, `size` at most; empty where they cannot be had of this much data."""
    try:
        return bz2.BZ2Decompressor().decompress(data, size)
    except OSError:
        return b""


def members(data: bytes) -> list[Member]:
    """Where the streams with articles lie; none where the first line does not say it."""
    starts = _starts(data)
    bounds = list(zip(starts, [*starts[1:], len(data)], strict=True))
    head = inflate_member(data[slice(*bounds[0])])
    stated = re.search(rb'"members":(\[[\d,]*\])', (head or b"").partition(b"\n")[0])
    firsts = orjson.loads(stated[1]) if stated else []
    if len(firsts) != len(bounds) - 1:
        return []
    found = zip(firsts, bounds[1:], strict=True)
    return [Member(first, *bound) for first, bound in found if first]


def member_with(found: list[Member], number: int) -> Member | None:
    """The stream that has the article of that number, if there is one."""
    place = bisect_right(found, number, key=lambda each: each.first)
    return found[place - 1] if place else None


def article_lines(plain: bytes) -> bytes:
    """The lines of a stream from its first article on."""
    return plain[max(0, plain.find(_ARTICLES)) :].removeprefix(_ARTICLES)


def _starts(data: bytes) -> list[int]:
    """Where streams begin: at the beginning, however it is, and at each signature."""
    return [0, *(found.start() for found in _SIGNATURE.finditer(data, 1))]


def _with_members(head: bytes, firsts: list[int]) -> bytes:
    try:
        tables = orjson.loads(head.removesuffix(b",") + b"}")
        tables["meta"]["1"]["members"] = firsts
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return head
    return orjson.dumps(tables).removesuffix(b"}") + b"," * head.endswith(b",")


def _groups(body: bytes) -> Iterator[tuple[bytes, int]]:
    """Lines for one stream each, with the number of the first article in them."""
    lines: list[bytes] = []
    size = first = 0
    inside = False
    for line in body.splitlines(keepends=True):
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
