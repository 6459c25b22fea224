"""What the names of elements (class, id) say of them, read from `names.txt` beside this file.

Names are compared by their words: `hk-NewsletterBox__title` has newsletter, box and title. Runs in
worker processes.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_KNOWN_NAMES = 4096  # a page has some hundred, and an outlet's pages have the same


class Kind(IntEnum):
    """What an element is by its names."""

    UNKNOWN = 0
    SMALL = 1
    """Furniture if it is short and no sentence: bylines, rows of buttons, counters."""
    FURNITURE = 2
    """Furniture unless it is most of the page: share rows, related lists, comments."""
    LEAD = 3
    """A part of the text that is no paragraph of it: standfirst, summary, caption."""
    TEXT = 4
    """The text itself."""


@lru_cache(maxsize=_KNOWN_NAMES)
def kind_of_names(names: str) -> Kind:
    """What an element with these names is."""
    words = words_of_names(names)
    if _says(words, "furniture"):
        return Kind.FURNITURE
    if _says(words, "text"):
        return Kind.TEXT
    if _says(words, "lead"):
        return Kind.LEAD
    return Kind.SMALL if _says(words, "byline") or _says(words, "small") else Kind.UNKNOWN


@lru_cache(maxsize=_KNOWN_NAMES)
def is_named(names: str, kind: str) -> bool:
    """Whether these names are of a kind of the file: `byline`, `comments`, `quote`."""
    return _says(words_of_names(names), kind)


def words_of_names(names: str) -> list[str]:
    """The words of a class or an id, in lower case."""
    return [word.lower() for word in _WORD.findall(names)]


def _says(words: list[str], kind: str) -> bool:
    single, rows = _vocabulary()[kind]
    if not single.isdisjoint(words):
        return True
    joined = f" {' '.join(words)} "
    return any(row in joined for row in rows)


@cache
def _vocabulary() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """The names of each kind: single words, and several in a row with spaces around."""
    found: dict[str, list[str]] = {}
    kind = ""
    source = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    for line in source.splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
            found[kind] = []
        elif line and not line.startswith("# "):
            found[kind] += [name.strip() for name in line.split(";")]
    return {
        kind: (
            frozenset(name for name in names if " " not in name),
            tuple(f" {name} " for name in names if " " in name),
        )
        for kind, names in found.items()
    }
