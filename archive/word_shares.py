"""How common a word is in texts of any subject: the share of documents that have it.

Read from `word_shares.bin`, which `python -m docs.word_shares` makes of the lists of the package
wordfreq 3.1.1 by Robyn Speer. The data are under the licence CC BY-SA 4.0
(https://creativecommons.org/licenses/by-sa/4.0/) and named in LICENSE-word-shares.

The file: four letters `WSH1`, the number of words, their hashes ascending, each a little-endian
32-bit number, then one byte a word: its share is `exp(-byte / LEVELS)`.
"""

from __future__ import annotations

import math
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("word_shares.bin")
MAGIC = b"WSH1"
LEVELS = 45
"""Steps of a byte in which the natural logarithm falls by one: shares down to .0035 fit."""

_STRETCH_BITS = 22
_STRETCHES = 1 << (32 - _STRETCH_BITS)
"""Stretches of the table: in one of them a word is found sooner than in the whole."""

_SHARES = tuple(math.exp(-level / LEVELS) for level in range(256))


class WordShares(NamedTuple):
    """The table: `hashes` ascending, and the level of each.

    `starts` has the place of the first hash with each beginning of _STRETCH_BITS less.
    """

    hashes: array[int]
    levels: bytes
    starts: Sequence[int]

    def share(self, term: int) -> float | None:
        """The share of documents that have the term of that hash; None for a rare one."""
        stretch = term >> _STRETCH_BITS
        place = bisect_left(self.hashes, term, self.starts[stretch], self.starts[stretch + 1])
        if place < len(self.hashes) and self.hashes[place] == term:
            return _SHARES[self.levels[place]]
        return None


def term_of(token: str) -> int:
    """The number that stands for a folded token here and in the index."""
    return zlib.crc32(token.encode("utf-8", "surrogatepass"))


@cache
def word_shares() -> WordShares:
    """The table that comes with the program."""
    data = FILE.read_bytes()
    count = int.from_bytes(data[len(MAGIC) : len(MAGIC) + 4], "little")
    start = len(MAGIC) + 4
    hashes = array("I")
    hashes.frombytes(data[start : start + 4 * count])
    if sys.byteorder == "big":
        hashes.byteswap()
    starts = [bisect_left(hashes, place << _STRETCH_BITS) for place in range(_STRETCHES + 1)]
    return WordShares(hashes, data[start + 4 * count :], starts)


def written(shares: dict[int, float]) -> bytes:
    """The file of a table."""
    ordered = sorted(shares)
    hashes = array("I", ordered)
    if sys.byteorder == "big":
        hashes.byteswap()
    levels = bytes(min(255, round(-math.log(shares[term]) * LEVELS)) for term in ordered)
    return MAGIC + len(ordered).to_bytes(4, "little") + hashes.tobytes() + levels
