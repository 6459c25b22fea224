"""The language that a text is written in: by its script, then by a vote of frequent words. Pure.

What a page states of its language only decides a tie: outlets state that of their menus. Unknown
is an empty string, never a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from archive.text import unlink

_LOOKED_AT = 4_000
_SHORTEST = 12
_LEAST_SHARE = 0.5
# Beside the language with most votes one that has this part of them is as likely.
_TIE = 0.85
_FEWEST_VOTES = 3
_LEAST_VOTES_PER_WORD = 0.08

_ASCII_RUN = re.compile("[\x00-\x7f]+")
_NO_ASCII_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_SCRIPTS = {
    "kana": re.compile("[\u3041-\u30ff]"),
    "han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
    "hangul": re.compile("[\uac00-\ud7a3]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "arabic": re.compile("[\u0620-\u06ff]"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "th": re.compile("[\u0e01-\u0e4f]"),
    "hi": re.compile("[\u0904-\u0970]"),
    "bn": re.compile("[\u0985-\u09b9]"),
    "ta": re.compile("[\u0b85-\u0bb9]"),
    "te": re.compile("[\u0c05-\u0c39]"),
    "ka": re.compile("[\u10d0-\u10ff]"),
    "hy": re.compile("[\u0531-\u0587]"),
}
# A sign of Chinese, of Hangul or of an Indian script stands for about as much as two letters.
_WEIGHT = {"han": 2, "kana": 2, "hangul": 2}

_ASCII_WORDS = bytes(
    code if chr(code).isalpha() or chr(code) == "'" else ord(" ") for code in range(128)
).ljust(256)
"""For each ASCII character: itself where it is of a word, else a space."""
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def language_of(text: str, stated: str = "") -> str:
    """The code (ISO 639-1) of a Markdown text's language; `stated` is what its page claims."""
    sample = unlink(text[: 2 * _LOOKED_AT])[:_LOOKED_AT]
    counts = _letters(sample)
    total = sum(counts.values())
    if total < _SHORTEST:
        return ""
    # Kana stand between Han in Japanese, and never in Chinese.
    if counts["kana"] * 10 > counts["han"] + counts["kana"] > total * _LEAST_SHARE:
        return "ja"
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < total * _LEAST_SHARE:
        return ""
    if script in ("latin", "cyrillic", "arabic"):
        return _voted(sample, script, stated)
    return {"han": "zh", "hangul": "ko", "kana": "ja"}.get(script, script)


def _letters(sample: str) -> Counter[str]:
    """How many letters of each script a text has, by weight."""
    ascii_letters = sample.encode("ascii", "ignore").translate(None, _NO_ASCII_LETTERS)
    counts: Counter[str] = Counter()
    counts["latin"] = len(ascii_letters)
    if sample.isascii():
        return counts
    for sign, count in Counter(_ASCII_RUN.sub("", sample)).items():
        if script := _script_of(sign):
            counts[script] += count * _WEIGHT.get(script, 1)
    return counts


@lru_cache(maxsize=1 << 14)
def _script_of(sign: str) -> str:
    return next((name for name, signs in _SCRIPTS.items() if signs.match(sign)), "")


def _voted(sample: str, script: str, stated: str) -> str:
    words = _words(sample)
    votes_of = _voters()[script].get
    votes = Counter(chain.from_iterable(filter(None, map(votes_of, words))))
    most = max(votes.values(), default=0)
    if most < max(_FEWEST_VOTES, len(words) * _LEAST_VOTES_PER_WORD):
        return ""
    likely = [language for language, count in votes.items() if count >= most * _TIE]
    return stated if stated in likely else likely[0] if len(likely) == 1 else ""


def _words(text: str) -> list[str]:
    """The words of a text in lower case, those with an apostrophe in one piece."""
    text = text.lower()
    if text.isascii():
        parts = text.encode().translate(_ASCII_WORDS).decode().split()
        return parts if "'" not in text else [word for part in parts if (word := part.strip("'"))]
    return _WORDS.findall(text.replace("’", "'"))


@cache
def _voters() -> dict[str, dict[str, list[str]]]:
    """Which languages of a script a word speaks for, by script and word."""
    voters: dict[str, dict[str, list[str]]] = {}
    script, language = "", ""
    source = Path(__file__).with_name("language_words.txt").read_text(encoding="utf-8")
    for line in source.splitlines():
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if not line.startswith(" "):
            script, language, *words = words
        for word in words:
            voters.setdefault(script, {}).setdefault(word, []).append(language)
    return voters
