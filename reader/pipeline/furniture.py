"""What an outlet puts around its texts, told by words that all outlets use, and dropped. Pure.

In: share rows, comment prompts, related lists, newsletter boxes, advertisements, datelines, bot
signatures, repeated headings. Not in: what only this outlet repeats, which is `learned`'s. Only
whole blocks are dropped, never words of a paragraph; a text of nothing else is left as it is.
Runs in worker processes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.text import fold_tokens, is_unspaced
from reader.pipeline.blocks import SENTENCE_END, Block, Cleaned, blocks_of, plain_words, without
from reader.pipeline.furniture_words import (
    MOST_CHARACTERS,
    MOST_WORDS,
    kind_of,
    known_words,
    lead_kind,
    normal,
)
from reader.pipeline.labels import is_signature
from reader.pipeline.provenance import is_citation

_LINK = re.compile(r"!?\[[^\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|<https?://[^<>\s]*>")
_ASIAN_DATE = re.compile(r"(?:0?[年月日号號時时分秒点點년월일시분]|周[一二三四五六日]|星期.)+")
_LATIN_NUMBER = re.compile(r"0(?:st|nd|rd|th|am|pm|h|t|z|min|m|e|er)?(?:0z?)?")
_BY = frozenset(
    ("by", "von", "por", "par", "di", "door", "av", "af", "od", "przez", "words", "text")
) | frozenset(("автор", "作者", "記者", "记者", "بقلم", "מאת", "γραφει"))
_PAGE_NUMBER = re.compile(r"\d{1,3} ?(?:/|of|von|de|sur|di|van|из) ?\d{1,3}")
_BYLINE_WORDS = 7
_FIRST_BLOCKS = 4  # a byline may stand below a standfirst
_LAST_BLOCKS = 3
_SHORT_CELL = 4
# A line of Markdown with its links; one with more is no furniture by its words.
_LONGEST_LINE = 600
_LABEL_WORDS, _ENOUGH_PROSE = 6, 2


@dataclass(frozen=True, slots=True)
class Names:
    """What the page calls itself, its outlet and its author, by which datelines are told."""

    title: str = ""
    site_name: str = ""
    author: str = ""


def drop_known(cleaned: Cleaned, names: Names) -> Cleaned:
    """The text without what is furniture by its words; what was dropped with its kind."""
    blocks = blocks_of(cleaned.text)
    kinds = [_kind_of_block(block) for block in blocks]
    _mark_datelines(blocks, kinds, names)
    _mark_sources(blocks, kinds)
    _mark_share_words(blocks, kinds)
    _mark_lists_of_links(blocks, kinds)
    _mark_repeats(blocks, kinds)
    _mark_labels(blocks, kinds)
    _mark_authors(blocks, kinds, names)
    _spare_headings(blocks, kinds)
    _mark_signed_headings(blocks, kinds, names)
    why = {block.start: kind for block, kind in zip(blocks, kinds, strict=True) if kind}
    left = [block for block in blocks if block.start not in why]
    if not left or all(block.level for block in left):
        return cleaned
    return without(cleaned, why)


def is_of_links(block: Block) -> bool:
    """Whether a block is links and next to nothing else: dates and numbers may stand beside."""
    if block.is_verbatim:
        return False
    lines = [line for line in block.text.split("\n") if line.strip()]
    linked = [_words_beside_links(line) for line in lines if _LINK.search(line)]
    return len(linked) == len(lines) and all(len(words) <= _SHORT_CELL for words in linked)


def _words_beside_links(line: str) -> list[str]:
    words = normal(plain_words(_LINK.sub(" ", line))).split()
    return [word for word in words if not _is_date_word(word)]


def _kind_of_block(block: Block) -> str:
    if block.is_verbatim or block.text.startswith(">"):
        return ""
    kinds = {_kind_of_line(line) for line in block.text.split("\n") if line.strip()}
    return kinds.pop() if len(kinds) == 1 else "furniture" if kinds and all(kinds) else ""


def _kind_of_line(line: str) -> str:
    if len(line) > _LONGEST_LINE:
        return ""
    words = plain_words(line)
    if is_signature(words):
        return "signature"
    if kind := lead_kind(words):
        return kind
    if _PAGE_NUMBER.fullmatch(words):
        return "chrome"
    if "](" in line and len(words) <= MOST_CHARACTERS:
        lead = kind_of(plain_words(_LINK.sub(" ", line)))  # `Read more: [Title](address)`
        return lead if lead == "related" else ""
    return ""


def _mark_datelines(blocks: Sequence[Block], kinds: list[str], names: Names) -> None:
    """Lines of nothing but dates, times and names, around the text or with the outlet's name."""
    prose = [place for place, block in enumerate(blocks) if block.is_prose and not kinds[place]]
    first, last = (prose[0], prose[-1]) if prose else (0, len(blocks))
    outlet = frozenset(normal(names.site_name).split())
    for place, block in enumerate(blocks):
        if (
            kinds[place]
            or block.level
            or block.is_verbatim
            or len(block.text) > MOST_CHARACTERS * 3
            or not block.lines
        ):
            continue
        lines = block.lines
        outside = place < first or place > last
        signs = place < _FIRST_BLOCKS and any(word in _BY for word in _parted(lines[0])[:1])
        if (outside or signs) and all(_is_dateline(line, names) for line in lines):
            kinds[place] = "dateline"
        elif len(lines) == 1 and outlet and outlet <= set(_parted(lines[0])):
            kinds[place] = "dateline" if _is_dateline(lines[0], names) else ""


