"""An article's text into its sections: by headings, numbered lines, bold lines, cards. Pure.

The text stays as it is; a section is a place in it with a heading. A roundup's items and a
listing's stories are sections too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from archive.models import Section
from archive.text import count_words
from reader.pipeline.blocks import Block, Cleaned, blocks_of

MOST_SECTIONS = 500
_LONGEST_HEADING = 120
_FEWEST_NUMBERED, _FEWEST_BOLD, _FEWEST_CARDS = 3, 2, 3
_ITEM_WORDS = 8
# A line of a number and words, as text (`1\.`), as an item alone in its list, or in CJK signs.
_NUMBERED = re.compile(r"(?:\*\*)?(?:[#＃]?(\d{1,3})\\?[.)、．:：]\s*|[（(](\d{1,3})[)）]\s*)\S")
_BOLD = re.compile(r"(\*\*|__)(?!\s)[^\n]+(?<!\s)\1:?")
_CARD = re.compile(r"(?:\*\*)?\[[^\]\n]{15,}\]\([^)\s]+\)(?:\*\*)?")


def text_fields(cleaned: Cleaned) -> dict[str, Any]:
    """The fields of an article that hold its text, or follow from it."""
    return {
        "text": cleaned.text,
        "removed": cleaned.removed,
        "word_count": count_words(cleaned.text),
        "sections": split(cleaned.text),
    }


def split(text: str) -> tuple[Section, ...]:
    """The sections of a Markdown text in order; none of a text that is one piece."""
    blocks = blocks_of(text)
    found = [(block, block.level) for block in blocks if block.level and block.first_line]
    if not found:
        found = [
            (block, 2)
            for block in _numbered(blocks)
            or _repeated(blocks, _BOLD.fullmatch, _FEWEST_BOLD)
            or _repeated(blocks, _CARD.fullmatch, _FEWEST_CARDS)
        ]
    return tuple(
        Section(number, block.first_line[:_LONGEST_HEADING], level, block.start)
        for number, (block, level) in enumerate(found[:MOST_SECTIONS], 1)
    )


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """Short lines numbered from 1 on without a gap, each with a text of its own below."""
    found: list[Block] = []
    for block, below in pairwise(blocks):
        match = _NUMBERED.match(block.text)
        number = int(match[1] or match[2]) if match and _is_line(block) else 0
        if number == len(found) + 1 and _is_item(below):
            found.append(block)
    return found if len(found) >= _FEWEST_NUMBERED else []


def _repeated(blocks: Sequence[Block], is_one: Callable[[str], object], fewest: int) -> list[Block]:
    """Lines of a form that stand over texts again and again."""
    found = [
        block
        for block, below in pairwise(blocks)
        if is_one(block.text) and _is_line(block) and not is_one(below.text) and _is_item(below)
    ]
    return found if len(found) >= fewest else []


def _is_line(block: Block) -> bool:
    return "\n" not in block.text and len(block.first_line) <= _LONGEST_HEADING


def _is_item(block: Block) -> bool:
    return count_words(block.text) >= _ITEM_WORDS
