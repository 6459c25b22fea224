"""Sentences of a Markdown text, and where each stands in it. Pure.

A sentence ends at a full stop, question or exclamation mark before white space, at their Chinese
kin, and with its paragraph, list item or table row. A stop behind an initial, a title or a number
that begins a line ends none. Headings are no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from archive.characters import clean_line
from archive.text import unlink
from archive.word_lists import word_set

MOST_CHARACTERS = 60_000
"""Of a text; what stands behind is not looked at: such texts are books or damaged."""

# A block: a line, and those that go on with it. No run of white space is looked at twice.
_BLOCK = re.compile(r"[^\n]+(?:\n(?![^\S\n]*+(?:[>#|*+-]|\d++[.)]))[^\S\n]*+\S[^\n]*+)*+")
_BLOCK_MARK = re.compile(r"\s*(?:>\s?|[-*+]\s+|\|\s*)*")
_NO_SENTENCE = re.compile(r"\s*+(?:#{1,6}\s|```|~~~|[-*_=|:\s]*+$)")
# One set of signs comes first: of what begins so `re` finds the places fast.
_END = re.compile(
    r"[.!?…。！？](?:"
    r"(?<=[.!?…])(?<![.!?…]{2})[.!?…]*[\"”“’»«')\]*_]*(?=\s)"
    r"|(?<=[a-zà-ÿ]{2}\.)(?=[A-ZÀ-Þ][a-zà-ÿ])"  # the space was lost
    r"|(?<=[。！？])[。！？…」』”’）]*"
    r")"
)
_LEAD = re.compile(r"[ *_|>#-]*+")
_OPENING = re.compile(r"[ \t\"“„‘«»'(*_\[]*+")
_BEFORE_STOP = re.compile(r"[^\W_](?:[^\W_]|[.'’-])*$")
_LONGEST_BEFORE_STOP, _LONGEST_AHEAD = 20, 40
"""Characters that are looked at before a stop, and before an initial."""
_NO_END = word_set(
    "mr mrs ms dr prof sr jr st gov gen sen rep rev hon lt col capt sgt no nos vs etc fig vol"
    " approx inc ltd co corp dept est jan feb mar apr jun jul aug sep sept oct nov dec sra srta"
    " dra dres lic ing art núm pág ee uu av bzw z.b usw ca nr hr fr mme mlle m"
    " mio mrd"
)

_BEFORE_ORDINAL = word_set("der die das dem den des am im zum zur vom beim seit ab bis jeden")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` without Markdown, on one line; `start` and `end` are offsets in the article's text."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=128)
def sentences_of(markdown: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in order."""
    return tuple(_sentences(markdown[:MOST_CHARACTERS]))


def _sentences(markdown: str) -> Iterator[Sentence]:
    for block in _BLOCK.finditer(markdown):
        if _NO_SENTENCE.match(block[0]):
            continue
        mark = _BLOCK_MARK.match(block[0])
        at = block.start() + (mark.end() if mark else 0)
        for end in _ends(block[0], block.start()):
            if sentence := _sentence(markdown, at, end):
                yield sentence
            at = max(at, end)


def _ends(block: str, offset: int) -> Iterator[int]:
    """Where sentences of a block end, the last one with it."""
    lead = _LEAD.match(block)
    first = lead.end() if lead else 0
    for match in _END.finditer(block):
        if _is_end(block, first, match):
            yield offset + match.end()
    yield offset + len(block)


def _is_end(block: str, first: int, match: re.Match[str]) -> bool:
    """Whether a stop ends a sentence; `first` is where the words of its block begin."""
    opening = _OPENING.match(block, match.end())
    following = block[opening.end() : opening.end() + 1] if opening else ""
    if match[0][0] in "。！？":
        return True
    if following.islower():
        return False
    if match[0][0] != ".":
        return True
    near = block[max(0, match.start() - _LONGEST_BEFORE_STOP) : match.start()]
    spaced = near[near.rfind(" ") + 1 :]
    if spaced.isalpha() and len(spaced) > 1:  # as nearly all are
        return spaced.casefold() not in _NO_END
    before = _BEFORE_STOP.search(block, max(0, match.start() - _LONGEST_BEFORE_STOP), match.start())
    if before is None:
        return True
    word = before[0]
    if word.isdecimal():  # `1. A heading`, and `No. 4. May`
        return first < before.start() and not _is_ordinal(block, before.start())
    if len(word) == 1 and word.isupper():  # `J. K. Rowling`, but `on platform X. Then`
        at = before.start()
        ahead = block[max(0, at - _LONGEST_AHEAD) : at].split()[-1:]
        return bool(ahead) and ahead[0][:1].islower()
    return word.casefold() not in _NO_END


def _is_ordinal(block: str, number: int) -> bool:
    """Whether a number with a stop is German for a place in a row: `am 4. Mai`, `zum 2. Mal`."""
    ahead = block[max(0, number - _LONGEST_BEFORE_STOP) : number].split()[-1:]
    return bool(ahead) and ahead[0].casefold() in _BEFORE_ORDINAL


def _sentence(markdown: str, start: int, end: int) -> Sentence | None:
    """The sentence of a slice without the space around it; None where there are no words."""
    written = markdown[start:end]
    start += len(written) - len(written.lstrip())
    end -= len(written) - len(written.rstrip())
    text = clean_line(unlink(written.strip()).replace("*", ""))
    return Sentence(start, end, text) if any(map(str.isalnum, text)) else None
