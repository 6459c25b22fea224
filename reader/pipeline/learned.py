"""Lines that an outlet repeats over its articles, learned from its own pages. Pure.

Of each of a host's latest articles the keys of those lines are remembered that may be furniture:
what stands near the edges of the text, and short lines inside. A line that a second article has
too counts as repeated from then on. Text that one article alone has is never dropped, nor lines of
two articles that are copies of each other, nor a heading over a text of its own. A paragraph takes
three, as a second article may quote the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b

from archive.feed_models import LearnedLines
from archive.text import count_words
from reader.pipeline.blocks import Block, Cleaned, blocks_of, keys_of, without

WHY = "repeated by the outlet"
FROM_ABOVE, FROM_BELOW = 4, 8
"""How many blocks at the edges of a text may be furniture because a second article has them."""

# In so many articles: a line, a paragraph (a second article may quote it), a line inside.
_LINE_TIMES, _PROSE_TIMES, _INSIDE_TIMES = 2, 3, 3
_LINE_WORDS, _INSIDE_WORDS, _MOST_INSIDE = 16, 12, 12
_MOST_ARTICLES, _MOST_REPEATED, _MOST_TIMES = 8, 100, 9
_COPY = 0.75
_MOST_DROPPED = 0.8
_LONGEST = 1200


def taught(known: LearnedLines, article_key: str, text: str) -> LearnedLines:
    """What is known of a host once it has seen this text; an article teaches once only."""
    others = _articles(known)
    if article_key in others:
        return known
    lines = set(_telling(blocks_of(text)))
    if any(_are_copies(lines, other) for other in others.values()):
        return known
    times = dict(_times(known))
    for line in sorted(lines):
        seen = sum(line in other for other in others.values())
        if line in times or seen:
            before = max(times.pop(line, 0), seen)
            times[line] = min(before + 1, _MOST_TIMES)
    articles = (*known.articles, " ".join((article_key, *sorted(lines))))
    repeated = tuple(f"{line}:{count}" for line, count in times.items())
    return replace(known, articles=articles[-_MOST_ARTICLES:], repeated=repeated[-_MOST_REPEATED:])


def drop_learned(cleaned: Cleaned, known: LearnedLines) -> Cleaned:
    """The text without what the host repeats; all of it where too little would be left."""
    times = dict(_times(known))
    if not times:
        return cleaned
    blocks = blocks_of(cleaned.text)
    edges = _edges(blocks)
    dropped = {
        block.start
        for block, key in _keyed(blocks)
        if _is_furniture(block, times.get(key, 0), block.start in edges)
    }
    _spare_headings(blocks, dropped)
    left = [block for block in blocks if block.start not in dropped]
    if not any(block.is_prose for block in left) or len(dropped) > len(blocks) * _MOST_DROPPED:
        return cleaned
    return without(cleaned, dict.fromkeys(dropped, WHY))


def article_key(url: str) -> str:
    """A short key of an article's address."""
    return blake2b(url.encode("utf-8", "replace"), digest_size=5).hexdigest()


def _edges(blocks: Sequence[Block]) -> set[int]:
    """Where the blocks stand that may be furniture: around the paragraphs, and near the edges."""
    prose = [place for place, block in enumerate(blocks) if block.is_prose]
    first = max(prose[0] if prose else 0, FROM_ABOVE)
    last = min(prose[-1] if prose else len(blocks), len(blocks) - FROM_BELOW - 1)
    return {block.start for place, block in enumerate(blocks) if not first <= place <= last}


def _is_furniture(block: Block, times: int, at_edge: bool) -> bool:
    if at_edge:
        return times >= (_PROSE_TIMES if len(block.tokens) > _LINE_WORDS else _LINE_TIMES)
    return times >= _INSIDE_TIMES and count_words(block.text) <= _INSIDE_WORDS


def _spare_headings(blocks: Sequence[Block], dropped: set[int]) -> None:
    """A repeated heading (`Conclusion`) stays over what is this article's own."""
    below = False
    for block in reversed(blocks):
        if block.level:
            if below:
                dropped.discard(block.start)
            below = False
        elif block.start not in dropped:
            below = True


def _telling(blocks: Sequence[Block]) -> Iterable[str]:
    """The keys of the lines that may be furniture."""
    inside, edges = 0, _edges(blocks)
    for block, key in _keyed(blocks):
        at_edge = block.start in edges
        if not at_edge and (count_words(block.text) > _INSIDE_WORDS or inside >= _MOST_INSIDE):
            continue
        inside += not at_edge
        if key:
            yield key


def _keyed(blocks: Sequence[Block]) -> Iterable[tuple[Block, str]]:
    keys = dict(keys_of([block for block in blocks if len(block.text) <= _LONGEST]))
    return ((block, keys.get(block, "")) for block in blocks)


def _are_copies(lines: set[str], other: set[str]) -> bool:
    shared = len(lines & other)
    return shared > 2 and shared >= _COPY * max(len(lines), len(other))


def _articles(known: LearnedLines) -> dict[str, set[str]]:
    parted = (each.split() for each in known.articles)
    return {key: set(lines) for key, *lines in parted}


def _times(known: LearnedLines) -> Iterable[tuple[str, int]]:
    for each in known.repeated:
        line, _, count = each.partition(":")
        yield line, int(count) if count.isdecimal() else 2
