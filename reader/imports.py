"""Taking in subscriptions and articles from files, and writing articles out."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from archive.archive import Archive
from archive.models import Article, Feed, Mark
from archive.revisions import merge_origins, revise
from archive.text import count_words
from archive.urls import url_key
from reader.import_format import HEAD_SIZE, ImportFormat, format_of, import_format

if TYPE_CHECKING:
    from reader.jsonl import ImportedArticle

# Articles compared and saved at a time: bounds memory, and what a kill can lose.
BATCH = 500
# Articles read from the archive at a time when it is written out.
WINDOW = 500

ToMarkdown = Callable[[str, str], str]
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class ImportReport:
    """What an import did; `problems` has a line for each bad one, `line 12: ...`."""

    feed_count: int = 0
    article_count: int = 0
    changed_count: int = 0
    problems: list[str] = field(default_factory=list)


def import_file(
    archive: Archive,
    path: str,
    now: Callable[[], datetime],
    to_markdown: ToMarkdown,
    progress: Progress | None = None,
) -> ImportReport:
    """Take in an OPML or JSON Lines file, told apart by content; `-` is standard input.

    `progress` gets the bytes read and the bytes in all (0: unknown). Raises ImportProblem for a
    file that is neither; single bad lines are reported and passed over.
    """
    with open_import(path) as (stream, kind, size):
        if kind == "opml":
            return import_opml(archive, stream.read(), path, now())
        return import_articles(archive, stream, now, to_markdown, progress, size)


@contextlib.contextmanager
def open_import(path: str) -> Iterator[tuple[BufferedReader, ImportFormat, int]]:
    """A file to import, its format, and its size in bytes (0: unknown)."""
    if path == "-":
        stream = cast("BufferedReader", sys.stdin.buffer)
        yield stream, format_of(stream.peek(HEAD_SIZE)[:HEAD_SIZE], "standard input"), 0
        return
    file = Path(path).expanduser()
    kind = import_format(file)
    with file.open("rb") as opened:
        yield opened, kind, file.stat().st_size


def import_opml(archive: Archive, content: bytes, path: str, now: datetime) -> ImportReport:
    """Subscribe to the feeds of an OPML document; known ones stay as they are."""
    from reader.opml import read_opml

    found = read_opml(content, path)
    known = {status.feed.feed_url for status in archive.feeds()}
    new = [one for one in found.feeds if one.feed_url not in known]
    archive.add_feeds(
        Feed(one.feed_url, title=one.title, site_url=one.site_url, folder=one.folder, added_at=now)
        for one in new
    )
    return ImportReport(feed_count=len(new), problems=list(found.problems))


def import_articles(
    archive: Archive,
    stream: BufferedReader,
    now: Callable[[], datetime],
    to_markdown: ToMarkdown,
    progress: Progress | None,
    size: int,
) -> ImportReport:
    """Take in articles, one JSON object a line, in batches."""
    from reader.jsonl import read_articles

    report = ImportReport()
    lines = read_articles(stream, now=now())
    while batch := list(islice(lines, BATCH)):
        report.problems += [f"line {n}: {one}" for n, one in batch if isinstance(one, str)]
        articles = [one for _, one in batch if not isinstance(one, str)]
        save_batch(archive, articles, now(), to_markdown, report)
        if progress:
            progress(stream.tell() if size else report.article_count, size)
    return report


def save_batch(
    archive: Archive,
    imported: list[ImportedArticle],
    now: datetime,
    to_markdown: ToMarkdown,
    report: ImportReport,
) -> None:
    """Save a batch: new articles with their marks, known ones updated and not doubled."""
    pending: dict[str, tuple[Article, Mark | None]] = {}
    for one in imported:
        fresh = with_text(one, to_markdown)
        key = url_key(fresh.url)
        if key in pending:
            known, mark = pending[key]
            pending[key] = merged(known, fresh, now), one.mark or mark
            continue
        known_id = archive.find_url(fresh.url)
        if known_id is None:
            report.article_count += 1
            pending[key] = fresh, one.mark
            continue
        known = archive.get(known_id)
        updated = merged(known, fresh, now)
        marked = one.mark is not None and one.mark != archive.mark_of(known_id)
        if updated != known or marked:
            report.changed_count += 1
            pending[key] = updated, one.mark
    archive.save(
        [article for article, _ in pending.values()], [mark for _, mark in pending.values()]
    )


def with_text(one: ImportedArticle, to_markdown: ToMarkdown) -> Article:
    """The article with the Markdown of its HTML, where it came with only that."""
    if not one.html:
        return one.article
    text = to_markdown(one.html, one.article.url)
    return replace(one.article, text=text, word_count=count_words(text))


def merged(known: Article, fresh: Article, now: datetime) -> Article:
    """A known article with what a file says of it: another text or title becomes a revision."""
    stated = replace(
        known,
        origins=merge_origins(known.origins, fresh.origins),
        author=fresh.author or known.author,
        published_at=fresh.published_at or known.published_at,
        language=fresh.language or known.language,
        site_name=known.site_name or fresh.site_name,
        feed_title=known.feed_title or fresh.feed_title,
    )
    if not fresh.text or fresh.text_from == "title":
        return revise(stated, fresh.title, known.text, now)
    return revise(stated, fresh.title, fresh.text, now)


def export_jsonl(archive: Archive, query: str) -> Iterator[bytes]:
    """The articles that match, newest first, a JSON line each; memory does not grow with them."""
    from reader.jsonl import write_article

    feeds = {status.feed.feed_url: status.feed for status in archive.feeds()}
    before: int | None = None
    while True:
        rows = archive.list(query, limit=WINDOW, before=before)
        for row in rows:
            article = archive.get(row.article_id)
            yield write_article(article, archive.mark_of(row.article_id), feeds.get(row.feed_url))
        if len(rows) < WINDOW:
            return
        before = rows[-1].row_id
