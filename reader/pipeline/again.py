"""An article's text taken once more out of the page that was kept of it, by today's extraction.

No network. Nothing is stored here: what comes back is the article as it would be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from archive.archive import Archive
from archive.errors import ArchiveError, NotFound
from archive.models import Article
from archive.paging import windows
from archive.pictures import merged_pictures
from archive.revisions import revise
from archive.text import fold_tokens, unlink
from reader.errors import ReaderError
from reader.methods import Method
from reader.pipeline.assemble import BEGINNING, UNDATED, notes_of_page
from reader.pipeline.blocks import Cleaned
from reader.pipeline.cleaning import Cleaner, host_of
from reader.pipeline.extracted import RULE_FAILED, ExtractedPage
from reader.pipeline.headline import drop_title
from reader.pipeline.pages import TakenPage
from reader.pipeline.split import text_fields
from reader.pipeline.stored_page import AT_ONCE, extract_stored
from reader.pipeline.workers import WorkerFailed, Workers

WINDOW = 500
_MADE_BY_PAGES = ("A machine wrote it", "It is a translation", BEGINNING, UNDATED, RULE_FAILED)


@dataclass(frozen=True, slots=True)
class Reextracted:
    """How many articles have a page, have other words now, and could not be read."""

    page_count: int
    changed_count: int
    failed_count: int

    def with_more(self, other: Reextracted) -> Reextracted:
        """Both together."""
        return Reextracted(
            self.page_count + other.page_count,
            self.changed_count + other.changed_count,
            self.failed_count + other.failed_count,
        )


def extract_again(
    archive: Archive, workers: Workers, cleaner: Cleaner, article: Article, method: Method
) -> Article:
    """The article with the text that a method takes out of its raw page. NotFound, ReaderError."""
    taken = read_again(archive, workers, cleaner, article, method)
    if method != "whole":
        taken = cleaner.cleaned(article.url, taken)
    return as_read(article, taken.page or ExtractedPage())


def read_again(
    archive: Archive, workers: Workers, cleaner: Cleaner, article: Article, method: Method
) -> TakenPage:
    """The raw page of an article, extracted once more. NotFound, ReaderError."""
    if article.page is None:
        raise NotFound(article.article_id, "no raw page of it was kept", "Its text stays as it is")
    page = archive.pages.read(article.page)
    try:
        read = extract_stored(workers, page, replace(cleaner.way(page.url), method=method))
    except WorkerFailed as error:
        raise ReaderError(page.url, f"its page {error}") from error
    if not read.text:
        raise ReaderError(page.url, f"its page {read.problem or 'holds no text'}")
    return TakenPage(read, final_url=page.url)


def as_read(article: Article, read: ExtractedPage) -> Article:
    """The article as that reading of its page makes it; what its feed states stays."""
    cleaned = drop_title(Cleaned(read.text, read.removed), article.title)
    return replace(
        article,
        **text_fields(cleaned),
        text_from="page",
        language=read.language or None,
        outlet_language=read.stated_language,
        byline=read.byline,
        source_url=read.source_url or None,
        pictures=merged_pictures(article.pictures, read.pictures),
        notes=(
            *(note for note in article.notes if not note.startswith(_MADE_BY_PAGES)),
            *notes_of_page(read, article.published_at),
        ),
    )


def with_text(known: Article, fresh: Article, now: datetime) -> Article:
    """The fresh article with the known one's text as a revision, where the words are others."""
    if fold_tokens(unlink(known.text)) == fold_tokens(unlink(fresh.text)):
        return fresh
    revised = revise(known, known.title, fresh.text, now)
    return replace(fresh, revisions=revised.revisions, changed_at=revised.changed_at)


def rebuild_texts(
    archive: Archive,
    workers: Workers,
    now: Callable[[], datetime],
    progress: Callable[[int, int], None] | None = None,
) -> Reextracted:
    """Runs today's extraction over all stored pages; doing it twice changes nothing more.

    Only texts that came from a page. Host by host, so that what one repeats is learned from all
    its pages before any is cleaned.
    """
    cleaner = Cleaner(archive)
    by_host = ids_by_host(archive)
    total = Reextracted(0, 0, 0)
    done, count = 0, sum(map(len, by_host.values()))
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="texts") as pool:
        for ids in by_host.values():
            pages = list(pool.map(lambda each: _page_of(archive, workers, cleaner, each), ids))
            found = [each for each in pages if each is not None]
            cleaner.relearn((article.url, taken) for article, taken in found)
            total = total.with_more(_save(archive, cleaner, found, now))
            done += len(ids)
            if progress:
                progress(done, count)
    archive.fetching.save((), learned=cleaner.learned())
    return total


def _page_of(
    archive: Archive, workers: Workers, cleaner: Cleaner, article_id: str
) -> tuple[Article, TakenPage] | None:
    """An article with its page; None where its text is from elsewhere."""
    article = archive.get(article_id)
    if article.page is None or article.text_from != "page":
        return None
    try:
        return article, read_again(archive, workers, cleaner, article, "usual")
    except (ReaderError, ArchiveError) as error:
        return article, TakenPage(problem=str(error))


def _save(
    archive: Archive,
    cleaner: Cleaner,
    found: Sequence[tuple[Article, TakenPage]],
    now: Callable[[], datetime],
) -> Reextracted:
    changed: list[Article] = []
    revised_count = 0
    for known, taken in found:
        page = cleaner.cleaned(known.url, taken).page
        fresh = with_text(known, as_read(known, page), now()) if page else known
        if fresh != known:
            changed.append(fresh)
            revised_count += len(fresh.revisions) > len(known.revisions)
    archive.save(changed)
    failed_count = sum(taken.page is None for _, taken in found)
    return Reextracted(len(found), revised_count, failed_count)


def ids_by_host(archive: Archive) -> dict[str, list[str]]:
    """The articles of each host, oldest first."""
    found: dict[str, list[str]] = {}
    for rows in windows(archive, "", WINDOW):
        for row in rows:
            found.setdefault(host_of(row.url), []).append(row.article_id)
    return {host: ids[::-1] for host, ids in found.items()}
