"""What a line break inside a paragraph of Markdown stands for, for everything that shows one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.text import line_joint

if TYPE_CHECKING:
    from markdown_it.token import Token


def soft_break(tokens: Sequence[Token], index: int) -> str:
    """What the soft break at an index of inline tokens stands for, by the characters beside it."""
    behind = (tokens[at].content for at in range(index, -1, -1))
    ahead = (tokens[at].content for at in range(index, len(tokens)))
    before, after = (next(filter(None, contents), "") for contents in (behind, ahead))
    return line_joint(before[-1:], after[:1])
