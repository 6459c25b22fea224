"""Folding: one form of a text for what is indexed and for what is asked, and word counts.

Two strings that a reader takes for the same fold to the same tokens. Folded away are case, accents
(Latin, Greek; Cyrillic ё, but not й ї ў, which are other letters), `ø ł đ æ œ ß ı þ`, compatibility
forms (NFKC: ligatures, full width, superscripts), Arabic and Hebrew vowel signs, soft hyphens and
joiners. Letters and digits are parted (`Qwen3.5` = `Qwen 3.5`), every sign is a separator.

Scripts written without spaces (Chinese, kana, Hangul, Thai) become overlapping bigrams and the
closing single character of each run: 落地了 -> 落地 地了 了. A query drops the single that closes
its phrase, and a lone last character asks by prefix, so a phrase of bigrams matches exactly where
the plain substring stands.

The result needs only a tokenizer that parts at ASCII signs and white space, so it does not hang on
the Unicode version that SQLite was built with. Raise FOLD_VERSION with any change of the result:
an index of another version is built anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import add

FOLD_VERSION = 1

# Folded as they stand: unchanged by NFKC, by case folding and by what stands beside them.
_STABLE = (
    "\u0e01-\u0e32\u0e34-\u0e3a\u0e40-\u0e4e"  # Thai without ฿, sara am, digits and signs
    "\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe"  # kana, 々〇
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"  # Han, Hangul syllables
    "\U00020000-\U0002a6df\U0002a700-\U0002ebef\U00030000-\U000323af"
)
# Written `xx*` and not `x+`: of what begins with a single character `re` finds the place fast.
_DIGITS = re.compile(r"\d\d*")
_TOKEN = re.compile(r"[^\x00-/:-`{-\x7f]+")
_ASCII_TOKENS = bytes(code if chr(code).isalnum() else 32 for code in range(128)).ljust(256)
"""For each ASCII character of a folded text: itself where it is of a token, else a space."""
_ASCII_DIGITS = bytes(ord("0" if chr(code).isdigit() else " ") for code in range(128)).ljust(256)
"""For each ASCII character: whether it is a digit."""

_OTHER_LETTERS = re.compile(
    "([иу]\u0306|і\u0308)"  # й ў ї are letters of their own, not accented ones
    "|[\u0300-\u036f]"  # accents
    "|[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
    "|[\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef]"  # enclosing marks, variation selectors
)
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
    | {"ʼ": "'", "ʻ": "'", "ʹ": "'"}
)
_LONGEST_CACHED_RUN = 40
_MOST_MARKS = 30
"""Combining marks in a row that count (as in UAX #15, Stream-Safe Text Format): normalizing sorts
them, and takes the square of their number."""

# Written without spaces, with their signs; Hangul and its half width form are not.
_WITHOUT_SPACES = (
    "\u0e01-\u0e4f\u0e81-\u0ecd\u1000-\u109f\u1780-\u17dd"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u303f\u3041-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f\U00020000-\U0003ffff"
)
_SIGNS_OF_ALL = "‘’“”…‥—·"
"""Signs that Chinese and Japanese share with other scripts."""

_COUNTED_WORD = re.compile(r"[^\W_]+(?:['’.,\-‐‑][^\W_]+)*")
_ASCII_KINDS = bytes(
    ord("a" if chr(code).isalnum() else "-" if chr(code) in "'.,-" else " ") for code in range(128)
).ljust(256)
"""For each ASCII character: part of a word, a sign that may join two parts, or neither."""
# Both begin with one of two characters, which is what `re` looks for fast.
_LINK = re.compile(
    r"(?:!\[|\[)([^\[\]]*)\]"
    r"\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+\"[^\"\n]*\")?\)"
)
_EMPHASIS = re.compile(r"\*\*|[*`](?:(?<=[^\x00-\x7f][*`])|(?=[^\x00-\x7f]))")


# Classes this large take milliseconds to compile: a listing in ASCII does without.
@cache
def unspaced_run() -> re.Pattern[str]:
    """A run of characters of scripts written without spaces, as it may stand in folded text."""
    return re.compile(f"[{_STABLE}\u3099\u309a\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff]+")


@cache
def _rare_run() -> re.Pattern[str]:
    """A run of characters that fold to others."""
    return re.compile(rf"[^\x00-\x7f{_STABLE}]+")


def _folded_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Where such runs start and end, with the base of a first mark, and what they fold to."""
    for match in _rare_run().finditer(text):
        start, end = match.span()
        start -= start > 0 and _joins_before(text[start])
        yield start, end, _fold_rare(text[start:end])


@lru_cache(maxsize=1 << 12)
def _joins_before(character: str) -> bool:
    """Whether it may become one letter with the one before: a mark, or the end of a syllable."""
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.combining(first) > 0 or "\u11a8" <= first <= "\u11c2"


def fold(text: str) -> str:
    """The text as it is indexed: lower case tokens with separators between."""
    folded = fold_characters(text)
    if folded.isascii():
        return _with_digits_apart(folded)
    return unspaced_run().sub(_bigrams, _DIGITS.sub(_parted, folded))


def fold_tokens(text: str) -> list[str]:
    """The tokens that the folded text is indexed under, in order."""
    folded = fold(text)
    if folded.isascii():
        return folded.encode().translate(_ASCII_TOKENS).decode().split()
    return _TOKEN.findall(folded)


def fold_query(text: str) -> list[str]:
    """The tokens that a phrase asks for, in order; empty when it has no letter and no digit.

    If the last one `is_lone` it stands for every token that begins with it.
    """
    tokens = fold_tokens(text)
    if len(tokens) > 1 and is_lone(tokens[-1]) and _is_bigram(tokens[-2]):
        tokens.pop()  # the pair before it says as much, wherever the run goes on
    return tokens


def fold_characters(text: str) -> str:
    """The text with each character in its folded form: as `fold`, without parting or bigrams."""
    if text.isascii():
        return text.lower()
    out: list[str] = []
    done = 0
    for start, end, folded in _folded_runs(text):
        out += (text[done:start], folded)
        done = end
    out.append(text[done:])
    return "".join(out).lower()


def folded_pieces(text: str) -> tuple[str, list[tuple[int, int, int, int]]]:
    """What `fold_characters` gives, and where lengths changed on the way.

    A piece (start, end, folded_start, folded_end) says which slice of the text became which of the
    result; between pieces both advance by one.
    """
    if text.isascii():
        return text.lower(), []
    out: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    done = shift = 0
    for start, end, folded in _folded_runs(text):
        if len(folded) != end - start:
            pieces.append((start, end, start + shift, start + shift + len(folded)))
            shift += len(folded) - (end - start)
        out += (text[done:start].lower(), folded)
        done = end
    out.append(text[done:].lower())
    return "".join(out), pieces


def is_unspaced(token: str) -> bool:
    """Whether the token begins with a character of a script written without spaces."""
    return unspaced_run().match(token) is not None


def is_lone(token: str) -> bool:
    """Whether the token is a single such character."""
    return len(token) == 1 and is_unspaced(token)


def _is_bigram(token: str) -> bool:
    return len(token) == 2 and is_unspaced(token)


def count_words(text: str) -> int:
    """How many words a Markdown text has; scripts without spaces count by character."""
    text = unlink(text)
    if text.isascii():
        return _count_ascii_words(text)
    character_count = sum(map(len, unspaced_run().findall(text)))
    return character_count + len(_COUNTED_WORD.findall(unspaced_run().sub(" ", text)))


def _count_ascii_words(text: str) -> int:
    """What `_COUNTED_WORD` finds, without a match for each: the places where one begins.

    There a letter or digit stands behind neither another one nor a sign that joins it to one.
    """
    kinds = b" " + text.encode().translate(_ASCII_KINDS)
    return kinds.count(b" a") + kinds.count(b" -a") + kinds.count(b"--a")


@cache
def _unspaced_pair() -> re.Pattern[str]:
    return re.compile(
        f"[{_WITHOUT_SPACES}][{_WITHOUT_SPACES}{_SIGNS_OF_ALL}]|[{_SIGNS_OF_ALL}][{_WITHOUT_SPACES}]"
    )


def line_joint(before: str, after: str) -> str:
    """What a line break between two characters stands for in running text.

    A space, but nothing inside of scripts written without spaces (CSS Text 3, 4.1.3).
    """
    if before.isascii() or after.isascii():
        return " "
    return "" if _unspaced_pair().fullmatch(before + after) else " "


@lru_cache(maxsize=2)  # a text's words are counted once it is known what language they are of
def unlink(markdown: str) -> str:
    """The text without what Markdown puts inside sentences: link targets, emphasis within words.

    So a phrase is found across a link, and Chinese words across bold type.
    """
    if "](" in markdown:
        markdown = _LINK.sub(_words_of_link, markdown)
    if "](" in markdown:
        markdown = _LINK.sub(_words_of_link, markdown)  # an image may be a link
    if markdown.isascii():
        return markdown.replace("**", "")
    return _EMPHASIS.sub("", markdown) if "*" in markdown or "`" in markdown else markdown


def _words_of_link(link: re.Match[str]) -> str:
    return link[1]


def tag_key(tag: str) -> str:
    """What spellings of one tag have in common: tags that differ in case only are the same."""
    return unicodedata.normalize("NFC", _without_towers(" ".join(tag.split()).casefold()))


def _with_digits_apart(text: str) -> str:
    """The ASCII text with a space on either side of each number, found faster than by a pattern."""
    kinds = text.encode().translate(_ASCII_DIGITS)
    start = kinds.find(b"0")
    if start < 0:
        return text
    parts: list[str] = []
    done = 0
    while start >= 0:
        end = kinds.find(b" ", start)
        end = end if end >= 0 else len(text)
        parts += (text[done:start], " ", text[start:end], " ")
        done = end
        start = kinds.find(b"0", end)
    parts.append(text[done:])
    return "".join(parts)


def _parted(digits: re.Match[str]) -> str:
    return f" {digits[0]} "


def _bigrams(match: re.Match[str]) -> str:
    """A run as overlapping pairs and its last character, spaced on both sides."""
    run = match[0]
    return f" {' '.join(map(add, run, run[1:]))} {run[-1]} "


def _fold_rare(run: str) -> str:
    """A run of rare characters, folded; the same run is met often, so short ones are cached."""
    if len(run) <= _LONGEST_CACHED_RUN:
        return _cached_fold(run)
    return _fold_run(_without_towers(run))


def _without_towers(text: str) -> str:
    """The text without the marks past `_MOST_MARKS` in a row."""
    if len(text) <= _MOST_MARKS:
        return text
    kept: list[str] = []
    height = 0
    for character in text:
        height = height + 1 if unicodedata.combining(character) else 0
        if height <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _fold_run(run: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", run).casefold())
    folded = _OTHER_LETTERS.sub(lambda match: match[1] or "", folded).translate(_LETTERS)
    # Folding makes Cherokee upper case (Unicode, CaseFolding.txt); what is indexed is lower case.
    folded = unicodedata.normalize("NFC", folded).lower()
    return "".join([_part_of_word(character) for character in folded])


def _part_of_word(character: str) -> str:
    """The character if it belongs to words, nothing if invisible, else a space."""
    if character.isascii():
        return character.lower()
    category = unicodedata.category(character)
    if category[0] in "LNM" or category == "Co":
        return character
    return "" if category in {"Cf", "Cs"} else " "


_cached_fold = lru_cache(maxsize=1 << 14)(_fold_run)