def _is_dateline(line: str, names: Names) -> bool:
    words = _parted(line)
    if not words or len(words) > MOST_WORDS:
        return False
    if words[0] in _BY and len(words) <= _BYLINE_WORDS and _is_of_names(line):
        return True
    known = {*normal(names.site_name).split(), *normal(names.author).split()}
    if not all(word in known or _is_date_word(word) for word in words):
        return False
    numbers = sum(word[0] == "0" for word in words)
    named = bool(known & set(words)) or any(word in known_words().date_words for word in words)
    author = normal(names.author).split()
    return numbers >= 2 or (numbers == 1 and named) or (bool(author) and set(author) <= set(words))


def _is_of_names(line: str) -> bool:
    """Whether every word but the first and small ones is written as names are."""
    return not SENTENCE_END.search(line) and all(
        word[0].isupper() or not word[0].isascii() or word in ("and", "y", "und", "et", "e", "de")
        for word in re.findall(r"[^\W\d_]+", line)[1:]
    )


def _parted(line: str) -> list[str]:
    """The words of a line, letters and digits parted: `marsbit03/04` is three."""
    return [word for part in normal(line).split() for word in re.findall(r"0|[^0]+", part)]


def _is_date_word(word: str) -> bool:
    return bool(
        word in known_words().date_words
        or _LATIN_NUMBER.fullmatch(word)
        or _ASIAN_DATE.fullmatch(word)
    )


def _mark_sources(blocks: Sequence[Block], kinds: list[str]) -> None:
    """Lines around the text that only say where it is from; the page's facts have it."""
    prose = [place for place, block in enumerate(blocks) if block.is_prose and not kinds[place]]
    if not prose:
        return
    for place, block in enumerate(blocks):
        outside = place < prose[0] or place > prose[-1]
        if outside and not kinds[place] and not block.level and is_citation(block):
            kinds[place] = "source"


def _mark_share_words(blocks: Sequence[Block], kinds: list[str]) -> None:
    """Names of services and the like: furniture in a row, or beside other furniture."""
    counts = [0 if kind else _share_words(block) for block, kind in zip(blocks, kinds, strict=True)]
    for place, count in enumerate(counts):
        around = [*range(max(0, place - 1), place), *range(place + 1, min(place + 2, len(blocks)))]
        beside = any(counts[other] or kinds[other] for other in around)
        if count > 1 or (count and beside and not blocks[place].level):
            kinds[place] = "share"


def _share_words(block: Block) -> int:
    """How many words for sharing a block consists of; 0 if it has any other."""
    if block.is_verbatim or len(block.text) > MOST_CHARACTERS * 5:
        return 0
    if block.is_prose and block.text.count(" ") > MOST_WORDS:
        return 0
    known = known_words().share_words
    words = [word for line in block.lines for word in normal(line).split()]
    if len(words) > MOST_WORDS or not set(words) - {"0"}:
        return 0
    return len(words) if all(word in known for word in words) else 0


