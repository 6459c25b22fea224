"""What a box asks of its reader, told by phrases that are read from `asking.txt` beside this file.

A paragraph of a text may have any of them: only boxes that are made unlike the text are asked.
Runs in worker processes.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from archive.text import fold_characters


def asks(line: str) -> bool:
    """Whether a line of plain words asks its reader for something, or states rights."""
    return bool(_phrases().search(fold_characters(line)))


@cache
def _phrases() -> re.Pattern[str]:
    source = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    lines = [line for line in source.splitlines() if not line.startswith("# ")]
    phrases = [each.strip() for line in lines for each in line.split(";") if each.strip()]
    return re.compile("|".join(map(_pattern, phrases)))


def _pattern(phrase: str) -> str:
    """Scripts without spaces have no words to begin or to end."""
    folded = fold_characters(phrase.rstrip("…"))
    is_spaced = bool(re.match(r"[a-zа-яα-ω]", folded))
    ends = is_spaced and not phrase.endswith("…") and folded[-1].isalnum()
    return (r"\b" if is_spaced else "") + re.escape(folded) + (r"\b" if ends else "")
