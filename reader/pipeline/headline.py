"""A text without its own title in it. Pure."""

from __future__ import annotations

from archive.text import fold_tokens
from reader.pipeline.blocks import Block, Cleaned, blocks_of, plain_words, without

WHY = "repeats the title"
# Of hostile lines only so many characters are compared; this runs in the app's own process.
_LONGEST = 2000
_MARKS = "*~`[\\"
# A line of fewer words may say the title again and mean it.
_FEWEST_WORDS = 4


def drop_title(cleaned: Cleaned, title: str) -> Cleaned:
    """The text without a first line, heading or not, that repeats its title, nor such lines below.

    Only if more follows: a text that is its title stays. Headings below the first line stay.
    """
    blocks = blocks_of(cleaned.text)
    wanted = fold_tokens(title[:_LONGEST])
    if not wanted or len(title) > _LONGEST:
        return cleaned
    longest = min(_LONGEST, 3 * len(title) + 200)
    repeats = [
        block
        for place, block in enumerate(blocks)
        if len(block.text) <= longest
        and (place == 0 or (not block.level and len(wanted) >= _FEWEST_WORDS))
        and _says(block, wanted)
    ]
    if len(repeats) == len(blocks):
        return cleaned
    return without(cleaned, {block.start: WHY for block in repeats})


def _says(block: Block, wanted: list[str]) -> bool:
    """Whether a block is the title; what is cheap is compared first."""
    if _is_plain(block.text) and wanted[0] not in block.text.lower():
        return False
    return not block.is_verbatim and fold_tokens(plain_words(block.text)) == wanted


def _is_plain(text: str) -> bool:
    """Whether its words stand in it as they are: in ASCII, without marks that may be in words."""
    return text.isascii() and not any(map(text.__contains__, _MARKS))
