"""What may be asked of tags, for every front end that takes them as words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.characters import clean_line
from archive.models import MarkChange
from archive.tag_colours import COLOURS
from archive.text import tag_key
from reader.errors import UsageProblem

if TYPE_CHECKING:
    from archive.suggesting import Suggestion

NO_COLOUR = "none"
"""What a person says to take a tag's colour away."""


def contradicted_tags(change: MarkChange) -> list[str]:
    """The tags that a change both adds and takes away, as they were written after the plus."""
    removed = {tag_key(tag) for tag in change.remove_tags}
    return [tag for tag in change.add_tags if tag_key(tag) in removed]


def colour_named(text: str) -> str:
    """The colour that a person means, empty for NO_COLOUR. UsageProblem for what is no colour."""
    wanted = text.strip().casefold()
    if wanted in COLOURS:
        return wanted
    if wanted != NO_COLOUR:
        names = f"{', '.join(COLOURS)} or {NO_COLOUR}"
        raise UsageProblem(text.strip() or "the colour", "is no colour of tags", f"Give {names}")
    return ""


def suggested(suggestion: Suggestion) -> str:
    """A suggested tag and why, such as `ai  because: Qwen, Alibaba`."""
    because = ", ".join(map(clean_line, suggestion.because))
    return f"{clean_line(suggestion.tag)}  because: {because}"


def coloured(tag: str, colour: str) -> str:
    """What a tag's colour is now, as a sentence."""
    return f"The tag {tag} is {colour}." if colour else f"The tag {tag} has no colour of its own."
