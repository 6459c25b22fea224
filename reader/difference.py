"""What two texts of an article differ in: words that came and went, figures that changed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from archive.models import Article, Revision
from archive.text import unlink

Kind = Literal["same", "gone", "new"]

_BLOCK_MARK = re.compile(r"^(?:#{1,6}\s+|>\s?|[-*+]\s+)+")
_WORD = re.compile(r"\s+|[^\s]+")
_NUMBER = re.compile(r"\d[\d.,:/%]*")
_SCALES = re.compile(
    r"(?:hundred|thousand|million|billion|trillion|mil|millones|millón|millionen|milliarden"
    r"|milhões|milliards?|tausend|тысяч|миллион\w*|миллиард\w*|万|亿|億|percent|per)\b",
    re.IGNORECASE,
)
# Blocks and words that are compared one with another; more are told by their blocks alone.
_MOST_BLOCKS, _MOST_WORDS = 3000, 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, and whether both have them."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A place where two texts differ, word by word, and the figures that changed there."""

    pieces: tuple[Piece, ...]
    callouts: tuple[tuple[str, str], ...] = ()

    @property
    def before(self) -> str:
        """The place in the earlier text."""
        return "".join(piece.text for piece in self.pieces if piece.kind != "new")

    @property
    def after(self) -> str:
        """The place in the later text."""
        return "".join(piece.text for piece in self.pieces if piece.kind != "gone")


def changes(before: str, after: str) -> list[Change]:
    """Where the two Markdown texts differ, in order, paragraph by paragraph."""
    old, new = _blocks(before), _blocks(after)
    if max(len(old), len(new)) > _MOST_BLOCKS:
        return [Change((Piece("gone", before), Piece("new", after)))]
    found: list[Change] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            found += _changed(old[start:end], new[new_start:new_end])
    return found


def callouts(found: Sequence[Change]) -> list[str]:
    """The figures that changed, a line each: `600 million → 1 billion`."""
    lines = (f"{before} → {after}" for each in found for before, after in each.callouts)
    return list(dict.fromkeys(lines))


def report(found: Sequence[Change]) -> Iterator[str]:
    """A line for each figure that changed (`! `), then what went (`- `) and what came (`+ `)."""
    yield from (f"! {line}" for line in callouts(found))
    for change in found:
        kinds = {piece.kind for piece in change.pieces}
        if kinds != {"new"}:
            yield f"- {change.before}"
        if kinds != {"gone"}:
            yield f"+ {change.after}"


def _blocks(text: str) -> list[str]:
    return [" ".join(unlink(block).split()) for block in text.split("\n\n") if block.strip()]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Paragraphs that came, went, or stand for each other in pairs."""
    paired = min(len(old), len(new))
    for before, after in zip(old[:paired], new[:paired], strict=True):
        yield _compared(before, after)
    yield from (Change((Piece("gone", text),)) for text in old[paired:])
    yield from (Change((Piece("new", text),)) for text in new[paired:])


def _compared(before: str, after: str) -> Change:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        return Change((Piece("gone", before), Piece("new", after)))
    pieces: list[Piece] = []
    figures: list[tuple[str, str]] = []
    for is_same, start, end, new_start, new_end in _runs(old, new):
        if is_same:
            pieces.append(Piece("same", "".join(old[start:end])))
            continue
        gone, came = "".join(old[start:end]), "".join(new[new_start:new_end])
        pieces += [Piece("gone", gone)] if gone else []
        pieces += [Piece("new", came)] if came else []
        if _NUMBER.search(gone) and _NUMBER.search(came):
            scale = (_scale(old[end : end + 2]), _scale(new[new_end : new_end + 2]))
            figures.append((_figure(gone, scale[0]), _figure(came, scale[1])))
    return Change(tuple(pieces), tuple(figures))


def _runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Runs of words that both have or not; a space between two changed words changes with them."""
    runs: list[tuple[bool, int, int, int, int]] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, False).get_opcodes():
        is_same = tag == "equal"
        between = runs[-1] if len(runs) > 1 and not is_same else None
        if between and "".join(old[between[1] : between[2]]).isspace():
            runs.pop()
            _, start, _, new_start, _ = runs.pop()
        runs.append((is_same, start, end, new_start, new_end))
    return runs


def _scale(words: Sequence[str]) -> str:
    """A word of size behind a figure, which belongs to it: `600` is `600 million`."""
    return next((word for word in words if _SCALES.match(word)), "").strip(".,;:")


def _figure(words: str, scale: str) -> str:
    figure = words.strip(" .,;:()“”\"'")
    return figure if not scale or scale in figure else f"{figure} {scale}"


def steps(article: Article) -> list[tuple[datetime, str, list[Change]]]:
    """When a text changed, the title that it had then, and how; the latest change first."""
    present = Revision(article.changed_at or article.archived_at, article.title, article.text)
    texts = [*article.revisions, present]
    found = [
        (new.archived_at, new.title, changes(old.text, new.text)) for old, new in pairwise(texts)
    ]
    return found[::-1]


def as_markdown(found: Sequence[Change]) -> str:
    """Changes to read: figures first, then each place with what went struck and what came bold."""
    lines = [f"- {line}" for line in callouts(found)]
    blocks = ["\n".join(lines)] if lines else []
    blocks += ["".join(map(_marked, change.pieces)) for change in found]
    return "\n\n".join(filter(None, blocks)) or "Only marks and links changed."


def _marked(piece: Piece) -> str:
    words = _BLOCK_MARK.sub("", piece.text)
    core = words.strip()
    if piece.kind == "same" or not core:
        return words
    sign = "~~" if piece.kind == "gone" else "**"
    before, _, after = words.partition(core)
    return f"{before}{sign}{core}{sign}{after or ' '}"
