"""The Markdown of what a feed states of its entries, many of them in one task of a worker."""

from __future__ import annotations

from collections.abc import Sequence

from reader.pipeline.assemble import FeedTexts
from reader.pipeline.parse import Entry
from reader.pipeline.workers import WorkerFailed, Workers

Piece = tuple[str, str]
"""HTML, and the address that its links are relative to."""


def feed_texts(workers: Workers, entries: Sequence[Entry], site_url: str) -> list[FeedTexts]:
    """The texts of each entry; empty where they cannot be read."""
    pieces = [
        (html, entry.url or site_url)
        for entry in entries
        for html in (entry.content_html, entry.summary_html)
    ]
    markdown = iter(_markdown(workers, pieces))
    return [FeedTexts(*pair) for pair in zip(markdown, markdown, strict=True)]


def _markdown(workers: Workers, pieces: Sequence[Piece]) -> list[str]:
    try:
        texts: list[str] = workers.run("texts_to_markdown", pieces)
    except WorkerFailed:
        # One of them may be poison: the others must not suffer from it.
        return [_alone(workers, piece) for piece in pieces]
    return texts


def _alone(workers: Workers, piece: Piece) -> str:
    try:
        (text,) = workers.run("texts_to_markdown", [piece])
    except WorkerFailed:
        return ""
    return str(text)
