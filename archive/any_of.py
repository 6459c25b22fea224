"""One regular expression for thousands of spellings, which costs no more than a few of them do.

Spellings that begin alike share their beginning, as in a trie: what stands at a place of a text is
then compared once and not with each of them. The longest that matches there is found. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.text import is_unspaced

_Trie = dict[str, "_Trie"]

_END = ""
"""The key of a node at which a spelling ends."""


def any_of(spellings: Iterable[str]) -> re.Pattern[str]:
    """What finds any of these, whatever their case, inside no longer word.

    In scripts that do not part words they may stand inside others.
    """
    parted, unparted = _Trie(), _Trie()
    for spelling in spellings:
        node = unparted if is_unspaced(spelling[0]) else parted
        for letter in spelling:
            node = node.setdefault(_letter(letter), {})
        node[_END] = {}
    starts = ((r"(?<!\w)", parted), ("", unparted))
    written = (start + _pattern(trie, "") for start, trie in starts if trie)
    return re.compile("|".join(written), re.IGNORECASE)


def _letter(letter: str) -> str:
    """One letter for all that regular expressions take for the same but for their case."""
    if letter in "İı":
        return "i"
    folded = letter.casefold()
    return folded if len(folded) == 1 else letter.lower()


def _pattern(node: _Trie, last: str) -> str:
    """What may follow at a node, longer spellings first; `last` is the letter that led there."""
    followed = []
    for letter, below in node.items():
        if letter == _END:
            continue
        written = letter
        # As long as there is but one way, no group is opened: patterns nest no deeper than needed.
        while len(below) == 1 and _END not in below:
            ((following, below),) = below.items()
            written += following
        followed.append(re.escape(written) + _pattern(below, written[-1]))
    if _END in node:
        followed.append("" if is_unspaced(last) else r"(?!\w)")
    return followed[0] if len(followed) == 1 else f"(?:{'|'.join(followed)})"
