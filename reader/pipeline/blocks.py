"""A Markdown text as its blocks, and texts without some of them. Pure.

Blocks are what stands between blank lines, as `markdown` writes them: paragraphs, headings, whole
tight lists, items of loose ones, quotes, tables, fenced code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate

from archive.characters import clean_line
from archive.models import Dropped
from archive.text import fold_tokens, unlink
from reader.once import once

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_MARK = re.compile(r"^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,9}[.)]\s+)+")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*+(?=\S)|(?<=\S)\*+|~~|`+)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LIST_LINE = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
SENTENCE_END = re.compile(r"[.!?…。！？:][\"'”’»)」』]*$")
"""Where a line ends as a sentence does."""

# From so many words on a paragraph is part of the text, with a full stop from fewer.
_PROSE_WORDS, _SENTENCE_WORDS = 14, 6
_LONG = 400  # characters that are a paragraph without counting words
_LONGEST_LINE = 2000
_SHORT_LINE = 8
BETWEEN = "\n\n"
"""What parts two blocks."""


@dataclass(frozen=True)
class Block:
    """A block and its character offset in the text; what is read off it is read once."""

    text: str
    start: int

    @once
    def level(self) -> int:
        """Of a heading its level, else 0."""
        marks = len(self.text) - len(self.text.lstrip("#"))
        return marks if 0 < marks <= 6 and self.text[marks : marks + 1] == " " else 0

    @once
    def is_verbatim(self) -> bool:
        """Whether its lines are code or rows of a table."""
        return bool(_FENCE.match(self.text)) or self.text.startswith("|")

    @once
    def lines(self) -> list[str]:
        """Its lines as plain words, without the marks of Markdown; none is empty."""
        return [words for line in self.text.split("\n") if (words := plain_words(line))]

    @property
    def first_line(self) -> str:
        """Its first line as plain words; empty if it has none."""
        return self.lines[0] if self.lines else ""

    @once
    def tokens(self) -> list[str]:
        """Its words, folded; of a very long one those of its beginning."""
        return fold_tokens(" ".join(self.lines)[:_LONGEST_LINE])

    @once
    def is_list(self) -> bool:
        """Whether it is a list, or an item of a loose one."""
        return bool(_LIST_LINE.match(self.text))

    @once
    def is_prose(self) -> bool:
        """Whether it is a paragraph of the text rather than a line around it."""
        if self.level or self.is_verbatim or self.is_list:
            return False
        if len(self.text) > _LONG or len(self.tokens) >= _PROSE_WORDS:
            return True
        return len(self.tokens) >= _SENTENCE_WORDS and bool(SENTENCE_END.search(self.text))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text, and what was dropped of it in the order in which it stood."""

    text: str
    removed: tuple[Dropped, ...] = ()


@lru_cache(maxsize=2)  # what looks at a text looks at its blocks more than once
def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text; a blank line inside fenced code parts nothing."""
    if _is_even(text):
        parts = text.split(BETWEEN)
        starts = accumulate((len(part) + len(BETWEEN) for part in parts), initial=0)
        return tuple(map(Block, parts, starts))
    found: list[Block] = []
    fence, start = "", 0
    lines: list[str] = []
    offset = 0
    may_fence = "```" in text or "~~~" in text
    for line in text.split("\n"):
        if may_fence and (match := _FENCE.match(line)):
            if not fence:
                fence = match[1]
            elif match[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        if line.strip() or fence:
            if not lines:
                start = offset
            lines.append(line)
        elif lines:
            found.append(Block("\n".join(lines), start))
            lines = []
        offset += len(line) + 1
    if lines:
        found.append(Block("\n".join(lines), start))
    return tuple(found)


def _is_even(text: str) -> bool:
    """Whether the blocks of a text are what two line breaks part, as in most texts.

    No line is blank but those, none is code, and none begins with white space.
    """
    return (
        bool(text)
        and BETWEEN + "\n" not in text
        and "\n " not in text
        and "```" not in text
        and "~~~" not in text
        and not text[0].isspace()
        and text[-1] != "\n"
        and text.replace("\n", "").isprintable()  # as no other white space than a space is
    )


def plain_words(line: str) -> str:
    """A line of Markdown as the words that it shows."""
    line = line[:_LONGEST_LINE]
    shown = _EMPHASIS.sub("", unlink(_MARK.sub("", line)))
    return clean_line(_ESCAPE.sub(r"\1", shown))


def line_key(block: str) -> str:
    """What tells a block's words from others', whatever their case and accents: 10 hex digits.

    In a short line a number is any number: `12 comments` is one line with `3 comments`.
    """
    tokens = fold_tokens(unlink(block[:_LONGEST_LINE]))
    if len(tokens) <= _SHORT_LINE and not all(token.isdecimal() for token in tokens):
        tokens = ["0" if token.isdecimal() else token for token in tokens]
    words = " ".join(tokens)
    return blake2b(words.encode("utf-8", "replace"), digest_size=5).hexdigest() if words else ""


def without(cleaned: Cleaned, why: Mapping[int, str]) -> Cleaned:
    """The text without the blocks at these offsets, each with why it is dropped."""
    if not why:
        return cleaned
    kept: list[str] = []
    removed: list[Dropped] = []
    waiting = list(cleaned.removed)
    length = 0

    def place() -> int:
        return length + len(BETWEEN) if kept else 0

    for block in blocks_of(cleaned.text):
        while waiting and waiting[0].at <= block.start:
            removed.append(replace(waiting.pop(0), at=place()))
        if block.start in why:
            removed.append(Dropped(block.text, why[block.start], place()))
        else:
            length = place() + len(block.text)
            kept.append(block.text)
    text = BETWEEN.join(kept)
    removed += [replace(each, at=place()) for each in waiting]
    return Cleaned(text, tuple(replace(each, at=min(each.at, len(text))) for each in removed))


def put_back(cleaned: Cleaned, places: Sequence[int]) -> Cleaned:
    """The text with those of the removed blocks, by their place in the list, where they stood."""
    text, removed, shift = cleaned.text, [], 0
    for place, each in enumerate(cleaned.removed):
        at = min(each.at + shift, len(text))
        if place not in places:
            removed.append(replace(each, at=at))
            continue
        at_end = at > 0 and text[at - 1] != "\n"
        piece = BETWEEN + each.text if at_end else each.text + (BETWEEN if text[at:] else "")
        text = text[:at] + piece + text[at:]
        shift += len(piece)
    return Cleaned(text, tuple(removed))


def keys_of(blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Blocks that may be furniture, with their keys: not code, not tables."""
    for block in blocks:
        if not block.is_verbatim and (key := line_key(block.text)):
            yield block, key
