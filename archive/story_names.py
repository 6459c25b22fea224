"""Names of what is grouped into stories: articles, and sections of articles."""

from __future__ import annotations

from archive.names import parse_article_id, volume_order


def unit_name(article_id: str, section: int) -> str:
    """The id of an article, or of a section of it."""
    return f"{article_id}#{section}" if section else article_id


def arrival(article_id: str, section: int) -> tuple[tuple[str, int], int, int]:
    """What units are sorted by for the order in which they came to the archive."""
    volume, number = parse_article_id(article_id) or ("", 0)
    return volume_order(volume), number, section
