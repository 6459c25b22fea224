"""How good a text is, measured against the one that a reader should get.

The unit is the token: a word in lower case without accents' marks, and of Chinese, Japanese and
Thai, which put no spaces, a single character. Punctuation, Markdown's marks, the targets of links
and the words behind pictures are no tokens.

F1: of the multisets of shingles (4 tokens in a row; a shorter text is one shingle) of the whole
    text that was got and the whole that was expected. Precision is the share of the got shingles
    that were expected, recall the share of the expected ones that were got. Of several pages the
    means of precision and recall are taken, each page counting the same, and F1 is their harmonic
    mean. Source: the evaluation of scrapinghub/article-extraction-benchmark.
Furniture left: the share of the furniture lines that stand in the text, that is, whose tokens
    stand there in a row more often than in the expected text.
Text lost: the share of the expected text, in shingles within its blocks, that was not got. What
    stands between two blocks costs nothing here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

SHINGLE = 4
_UNSPACED = "[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_TOKEN = re.compile(rf"{_UNSPACED}|(?:(?!{_UNSPACED})[^\W_])+")
_UNSEEN = {"Mn", "Mc", "Me", "Cf"}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])

Tokens = tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """One text, measured; counts are of shingles and of furniture lines."""

    got_count: int
    right_count: int
    expected_count: int
    block_count: int
    lost_count: int
    furniture: int
    left: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def precision(self) -> float:
        return _part(self.right_count, self.got_count, self.expected_count)

    @property
    def recall(self) -> float:
        return _part(self.right_count, self.expected_count, self.got_count)

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)

    @property
    def text_lost(self) -> float:
        return share(self.lost_count, self.block_count)


@dataclass(frozen=True)
class Score:
    """Several texts together, each figure a share from 0 to 1."""

    f1: float
    furniture_left: float
    text_lost: float


def measure(
    markdown: str,
    expected: Sequence[str],
    furniture: Iterable[str] = (),
    optional: Iterable[str] = (),
) -> Measured:
    """Measures a text in Markdown, after taking out what is optional wherever it stands."""
    got = without(tokens(plain(markdown)), map(tokens, optional))
    blocks = [tokens(block) for block in expected]
    whole = tuple(token for block in blocks for token in block)
    got_shingles, whole_shingles = shingles(got), shingles(whole)
    missing = [shingles(block) - _all_runs(got, len(block)) for block in blocks]
    lines = [(line, tokens(line)) for line in furniture]
    return Measured(
        got_count=got_shingles.total(),
        right_count=(got_shingles & whole_shingles).total(),
        expected_count=whole_shingles.total(),
        block_count=sum(shingles(block).total() for block in blocks),
        lost_count=sum(each.total() for each in missing),
        furniture=len(lines),
        left=tuple(line for line, run in lines if count_run(got, run) > count_run(whole, run)),
        lost=tuple(block for block, gone in zip(expected, missing, strict=True) if gone),
    )


def score(measured: Sequence[Measured]) -> Score:
    """The figures of several pages, as this module defines them."""
    count = len(measured)
    return Score(
        harmonic(
            sum(each.precision for each in measured) / count,
            sum(each.recall for each in measured) / count,
        ),
        share(sum(len(each.left) for each in measured), sum(each.furniture for each in measured)),
        share(
            sum(each.lost_count for each in measured), sum(each.block_count for each in measured)
        ),
    )


def _part(right: int, whole: int, other: int) -> float:
    """The part of a text that is right: of an empty one all, if the other is empty too."""
    return right / whole if whole else float(other == 0)


def share(part: int, whole: int) -> float:
    """0 of nothing."""
    return part / whole if whole else 0.0


def harmonic(precision: float, recall: float) -> float:
    """The harmonic mean; 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def plain(markdown: str) -> str:
    """The words that a text in Markdown shows, block by block."""
    return "\n".join(map(words_of, MARKDOWN.parse(markdown)))


def words_of(block: Token) -> str:
    """The words of a block itself: of code or a line; none of what is open around others."""
    if block.type in ("fence", "code_block"):
        return block.content
    words = {"text": None, "code_inline": None, "softbreak": " ", "hardbreak": " "}
    inline = [child for child in block.children or () if child.type in words]
    return "".join(words[child.type] or child.content for child in inline)


def tokens(text: str) -> Tokens:
    """A text's words as they are compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(one for one in folded if unicodedata.category(one) not in _UNSEEN)
    return tuple(_TOKEN.findall(seen))


def shingles(text: Tokens) -> Counter[Tokens]:
    """The runs of 4 tokens, with how often each stands there; the whole of a shorter text."""
    return _all_runs(text, min(len(text), SHINGLE))


def _all_runs(text: Tokens, longest: int) -> Counter[Tokens]:
    size = min(longest, SHINGLE)
    if size == 0:
        return Counter()
    return Counter(text[at : at + size] for at in range(len(text) - size + 1))


def count_run(text: Tokens, run: Tokens) -> int:
    """How often a run of tokens stands in a text; runs do not overlap."""
    return _spaced(text).count(_spaced(run)) if run else 0


def without(text: Tokens, runs: Iterable[Tokens]) -> Tokens:
    """The text without these runs; longer ones are taken out first."""
    rest = _spaced(text)
    for run in sorted(runs, key=len, reverse=True):
        rest = rest.replace(_spaced(run), "")
    return tuple(rest.split())


def _spaced(text: Tokens) -> str:
    """Tokens in a string in which only whole ones are found."""
    return "".join(f" {token} " for token in text)
