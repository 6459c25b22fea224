"""Lost articles, made again from the raw pages that were kept of them. No network."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from archive.archive import Archive
from archive.errors import DamagedFile, NotFound
from archive.models import Article, PageRef
from archive.warc_records import StoredPage
from reader.pipeline.assemble import own_canonical
from reader.pipeline.blocks import Cleaned
from reader.pipeline.cleaning import Cleaner
from reader.pipeline.extracted import ExtractedPage
from reader.pipeline.headline import drop_title
from reader.pipeline.identify import believable
from reader.pipeline.pages import TakenPage
from reader.pipeline.recheck import seen_again
from reader.pipeline.split import text_fields
from reader.pipeline.stored_page import AT_ONCE, extract_stored
from reader.pipeline.workers import WorkerFailed, Workers

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many articles were lost, were altered, and which of them are as they were again."""

    lost_count: int
    altered_count: int
    article_ids: tuple[str, ...]


def rebuild_lost(
    archive: Archive,
    workers: Workers,
    now: Callable[[], datetime],
    progress: Callable[[int, int], None] | None = None,
) -> Rebuilt:
    """Puts lost articles back with the texts of their raw pages; forgets about the others."""
    damage = archive.lost.articles()
    # A feed's text that is altered is still better than what its page has of it.
    lost = [*damage.lost, *(each for each in damage.altered if each.text_from == "page")]
    pages = archive.lost.pages(lost)
    cleaner = Cleaner(archive)

    def rebuild(known: Article) -> Article | None:
        return rebuilt(archive, workers, cleaner, known, pages.get(known.article_id, ()), now())

    found = []
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="rebuild") as pool:
        for done, article in enumerate(pool.map(rebuild, lost), 1):
            found += [article] if article else []
            if progress:
                progress(done, len(lost))
    archive.lost.restore(found)
    archive.lost.give_up({each.article_id for each in (*damage.lost, *damage.altered)})
    ids = tuple(each.article_id for each in found)
    return Rebuilt(len(damage.lost), len(damage.altered), ids)


def rebuilt(
    archive: Archive,
    workers: Workers,
    cleaner: Cleaner,
    known: Article,
    refs: Sequence[PageRef],
    now: datetime,
) -> Article | None:
    """The article of these pages, oldest first: each further text is a revision, as it was."""
    article = None
    for ref in refs:
        try:
            page = archive.pages.read(ref)
            read = extract_stored(workers, page, cleaner.way(page.url))
        except (NotFound, DamagedFile, WorkerFailed) as error:
            log.warning("a raw page of %s cannot be used: %s", known.article_id, error)
            continue
        taken = TakenPage(read, ref, read.problem, False, page.url, page.fetched_at)
        taken = cleaner.cleaned(known.url, taken)
        if article is None:
            article = article_of(known, page, taken.page or read, ref, now)
        else:
            article = seen_again(article, taken, page.fetched_at)
    return article


def article_of(
    known: Article, page: StoredPage, read: ExtractedPage, ref: PageRef, now: datetime
) -> Article | None:
    """What the index knew of an article, with what the page says; None if that has no text."""
    if not read.text:
        return None
    cleaned = drop_title(Cleaned(read.text, read.removed), known.title)
    return replace(
        known,
        **text_fields(cleaned),
        text_from="page",
        site_name=known.site_name or read.site_name,
        author=known.author or read.author,
        language=known.language or read.language or None,
        canonical_url=own_canonical(read.canonical_url, page.url),
        published_at=known.published_at or believable(read.published_at, now),
        fetched_at=page.fetched_at,
        changed_at=None,
        notes=(note_of(known, page, now),),
        page=ref,
        pictures=read.pictures,
    )


def note_of(known: Article, page: StoredPage, now: datetime) -> str:
    """What the reader should know of a rebuilt article."""
    note = (
        f"Rebuilt on {now:%Y-%m-%d} from the raw page of {page.fetched_at:%Y-%m-%d}, after its "
        "file was damaged."
    )
    if known.text_from == "page":
        return note
    return f"{note} The text that was lost did not come from the page ({known.text_from})."
