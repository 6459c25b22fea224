"""What an outlet states beside an article's text, in lines that every front end shows alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from archive.characters import clean_line
from archive.models import Article, Enclosure
from reader.sizes import size

_KINDS = {"audio": "Sound", "video": "Film", "image": "Picture"}
_MOST_FILES = 5


def attachment_lines(article: Article) -> Iterator[str]:
    """The original that it cites, where it happened, the outlet's own topics, files, comments."""
    if article.source_url:
        yield f"Original: {clean_line(article.source_url)}"
    if article.location:
        yield f"Place: {clean_line(article.location)}"
    if article.categories:
        yield f"Topics: {', '.join(map(clean_line, article.categories))}"
    for enclosure in article.enclosures[:_MOST_FILES]:
        yield _file_line(enclosure)
    if (more := len(article.enclosures) - _MOST_FILES) > 0:
        yield f"Further files: {more}"
    if article.comments_url:
        yield f"Comments: {clean_line(article.comments_url)}"


def disbelieved_claim(claimed_at: datetime | None) -> str:
    """What is said of a date that the outlet claims and that cannot be true; empty without one."""
    return f"claims {claimed_at:%Y-%m-%d}, not believed" if claimed_at else ""


def _file_line(enclosure: Enclosure) -> str:
    kind = _KINDS.get(enclosure.media_type.partition("/")[0], "File")
    facts = (enclosure.media_type, size(enclosure.byte_count) if enclosure.byte_count else "")
    stated = ", ".join(clean_line(fact) for fact in facts if fact)
    return f"{kind}: {clean_line(enclosure.url)}" + (f" ({stated})" if stated else "")
