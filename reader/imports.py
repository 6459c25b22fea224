"""Taking in subscriptions and articles from files, and writing articles out."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BufferedReader
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from archive.archive import Archive
from archive.errors import ArchiveError
from archive.models import Article, Feed, Mark, MarkChange
from archive.paging import windows
from archive.revisions import merge_origins, merge_revisions, revise
from archive.stories import MOST_ALONG
from archive.text import count_words
from archive.urls import url_key
from reader.addresses import split_login
from reader.errors import ImportProblem, ReaderError
from reader.import_format import HEAD_SIZE, ImportFormat, format_of, opened
from reader.pipeline.identify import first_sentence

if TYPE_CHECKING:
    from reader.jsonl import ImportedArticle

# Articles compared and saved at a time: bounds memory, what a kill can lose, and for how long a
# mark of another process waits.
BATCH = 100
# Articles read from the archive at a time when it is written out.
WINDOW = 500

ToMarkdown = Callable[[str, str], str]
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class ImportReport:
    """What an import did; `problems` has a line for each bad one, `line 12: ...`.

    `known_count` counts feeds that were subscribed to already and stay as they are.
    """

    feed_count: int = 0
    known_count: int = 0
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
        if sys.stdin is None:
            raise ImportProblem("standard input", "is closed", "Give a file")
        stream = cast("BufferedReader", sys.stdin.buffer)
        yield stream, format_of(stream.peek(HEAD_SIZE)[:HEAD_SIZE], "standard input"), 0
        return
    file = Path(path).expanduser()
    stream, kind = opened(file)
    with stream:
        yield stream, kind, file.stat().st_size


def import_opml(archive: Archive, content: bytes, path: str, now: datetime) -> ImportReport:
    """Subscribe to the feeds of an OPML document; known ones stay as they are.

    A user and password in an address go to the secrets of the feed.
    """
    from reader.credentials import CredentialStore
    from reader.opml import read_opml

    found = read_opml(content, path)
    split = [(one, *split_login(one.feed_url)) for one in found.feeds]
    feeds = [status.feed for status in archive.feeds()]
    known = {url for feed in feeds for url in (feed.feed_url, *feed.former_urls)}
    new = [(one, url, login) for one, url, login in split if url not in known]
    for _, url, login in new:
        if login:
            CredentialStore().change(url, auth=login)
    archive.add_feeds(
        Feed(
            url,
            title=one.title,
            site_url=split_login(one.site_url)[0],
            folder=one.folder,
            added_at=now,
            selector=one.selector,
        )
        for one, url, _ in new
    )
    return ImportReport(
        feed_count=len(new),
        known_count=len(found.feeds) - len(new),
        problems=list(found.problems),
    )


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
        stated = []
        for number, one in batch:
            read = one if isinstance(one, str) else with_text(one, to_markdown)
            if isinstance(read, str):
                report.problems.append(f"line {number}: {read}")
            else:
                stated.append(read)
        save_batch(archive, stated, now(), report)
        if progress:
            progress(stream.tell() if size else report.article_count, size)
    if report.article_count <= MOST_ALONG:
        archive.stories.group(most=MOST_ALONG)
    return report


def with_text(one: ImportedArticle, to_markdown: ToMarkdown) -> ImportedArticle | str:
    """The article with the Markdown of its HTML, where it came with only that; or what is wrong."""
    if not one.html:
        return one
    try:
        text = to_markdown(one.html, one.article.url)
    except ReaderError as error:
        return f"html {error.why}"
    title = one.article.title or first_sentence(text)
    article = replace(one.article, title=title, text=text, word_count=count_words(text))
    return replace(one, article=article, html="")


def save_batch(
    archive: Archive, stated: Sequence[ImportedArticle], now: datetime, report: ImportReport
) -> None:
    """Save a batch: new articles with their marks, known ones updated and not doubled."""
    last = {key_of(one.article): one for one in stated}
    new: list[ImportedArticle] = []
    updated: list[Article] = []
    changes: dict[MarkChange, list[str]] = {}
    with archive.writing():
        for one in last.values():
            known = known_article(archive, one.article)
            if known is None:
                new.append(one)
                continue
            article = merged(known, one.article, now)
            if article != known:
                updated.append(article)
            if one.change:
                changes.setdefault(one.change, []).append(known.article_id)
        archive.save(
            [*(one.article for one in new), *updated],
            [*(first_mark(archive, one) for one in new), *[None] * len(updated)],
        )
    marked = sum(archive.mark(ids, change, label="import") for change, ids in changes.items())
    archive.tagging.add_colours([colour for one in last.values() for colour in one.colours])
    report.article_count += len(new)
    report.changed_count += max(len(updated), marked)


def first_mark(archive: Archive, one: ImportedArticle) -> Mark | None:
    """The marks that a line states, else what the rules do with its article; None for none."""
    if one.mark is not None:
        return one.mark
    mark = archive.rules.first_mark(one.article, Mark())
    return None if mark == Mark() else mark


def key_of(article: Article) -> tuple[str, str]:
    """What tells a line's article from the others of its file: address, and entry where stated.

    Without an address its feed, in which alone the entry's id means something.
    """
    origin = article.origins[0] if article.origins else None
    if origin is None or origin.entry_id == article.url:
        return url_key(article.url), ""
    return url_key(article.url) if article.url else origin.feed_url, origin.entry_id


def known_article(archive: Archive, fresh: Article) -> Article | None:
    """The archived article that a line is about: of the same entry, else of the same address.

    Entries of one feed may share an address; a line that states another entry is another article.
    """
    if not fresh.url:
        ids = archive.find_entries((each.feed_url, each.entry_id) for each in fresh.origins)
        return archive.get(ids[0]) if ids else None
    ids_there = archive.find_urls([fresh.url]).get(fresh.url, ())
    found = [archive.get(article_id) for article_id in ids_there]
    stated = {(origin.feed_url, origin.entry_id) for origin in fresh.origins}
    for known in found:
        if stated & {(origin.feed_url, origin.entry_id) for origin in known.origins}:
            return known
    if not key_of(fresh)[1]:
        return found[0] if found else None
    feeds = {feed_url for feed_url, _ in stated}
    apart = (one for one in found if not feeds & {origin.feed_url for origin in one.origins})
    return next(apart, None)


def merged(known: Article, fresh: Article, now: datetime) -> Article:
    """A known article with what a file says of it; another text or title becomes a revision.

    A title and text that the article had before change nothing: the file is the older one.
    """
    stated = replace(
        known,
        origins=merge_origins(known.origins, fresh.origins),
        author=fresh.author or known.author,
        published_at=fresh.published_at or known.published_at,
        language=fresh.language or known.language,
        site_name=known.site_name or fresh.site_name,
        feed_title=known.feed_title or fresh.feed_title,
        categories=known.categories or fresh.categories,
        enclosures=known.enclosures or fresh.enclosures,
        image_url=known.image_url or fresh.image_url,
        comments_url=known.comments_url or fresh.comments_url,
        location=known.location or fresh.location,
        pictures=known.pictures or fresh.pictures,
        revisions=merge_revisions(known, fresh.revisions),
    )
    text = known.text if fresh.text_from == "title" else fresh.text or known.text
    had = {(revision.title, revision.text) for revision in stated.revisions}
    if (fresh.title, text) in had:
        return stated
    changed = revise(stated, fresh.title, text, now)
    return replace(changed, sections=known.sections if text == known.text else fresh.sections)


ALL_ARTICLES = "is:hidden OR -is:hidden"
"""Without a query, an export is whole: it has the hidden articles too."""


def export_jsonl(archive: Archive, query: str, skipped: list[str]) -> Iterator[bytes]:
    """The articles that match, newest first, a JSON line each; memory does not grow with them.

    An article that cannot be read is passed over, and why goes into `skipped`.
    """
    from reader.jsonl import write_article

    feeds = {status.feed.feed_url: status.feed for status in archive.feeds()}
    colours = archive.tagging.colours()
    query = query if query.strip() else ALL_ARTICLES
    for row in chain.from_iterable(windows(archive, query, WINDOW)):
        try:
            article, mark = archive.get(row.article_id), archive.mark_of(row.article_id)
        except ArchiveError as error:
            skipped.append(f"{row.article_id}: {error}")
            continue
        yield write_article(article, mark, feeds.get(row.feed_url), colours)
