"""Where the paragraphs of a page stand in the text that was made of it, by their letters alone.

Markup, escapes, white space and the targets of links differ between the two; letters and digits
do not. Runs in worker processes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reader.once import once

TELLING, LEAST_TELLING = 48, 12
"""Letters by which a paragraph is found in a text: so many, and at least so many."""
_TARGET = re.compile(r"\]\([^()\s]*\)")
_WORD = re.compile(r"[^\W_]+")
_NO_LETTERS_OF_LINES = bytes(
    code for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"
)
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())


def letters_of(text: str) -> str:
    """The letters and digits of a text of Markdown, without those of link targets."""
    if "](" in text:
        text = _TARGET.sub("", text)
    return ascii_letters(text) if text.isascii() else "".join(_WORD.findall(text))


def ascii_letters(text: str) -> str:
    """The letters and digits of a text in ASCII, had in a tenth of the time of others."""
    return text.encode().translate(None, _NO_LETTERS).decode()


class WordPlaces:
    """The letters of a Markdown text, in which paragraphs are found by theirs (`letters_of`)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._letters = letters_of(text)

    def has(self, letters: str) -> bool:
        """Whether a paragraph begins so."""
        return len(letters) >= LEAST_TELLING and letters[:TELLING] in self._letters

    def line_end(self, letters: str) -> int | None:
        """Where the line ends that ends a paragraph; None where there is none such."""
        tail = letters[-TELLING:]
        at = self._letters.find(tail) if len(tail) >= LEAST_TELLING else -1
        if at < 0:
            return None
        starts, ends = self._lines
        return ends[bisect_right(starts, at + len(tail) - 1) - 1]

    @once
    def _lines(self) -> tuple[list[int], list[int]]:
        """Of each line of the text the number of letters before it, and where it ends."""
        lines = self._text.split("\n")
        starts = accumulate(map(len, self._letters_by_line(lines)), initial=0)
        ends = accumulate(len(line) + 1 for line in lines)
        return list(starts)[:-1], [end - 1 for end in ends]

    def _letters_by_line(self, lines: Sequence[str]) -> Sequence[bytes | str]:
        if self._text.isascii():
            # No link target reaches over the end of a line: all at once takes a fifth of the time.
            shown = _TARGET.sub("", self._text).encode()
            return shown.translate(None, _NO_LETTERS_OF_LINES).split(b"\n")
        return list(map(letters_of, lines))
