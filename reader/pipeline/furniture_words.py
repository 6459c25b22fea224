"""The words that outlets put around their texts, read from `furniture_words.txt` beside this file.

A line is told by its words alone: whoever knows a language can add to the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.text import fold_characters

MOST_WORDS, MOST_CHARACTERS = 24, 160
"""A line with more is a text, whatever it begins with."""

SHARE_WORD, DATE = "share word", "date"
# Kinds whose phrases may begin a whole sentence.
_SENTENCES = frozenset({"newsletter", "paywall", "comments", "rights", "chrome", "advertisement"})
_LEADING = frozenset({"related", "advertisement", "share"})
_LONGEST_LEAD = 40
_MOST_BEGUN, _MOST_SENTENCE = 10, 14
_QUOTED = re.compile('^["“„«‘‚「『]')
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?。！？]$")
_TOPIC_SIGN = re.compile(r"^[^\W_]+(?:[ -][^\W_]+)?\s*[:：|#]")


@dataclass(frozen=True, slots=True)
class Known:
    """Whole lines with their kind; beginnings with theirs, by `_beginning`; single words."""

    whole: dict[str, str]
    begun: dict[str, list[tuple[str, str]]]
    share_words: frozenset[str]
    date_words: frozenset[str]


def normal(line: str) -> str:
    """A plain line as phrases are compared: folded words, each number a `0`."""
    return " ".join(_WORD.findall(_DIGITS.sub("0", fold_characters(line))))


def kind_of(line: str) -> str:
    """What kind of furniture a plain line is by its words; empty for a text."""
    if len(line) > MOST_CHARACTERS:
        return ""
    words = normal(line)
    known = known_words()
    if kind := known.whole.get(words):
        return kind
    count = words.count(" ") + 1
    if not words or count > MOST_WORDS:
        return ""
    if line.startswith(("©", "(c) ", "Ⓒ")):
        return "rights"
    for phrase, kind in known.begun.get(_beginning(words), ()):
        if words.startswith(phrase) and _goes_on(words, phrase) and _is_such(line, kind, count):
            return kind
    return ""


def lead_kind(line: str) -> str:
    """The same, also of a line that begins with such words and a colon: `Read more: ...`."""
    if kind := kind_of(line):
        return kind
    lead, colon, _ = line.replace("：", ":").partition(":")
    if not colon or len(line) > MOST_CHARACTERS or len(lead) > _LONGEST_LEAD:
        return ""
    kind = known_words().whole.get(normal(lead), "")
    return kind if kind in _LEADING else ""


def _beginning(words: str) -> str:
    """What beginnings are kept by: the first word, in scripts that may have no spaces a sign."""
    return words.split(" ", 1)[0] if words[0].isascii() else words[0]


def _goes_on(words: str, phrase: str) -> bool:
    """Whether the phrase ends with a word there; scripts without spaces have none to end."""
    return len(words) == len(phrase) or words[len(phrase)] == " " or not phrase[-1].isascii()


def _is_such(line: str, kind: str, count: int) -> bool:
    if kind == "topics":
        return bool(_TOPIC_SIGN.match(line))
    if kind in _SENTENCES:
        return count <= _MOST_SENTENCE and not _QUOTED.match(line)
    return count <= _MOST_BEGUN and not _SENTENCE_END.search(line)


@cache
def known_words() -> Known:
    """The file's phrases, read once."""
    whole: dict[str, str] = {}
    begun: dict[str, list[tuple[str, str]]] = {}
    single: dict[str, set[str]] = {SHARE_WORD: set(), DATE: set()}
    kind = ""
    source = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    for line in source.splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif not line.startswith("# "):
            for phrase in filter(None, (each.strip() for each in line.split(";"))):
                words = normal(phrase.replace("#", "0"))
                if kind in single:
                    single[kind].add(words)
                elif phrase.endswith("…"):
                    begun.setdefault(_beginning(words), []).append((words, kind))
                else:
                    whole.setdefault(words, kind)
    return Known(whole, begun, frozenset(single[SHARE_WORD]), frozenset(single[DATE]))