def _mark_lists_of_links(blocks: Sequence[Block], kinds: list[str]) -> None:
    """What stands below the head of a related list, as far as it is links; a table of contents."""
    headings = {normal(block.first_line) for block in blocks if block.level}
    within = False
    for place, block in enumerate(blocks):
        if kinds[place]:
            within = kinds[place] == "related" or (within and not block.level)
        elif within and (is_of_links(block) or (_leads(blocks[place - 1]) and _is_short(block))):
            kinds[place] = "related"
        else:
            within = False
            items = [normal(line) for line in block.lines] if headings and block.is_list else []
            if len(items) > 2 and headings.issuperset(items):
                kinds[place] = "contents"


def _leads(block: Block) -> bool:
    """Whether a block says that another follows: `Read next:`."""
    return block.text.rstrip("*_ ").endswith((":", "："))


def _is_short(block: Block) -> bool:
    return not block.is_prose and len(block.text) <= MOST_CHARACTERS


def _mark_repeats(blocks: Sequence[Block], kinds: list[str]) -> None:
    """Lines that say a heading above them once more, as cards of listings do."""
    headings: set[tuple[str, ...]] = set()
    for place, block in enumerate(blocks):
        if block.level:
            headings.add(tuple(block.tokens))
        elif not kinds[place] and not block.is_verbatim and len(block.text) < MOST_CHARACTERS * 3:
            words = tuple(block.tokens)
            if words and words in headings and (len(words) > _SHORT_CELL or is_unspaced(words[0])):
                kinds[place] = "repeated heading"


def _mark_labels(blocks: Sequence[Block], kinds: list[str]) -> None:
    """Short lines above the text that are no sentences: the name of a rubric, a button, a menu."""
    prose = [place for place, block in enumerate(blocks) if block.is_prose and not kinds[place]]
    if len(prose) < _ENOUGH_PROSE:
        return
    for place in range(prose[0]):
        heads = blocks[place + 1].is_list  # what stands over a list belongs to it
        if not kinds[place] and not heads and _is_label(blocks[place]):
            kinds[place] = "label"


def _mark_authors(blocks: Sequence[Block], kinds: list[str], names: Names) -> None:
    """What is said of an author below the text, beginning with the name."""
    authors = [tokens for name in names.author.split(",") if len(tokens := fold_tokens(name)) > 1]
    last = range(max(len(blocks) - _LAST_BLOCKS, _ENOUGH_PROSE), len(blocks))
    for place in last if authors else ():
        block = blocks[place]
        if kinds[place] or block.level or block.is_verbatim or len(block.text) > _LONGEST_LINE:
            continue
        if any(block.tokens[: len(name)] == name for name in authors):
            kinds[place] = "author"


def _mark_signed_headings(blocks: Sequence[Block], kinds: list[str], names: Names) -> None:
    """A byline that is set as a heading, above the text: `By` and the author."""
    author = normal(names.author)
    for place, block in enumerate(blocks[:_FIRST_BLOCKS] if author else ()):
        if block.is_prose:
            return
        sign, _, name = normal(block.first_line).partition(" ")
        if block.level and sign in _BY and name == author:
            kinds[place] = "dateline"


def _is_label(block: Block) -> bool:
    if block.level or block.is_verbatim or block.is_list or block.text.startswith((">", "*", "`")):
        return False
    lines = block.lines
    return all(
        not (SENTENCE_END.search(line) or ":" in line)
        and 0 < len(fold_tokens(line)) <= _LABEL_WORDS
        for line in lines
    )


def _spare_headings(blocks: Sequence[Block], kinds: list[str]) -> None:
    """A heading stays over a text of its own, whatever its words."""
    has_text, deepest = False, 0
    for place in reversed(range(len(blocks))):
        level = blocks[place].level
        if not level:
            has_text = has_text or not kinds[place]
            continue
        if kinds[place] and has_text:
            kinds[place] = ""
        if not kinds[place]:
            deepest = level
        has_text = bool(deepest) and deepest > level and not kinds[place]
