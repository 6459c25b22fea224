"""What an article is called, and which claims about it are believed. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta

from archive.characters import clean_line
from archive.text import unlink

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)
TITLE_CELLS = 80
# Titles are chosen in the app's own process: of hostile lines only so many characters are read.
_LONGEST_SOURCE = 2000  # a line of Markdown with its link targets
_LONGEST_LINE = 500  # the words of it

_BLOCK_MARK = re.compile(r"^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,9}[.)]\s+)+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_NO_SENTENCE = re.compile(r"^\s*(?:\||```|~~~|!\[|---|\*\*\*|$)")
# A full stop ends a sentence before white space; the stops of Chinese and Japanese end it at once.
# A run of stops is tried once, from its start and as a whole: a text may be nothing else.
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)]*+(?=\s)|[。！？]++[”」』）]*+|[۔।](?=\s|$)"
)
_ABBREVIATION = re.compile(
    r"(?:^\d{1,9}|\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|No|etc|e\.g|i\.e|U\.S))\.$"
)
_LONGEST_ABBREVIATION = 10


def believable(moment: datetime | None, now: datetime) -> datetime | None:
    """`moment` if a publication can have that date: from 1990 to two days ahead of `now`."""
    return moment if moment and EARLIEST <= moment <= now + AHEAD else None


def choose_title(entry_title: str, heading: str, text: str) -> str:
    """The entry's own title, else the page's first heading, else the text's first sentence.

    A page's `og:title` is not asked: it carries the outlet's name. Empty if there is none.
    """
    return clean_line(entry_title) or clean_line(heading) or first_sentence(text)


def first_sentence(text: str) -> str:
    """The first sentence of a Markdown text as plain words, cut with `…` at 80 cells."""
    for whole_line in text.splitlines():
        line = whole_line[:_LONGEST_SOURCE]
        if _NO_SENTENCE.match(line):
            continue
        plain = clean_line(_ESCAPE.sub(r"\1", unlink(_BLOCK_MARK.sub("", line))))[:_LONGEST_LINE]
        if plain:
            return cut_to_cells(_until_sentence_end(plain), TITLE_CELLS)
    return ""


def _until_sentence_end(line: str) -> str:
    for match in _SENTENCE_END.finditer(line):
        end = match.end()
        if not _ABBREVIATION.search(line, max(0, end - _LONGEST_ABBREVIATION), end):
            return line[:end]
    return line


def cut_to_cells(line: str, cells: int) -> str:
    """`line` in at most that many terminal cells, cut after a word if one ends near, with `…`."""
    width = 0
    end = 0
    for index, character in enumerate(line):
        width += _width(character)
        if width <= cells - 1:
            end = index + 1
        elif width > cells:
            break
    else:
        return line
    kept = line[:end]
    space = kept.rfind(" ")
    if space > len(kept) * 2 // 3:
        kept = kept[:space]
    return kept.rstrip() + "…"


def _width(character: str) -> int:
    """Terminal cells, or a little more: two for wide characters, none for marks (Unicode TR11)."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def language_code(stated: str) -> str:
    """The main part of a language tag (RFC 5646) in lower case: `en` of `en-US`; else empty."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_,;\s]|$)", stated)
    return "" if not match or match[1].lower() == "und" else match[1].lower()
