"""What of a text's changes is the outlet's doing: not furniture, no counter, no clock. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from archive.models import Article, Dropped
from archive.revisions import revise
from archive.text import count_words, fold_tokens, unlink
from reader.pipeline.blocks import Block, blocks_of
from reader.pipeline.split import split

# A line of so many words whose numbers alone change is a counter or a clock.
_COUNTER_WORDS = 6


def revised(
    known: Article,
    title: str,
    text: str,
    removed: tuple[Dropped, ...],
    at: datetime,
    as_cleaned: Callable[[str], str] = str,
) -> Article:
    """The article with a text that was looked at anew; a real change makes a revision.

    A text that only looks different (links, marks, counters) stays as it was. `as_cleaned` makes
    of the known text what today's cleaning does, so that furniture learned since is no change.
    """
    same = title == known.title and not is_real_change(known.text, text)
    if same or (title == known.title and not is_real_change(as_cleaned(known.text), text)):
        return replace(known, sections=known.sections or split(known.text))
    changed = revise(known, title, text, at)
    return replace(changed, sections=split(text), removed=removed)


def is_real_change(before: str, after: str) -> bool:
    """Whether the words of a text changed, apart from counters and clocks."""
    if before == after:
        return False
    return [_told(block) for block in blocks_of(before)] != [
        _told(block) for block in blocks_of(after)
    ]


def _told(block: Block) -> tuple[str, ...]:
    words = fold_tokens(unlink(block.text))
    if not block.level and count_words(block.text) <= _COUNTER_WORDS:
        words = ["0" if word.isdecimal() else word for word in words]
    return tuple(words)
