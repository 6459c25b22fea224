"""What terminals that show less are given: ASCII in place of drawn marks.

It is a filter over finished lines, so that no widget need know of it. A sign takes as many cells
as what it stands for.
"""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SIGNS = {
    "●": "o",
    "★": "*",
    "▌": ">",
    "▾": "-",
    "▸": "+",
    "×": "x",
    "≡": "=",
    "…": "~",
    "⟩": ">",
    "›": ">",
    "·": "-",
    "✎": "#",
    "↪": "\\",
    "≠": "!",
    "•": "*",
    "◦": "-",
    "▪": "+",
    "━": "=",
    "▁": "_",
    "▔": "-",
    "\u00a0": " ",
}
"""The marks that this program draws."""
_HORIZONTAL, _VERTICAL = "─┄═╌┈", "│▏▎▍▕┃║"


_PUNCTUATION = {
    **dict.fromkeys("‘’‚‛′ʼ", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "‹": "<",
    "⁄": "/",
    "\u202f": " ",
}
"""What texts are written with and Unicode takes apart into nothing of ASCII."""


def _drawn() -> dict[int, str]:
    """Box drawing and blocks (U+2500 to U+259F), and our marks over them."""
    signs = dict.fromkeys(range(0x2500, 0x2580), "+") | dict.fromkeys(range(0x2580, 0x25A0), " ")
    for letters, sign in ((_HORIZONTAL, "-"), (_VERTICAL, "|")):
        signs |= {ord(letter): sign for letter in letters}
    return signs | {ord(mark): sign for mark, sign in _SIGNS.items()}


_DRAWN = _drawn()


class AsciiFilter(LineFilter):
    """Marks and lines as ASCII; with `strict` all text, what has no ASCII form as `?`."""

    def __init__(self, *, strict: bool) -> None:
        super().__init__()
        self._strict = strict

    def apply(
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002 - Textual's signature
    ) -> list[Segment]:
        """The line in signs that the terminal has."""
        return [Segment(self._shown(text), style, control) for text, style, control in segments]

    def _shown(self, text: str) -> str:
        if text.isascii():
            return text
        drawn = text.translate(_DRAWN)
        return ascii_of(drawn) if self._strict else drawn


def ascii_of(text: str) -> str:
    """The text in ASCII, in as many cells.

    Quotes and dashes are those of a typewriter, letters lose accents, what is left becomes `?`.
    """
    if text.isascii():
        return text
    return "".join(letter if letter.isascii() else _ascii_letter(letter) for letter in text)


def _ascii_letter(letter: str) -> str:
    cells = cell_len(letter)
    if known := _PUNCTUATION.get(letter):
        return known.ljust(cells)
    plain = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode("ascii")
    return (plain or "?" * cells)[:cells].ljust(cells)
