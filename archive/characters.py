"""Cleaning characters that could harm a terminal or hide in a text.

Whatever comes from outside passes here before it becomes cells, a window title or terminal
output. In: any string, also with lone surrogates. Out: a string that prints as it reads. Nothing
else of the text is changed; folding for search is text.py's.

Removed are: C0 and C1 controls with DEL (so no escape sequence survives; its printable rest stays
as text), bidi controls (UAX #9), zero width space, word joiner and invisible operators, byte order
mark, interlinear annotation, tag characters, noncharacters U+FFFE/U+FFFF and lone surrogates.
ZWJ, ZWNJ and variation selectors stay: scripts and emoji need them.
"""

from __future__ import annotations

import re
import unicodedata

MAX_STACKED_MARKS = 8
"""Marks kept on one base character; no language stacks more, and a tall stack draws over lines."""

_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0, DEL, C1, but for what is white space below
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidi controls, deprecated format controls
    "\u200b\u2060-\u2065\ufeff"  # zero width space, word joiner, invisible operators, BOM
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # annotation, noncharacters, lone surrogates
    "\U000e0000-\U000e007f]"  # tag characters
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
# Marks are neither word characters nor white space: a cheap net for what may be a tall stack.
_LONG_ODD_RUN = re.compile(rf"[^\w\s\x00-\u02ff]{{{MAX_STACKED_MARKS + 1},}}")
_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def clean_line(text: str) -> str:
    """One line, safe in any terminal: harmful characters gone, a run of white space one space."""
    if text.isascii() and text.isprintable():
        # Most lines are as they should be, and white space in them can be spaces only.
        is_even = "  " not in text and text[:1] != " " and text[-1:] != " "
        return text if is_even else " ".join(text.split())
    if not _is_printable(text):
        text = _HARMFUL.sub("", text)
    text = _cut_stacks(text)
    return " ".join(text.split())


def clean_text(text: str) -> str:
    r"""The same, keeping `\n` and `\t` and all spaces; every kind of line end becomes `\n`."""
    if not _is_printable(text):
        text = _HARMFUL.sub("", _LINE_ENDS.sub("\n", text)).replace("\x85", " ")
    return _cut_stacks(text)


def _is_printable(text: str) -> bool:
    """Whether the text is sure to have nothing harmful.

    What Python calls printable has none of it (UAX #44: no Cc, Cf, Cs, Cn, Zl, Zp).
    """
    return text.replace("\n", "").replace("\t", "").isprintable()


def _cut_stacks(text: str) -> str:
    """The text with at most `MAX_STACKED_MARKS` zero width characters in a row."""
    if text.isascii():
        return text
    return _LONG_ODD_RUN.sub(lambda match: _cut_run(match[0]), text)


def _cut_run(run: str) -> str:
    """The run without those marks that stand too high on their base."""
    kept: list[str] = []
    height = 0
    for character in run:
        height = height + 1 if unicodedata.category(character) in _ZERO_WIDTH else 0
        if height <= MAX_STACKED_MARKS:
            kept.append(character)
    return "".join(kept)
