"""The reader's own part of an article as Markdown: the note, and the passages that were marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.characters import clean_text
from archive.highlights import Highlight
from archive.models import Article, Mark


def quoted(highlight: Highlight) -> str:
    """A passage as a block quote of Markdown."""
    lines = clean_text(highlight.exact).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def quotes(highlights: Sequence[Highlight]) -> str:
    """Passages as block quotes, each one of its own."""
    return "\n\n".join(map(quoted, highlights))


def annotated(article: Article, mark: Mark) -> Article:
    """The article with the note and the highlights under headings at the end of its text."""
    return replace(article, text="\n\n".join(_parts(article, mark)))


def _parts(article: Article, mark: Mark) -> Iterator[str]:
    yield article.text.rstrip()
    if mark.note:
        yield f"## Note\n\n{clean_text(mark.note)}"
    if mark.highlights:
        yield f"## Highlights\n\n{quotes(mark.highlights)}"
