"""What an article is called, and which claims about it are believed. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta

from archive.characters import clean_line
from archive.text import fold_tokens, unlink

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)
TITLE_CELLS = 80

_BLOCK_MARK = re.compile(r"^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,9}[.)]\s+)+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_NO_SENTENCE = re.compile(r"^\s*(?:\||```|~~~|!\[|---|\*\*\*|$)")
# A full stop ends a sentence before white space; the stops of Chinese and Japanese end it at once.
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)]*(?=\s)|[。！？]+[”」』）]*|[۔।](?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:^\d+|\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|No|etc|e\.g|i\.e|U\.S))\.$"
)


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
    for line in text.splitlines():
        if _NO_SENTENCE.match(line):
            continue
        plain = clean_line(_ESCAPE.sub(r"\1", unlink(_BLOCK_MARK.sub("", line))))
        if plain:
            return cut_to_cells(_until_sentence_end(plain), TITLE_CELLS)
    return ""


def _until_sentence_end(line: str) -> str:
    for match in _SENTENCE_END.finditer(line):
        sentence = line[: match.end()]
        if not _ABBREVIATION.search(sentence):
            return sentence
    return line


def cut_to_cells(line: str, cells: int) -> str:
    """`line` in at most that many terminal cells, cut after a word if one ends near, with `…`."""
    if _cell_count(line) <= cells:
        return line
    width = 0
    end = 0
    for end, character in enumerate(line):  # noqa: B007 - the index at which the room ends is wanted
        width += _cell_count(character)
        if width > cells - 1:
            break
    kept = line[:end]
    space = kept.rfind(" ")
    if space > len(kept) * 2 // 3:
        kept = kept[:space]
    return kept.rstrip() + "…"


def _cell_count(text: str) -> int:
    """Terminal cells, or a little more: two for wide characters, none for marks (Unicode TR11)."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def language_code(stated: str) -> str:
    """The main part of a language tag (RFC 5646) in lower case: `en` of `en-US`; else empty."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_,;\s]|$)", stated)
    return "" if not match or match[1].lower() == "und" else match[1].lower()


def drop_title(text: str, title: str) -> tuple[str, tuple[str, ...]]:
    """A Markdown text without a first heading that repeats its title, and the line dropped.

    Only if more follows: a text that is its heading stays.
    """
    first, _, rest = text.partition("\n")
    if first.startswith("#") and rest.strip() and fold_tokens(first) == fold_tokens(title):
        return rest.lstrip("\n"), (first,)
    return text, ()
